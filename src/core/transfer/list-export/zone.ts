/** Clocks are put forward and back at a quarter of an hour, so what they show within one needs to be asked once. */
const quarter = 900_000;

/**
 * A function from moments (ISO 8601) to what a clock on the wall of that time zone shows then, as milliseconds since 1970 of a
 * clock without zones; null for a text that is no moment. A zone that is not known is UTC.
 */
export function clockIn(zone: string): (moment: string) => number | null {
  const format = formatOf(zone);
  let known = { start: Number.NaN, ahead: 0 };
  return (moment) => {
    const at = Date.parse(moment);
    if (Number.isNaN(at)) return null;
    if (!format) return at;
    const start = Math.floor(at / quarter) * quarter;
    if (start !== known.start) known = { start, ahead: wallAt(format, start) - start };
    return at + known.ahead;
  };
}

/** What a clock shows at a whole second. */
function wallAt(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  if (zone === 'UTC') return null;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...numeric, ...time, timeZone: zone });
  } catch {
    return null;
  }
}

/** `2026-11-20 11:34:35`, which spreadsheets read as a moment. */
export function wallText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
}
