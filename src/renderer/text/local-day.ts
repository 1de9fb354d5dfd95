/** The local day of a time, YYYY-MM-DD. */
export function localDay(time: Date): string {
  const parts = [time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0'));
  return [String(time.getFullYear()).padStart(4, '0'), ...parts].join('-');
}
