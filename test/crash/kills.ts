import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from '#test/support/child.ts';

/** Given by `npm run test:crash`. */
const asked = process.env['CRASH_KILLS'];

/**
 * How many kills there are in each of what puts files in the place of others: backing up, restoring, resetting, promoting and migrating; 1,000
 * in all in `npm run test:crash`. In `npm test` a few.
 */
export const killsEach = asked === undefined ? 3 : Number(asked);
/** How many states of a torn log are looked at; at most 10,000, which `npm run test:crash` does. */
export const tornLogs = asked === undefined ? 40 : Math.min(10_000, 50 * Number(asked));

export const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
/** Milliseconds that a test may take with so many kills. */
export const patience = (kills: number): number => 60_000 + kills * 20_000;

/** Lets a process print some lines, and kills it after a while. Returns all that it printed. */
export async function killed<Line>(
  file: URL,
  args: readonly string[],
  { lines, pause }: { lines: number; pause: number },
): Promise<Line[]> {
  const child = new Child<Line>(file, args);
  try {
    await child.printed(lines);
    await sleep(pause);
  } finally {
    await child.kill();
  }
  return child.lines;
}
