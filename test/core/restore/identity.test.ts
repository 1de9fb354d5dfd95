import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { lastRow, restoreHere, tablesOf } from '#test/support/restore.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const runs = lawRuns(8);

test('restoring a backup restores every table and the log, whatever was done before and after it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(histories({ maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }),
      (parts, picks) =>
        withWorkspace(template, async (workspace) => {
          const { files, folder } = workspace;
          const known: { id: string; state: unknown; rows: number }[] = [];
          for (const steps of parts) {
            for (const step of steps) await perform([workspace.core], step);
            const { id } = await backUp(workspace);
            known.push({ id, state: tablesOf(files), rows: lastRow(files) });
          }
          await workspace.core.close();
          for (const pick of picks) {
            const { id, state, rows } = known[pick % known.length] as (typeof known)[number];
            const before = { state: tablesOf(files), rows: lastRow(files) };
            const { safety } = await restoreHere(folder, id);
            expect(tablesOf(files, rows)).toEqual(state);
            // One transaction of one row says what was done.
            expect(lastRow(files)).toBe(rows + 1);
            expect(await verifyClosed(files)).toMatchObject({ ok: true });
            known.push({ id: safety ?? '', ...before });
          }
          await workspace.reopen();
          expect((await workspace.verify()).ok).toBe(true);
        }),
    ),
    { numRuns: runs },
  );
});
