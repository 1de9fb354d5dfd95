/**
 * The UTC time (ISO 8601) of a local day (ISO 8601) and time of day: the last millisecond of the minute, or of the day without a time. Null
 * if invalid. Accepts `14:03`, `14.03`, `9` and `2:03 pm`.
 */
export function timeOf(day: string, clock: string): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const read = clock.trim() === '' ? { hour: 23, minute: 59, second: 59 } : clockOf(clock);
  if (!read) return null;
  const time = new Date(year, month - 1, date, read.hour, read.minute, read.second, 999);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function clockOf(text: string): { hour: number; minute: number; second: number } | null {
  const match = /^(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2}))?)?\s*(am|pm)?(?:\s*Uhr)?$/i.exec(text.trim());
  if (!match) return null;
  const [, hours = '', minutes = '0', seconds = '59', half] = match;
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  const whole = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return whole < 24 && minute < 60 && second < 60 ? { hour: whole, minute, second } : null;
}

/** The local day (ISO 8601) and time of day (`14:03:22`). */
export function dayAndTime(iso: string): { day: string; clock: string } {
  const time = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    day: `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`,
    clock: [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':'),
  };
}
