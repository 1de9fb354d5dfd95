import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listBackups } from '#core/versions/list.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { backUp, verify } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { openSeeded } from '#test/support/workspace.ts';
import type { BackedUpLine } from './backer.ts';
import { killed, killsEach, patience, seed } from './kills.ts';

const backer = new URL('./backer.ts', import.meta.url);
/** Every backup is checked as a whole: now and then a new workspace is begun. */
const roundsEach = 10;

test(
  `killed ${killsEach} times while backups are made: each that was told of is whole, and what was broken off is swept`,
  { timeout: patience(killsEach) },
  async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    const next = seededNumbers(seed);
    let [folder, all]: [string, BackedUpLine[]] = ['', []];
    for (let round = 0; round < killsEach; round += 1) {
      if (round % roundsEach === 0) {
        [folder, all] = [join(testFolder(), 'w'), []];
        await (await openSeeded({ folder, owner: 'Ada', seed: round + 1 })).close();
      }
      const files = workspaceFiles(folder);
      const given = { lines: next() % 3, pause: next() % 300 };
      all.push(...(await killed<BackedUpLine>(backer, [folder, String(round)], given)));
      const { id } = await backUp({ files });
      const names = readdirSync(files.backups).filter((name) => name.startsWith('.'));
      expect(names, `round ${round}`).toEqual([]);
      expect(await verifyClosed(files)).toMatchObject({ ok: true });
      const there = new Map((await listBackups(files.backups)).map((one) => [one.id, one]));
      for (const one of [...all, { id, teams: 0 }]) {
        expect(there.get(one.id)?.counts['teams'], one.id).toBeGreaterThanOrEqual(one.teams);
        expect(await verify({ files }, one.id), one.id).toMatchObject({ ok: true });
      }
      // One that was whole before it could be told of is as good; nothing that is there is in part.
      expect([...there.values()].map(({ problem }) => problem).filter(Boolean)).toEqual([]);
    }
  },
);
