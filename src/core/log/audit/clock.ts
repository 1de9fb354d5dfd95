/**
 * A hybrid logical clock reading, as text that sorts by time: 12 hex digits of milliseconds, 4 of a counter, the replica.
 * It follows the wall clock, but for times before 1970, and never falls behind a reading already seen (Kulkarni et al., "Logical Physical Clocks", 2014).
 */
export function nextReading(last: string | null, now: number, replica: string): string {
  const time = Math.max(0, now);
  if (last === null) return reading(time, 0, replica);
  const lastMilliseconds = Number.parseInt(last.slice(0, 12), 16);
  if (time > lastMilliseconds) return reading(time, 0, replica);
  const counter = Number.parseInt(last.slice(13, 17), 16) + 1;
  return counter > 0xffff
    ? reading(lastMilliseconds + 1, 0, replica)
    : reading(lastMilliseconds, counter, replica);
}

function reading(milliseconds: number, counter: number, replica: string): string {
  return `${milliseconds.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${replica}`;
}
