import { expect, test } from 'vitest';
import { seededNumbers } from '#test/support/seeded.ts';
import { preparePeople } from '#test/support/steps.ts';
import { lastRow, tablesOf } from '#test/support/restore.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { killed, killsEach, patience, seed } from './kills.ts';

const vacuumer = new URL('./vacuumer.ts', import.meta.url);
const template = await makeTemplate(preparePeople);

test(
  `killed ${killsEach} times while it is vacuumed: the records and the history are as they were, and what was acknowledged is there`,
  { timeout: patience(killsEach) },
  async () => {
    console.log(`crash test: CRASH_SEED=${seed}`);
    const next = seededNumbers(seed);
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    const [before, upTo] = [tablesOf(workspace.files), lastRow(workspace.files)];
    for (let round = 0; round < killsEach; round += 1) {
      // So that there is something to give back.
      workspace.raw((db) => {
        db.exec('CREATE TABLE room (x BLOB); INSERT INTO room VALUES (zeroblob(20000000)); DROP TABLE room');
      });
      const given = { lines: next() % 2, pause: next() % 400 };
      const lines = await killed<{ op_id: string }>(vacuumer, [workspace.folder], given);
      expect(await verifyClosed(workspace.files), `round ${round}`).toMatchObject({ ok: true });
      await workspace.reopen();
      expect((await workspace.verify()).ok, `round ${round}`).toBe(true);
      const { rows } = await workspace.as().history.list({ limit: 100 });
      expect(rows.map(({ op_id }) => op_id)).toEqual(expect.arrayContaining(lines.map(({ op_id }) => op_id)));
      await workspace.core.close();
      expect(tablesOf(workspace.files, upTo), `round ${round}`).toEqual(before);
    }
  },
);
