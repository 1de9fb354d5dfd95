/**
 * Hybrid logical clocks (Kulkarni et al., "Logical Physical Clocks", 2014). A timestamp is text that sorts by time: 12 hex digits of
 * milliseconds, 4 of a counter, and the replica.
 */

/**
 * The next timestamp of a clock that has seen `last`. The timestamp follows the wall clock, except before 1970, and never falls behind
 * `last`. `now` in milliseconds since 1970.
 */
export function nextTimestamp(last: string | null, now: number, replica: string): string {
  const time = Math.max(0, now);
  if (last === null) return formatTimestamp(time, 0, replica);
  const lastTime = millisecondsOf(last);
  if (time > lastTime) return formatTimestamp(time, 0, replica);
  const counter = counterOf(last) + 1;
  return counter > maxCounter
    ? formatTimestamp(lastTime + 1, 0, replica)
    : formatTimestamp(lastTime, counter, replica);
}

export function laterTimestamp(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? right : left;
}

const maxCounter = 0xffff;
const counterOf = (timestamp: string): number => Number.parseInt(timestamp.slice(13, 17), 16);

/** The milliseconds since 1970 of a timestamp. */
export const millisecondsOf = (timestamp: string): number => Number.parseInt(timestamp.slice(0, 12), 16);

/**
 * Time of an operation by the server's clock, at most `now`. `madeAt` is the time by the author's clock. `clockOffset` is how far that
 * clock was behind the server's when measured. All in milliseconds.
 */
export function stampOf(
  { madeAt, clockOffset, now }: { madeAt: number; clockOffset: number; now: number },
  replica: string,
): string {
  return formatTimestamp(Math.max(0, Math.floor(Math.min(madeAt + clockOffset, now))), 0, replica);
}

function formatTimestamp(milliseconds: number, counter: number, replica: string): string {
  return `${milliseconds.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${replica}`;
}
