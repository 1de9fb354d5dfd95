/** The day in the name of a file: time of day would not sort in a folder, the day does. */
export function dayForName(now: Date): string {
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
