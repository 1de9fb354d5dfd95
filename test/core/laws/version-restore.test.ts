import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { isEntityType } from '#shared/domain/types.ts';
import { essence } from '#test/support/live.ts';
import { rowsIn } from '#test/support/moments.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace.as().network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
});
const runs = lawRuns(10);

const everything = ({ files }: TestWorkspace): Record<string, unknown> => essence(rowsIn(files.live));
/** What a version restores: records, views and places in the network. */
const restored = ({ files }: TestWorkspace): Record<string, unknown> =>
  essence(
    new Map(
      [...rowsIn(files.live)].filter(
        ([, { type }]) => isEntityType(type) || type === 'view' || type === 'position',
      ),
    ),
  );

test('restoring a version restores its records, and undoing that is the identity', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        before: histories({ maxLength: 8 }),
        after: histories({ maxLength: 10 }),
        kind: fc.constantFrom('backup', 'golden'),
      }),
      ({ before, after, kind }) =>
        withWorkspace(template, async (workspace) => {
          const ada = workspace.as();
          for (const step of before) await perform([workspace.core], step);
          const then = restored(workspace);
          const { id } = await resultOf(await ada.backups.create({}));
          const { version } = await resultOf(await ada.golden.publish({}));
          for (const step of after) await perform([workspace.core], step);
          const now = everything(workspace);
          const call = (more: object) =>
            kind === 'backup' ? ada.backups.restore({ id, ...more }) : ada.golden.reset({ version, ...more });
          const tried = await resultOf(await call({ dry: true }));
          expect(everything(workspace)).toEqual(now);
          const done = await resultOf(await call({ seen: tried.head }));
          expect(done).toEqual({ ...tried, dry: false, op_id: done.op_id, backup: done.backup });
          expect(restored(workspace)).toEqual(then);
          if (done.op_id === null) return;
          expect(await ada.history.undo({ on_conflict: 'ask' })).toMatchObject({ left: [] });
          expect(everything(workspace)).toEqual(now);
          expect((await workspace.verify()).ok).toBe(true);
        }),
    ),
    { numRuns: runs },
  );
});
