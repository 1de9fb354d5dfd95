import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { verify } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import { preparePeople } from '#test/support/steps.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, openSeeded } from '#test/support/workspace.ts';
import { killed, killsEach, patience, seed } from './kills.ts';
import type { Migrated } from './migrator.ts';

const migrator = new URL('./migrator.ts', import.meta.url);
const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.views.create({ name: 'Teams', address: 'frames://live/teams' });
  await ada.network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
});
/** Each change of schema makes a backup: now and then a new workspace is begun. */
const roundsEach = 20;

test(
  `killed ${killsEach} times while the schema is changed: it has the one before or after, and nothing else is other`,
  { timeout: patience(killsEach) },
  async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    const next = seededNumbers(seed);
    const before = hashTables(workspaceFiles(template.folder).live);
    let folder = '';
    for (let round = 0; round < killsEach; round += 1) {
      if (round % roundsEach === 0) {
        folder = join(testFolder(), 'w');
        cpSync(template.folder, folder, { recursive: true });
      }
      const files = workspaceFiles(folder);
      const given = { lines: next() % 4, pause: next() % 200 };
      const lines = await killed<Migrated>(migrator, [folder, String(seed + round)], given);
      // As it was left, whichever schema that is.
      expect(await verifyClosed(files), `round ${round}`).toMatchObject({ ok: true });
      const backup = lines.findLast((line) => line.backup !== null)?.backup ?? null;
      const sound = backup === null || (await verify({ files }, backup)).ok;
      expect(sound, `round ${round}: ${backup}`).toBe(true);
      await (await openSeeded({ folder, seed: 5000 + round })).close();
      expect(hashTables(files.live), `round ${round}`).toBe(before);
    }
  },
);
