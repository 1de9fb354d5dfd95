import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import { openSeeded } from '#test/support/workspace.ts';
import type { Acknowledged } from './deeds.ts';
import { expectWhole } from './check.ts';
import { acknowledged, writer } from './lines.ts';
import type { Line } from './lines.ts';

const kills = Number(process.env['CRASH_KILLS'] ?? 12);
const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
/** A workspace grows with every round; now and then a new one is begun, so that checking stays quick. */
const roundsEach = 25;

/**
 * Starts a writer, lets it acknowledge some changes, kills it in the middle of whatever it does, and looks. Given its seed a
 * writer does the same things; when it is killed is a matter of chance.
 */
async function crash(folder: string, round: number, next: () => number): Promise<Acknowledged[]> {
  const role = next() % 3 === 0 ? 'command' : 'window';
  const child = new Child<Line>(writer, [folder, role, String(seed + round * 10), '0']);
  try {
    await child.printed(1 + (next() % 30));
    const pause = next() % 25;
    await new Promise((resolve) => setTimeout(resolve, pause));
  } finally {
    await child.kill();
  }
  return acknowledged(child.lines);
}

const timeout = 60_000 + kills * 20_000;

test(
  `killed ${kills} times in the middle of writing: nothing acknowledged is lost, nothing is half done`,
  { timeout },
  async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    const next = seededNumbers(seed);
    const what = new Map<string, number>();
    let folder = '';
    let all: Acknowledged[] = [];
    for (let round = 0; round < kills; round++) {
      if (round % roundsEach === 0) {
        folder = join(testFolder(), 'w');
        all = [];
        await (await openSeeded({ folder, owner: 'Ada', seed: round + 1 })).close();
      }
      const fresh = await crash(folder, round, next);
      expect(fresh.length, `round ${round}`).toBeGreaterThan(0);
      all.push(...fresh);
      for (const one of fresh) what.set(one.what, (what.get(one.what) ?? 0) + 1);
      await expectWhole(folder, all, 5000 + round);
    }
    console.log('acknowledged:', Object.fromEntries(what));
  },
);
