import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { isContent } from '#shared/domain/types.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace.as().network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
});

/** What differs between two, of what versions are compared by. */
async function differing(workspace: TestWorkspace, from: string, to: string) {
  const { rows } = await resultOf(await workspace.as().compare.between({ from, to, limit: 1000 }));
  return rows
    .filter(({ type }) => isContent(type))
    .map(({ id, play, fields }) => ({
      id,
      // A copy does not know whether a record had been there before.
      play: play === 'restored' ? 'created' : play,
      fields: fields.map(({ field, base, play: is }) => ({ field, base, is })),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

test('a golden version, a backup, a sandbox and a point in time of one state have the same differences from any other', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ maxLength: 6 }), histories({ maxLength: 6 }), (before, after) =>
      withWorkspace(template, async (workspace) => {
        const ada = workspace.as();
        for (const step of before) await perform([workspace.core], step);
        const { version } = await resultOf(await ada.golden.publish({}));
        const { id: backup } = await resultOf(await ada.backups.create({}));
        const { id: sandbox } = await resultOf(await ada.sandboxes.create({ name: 'Same' }));
        const then = String((await ada.moments.resolve({ at: 'now' })).id);
        for (const step of after) await perform([workspace.core], step);
        const copies = [`golden:${version}`, `backup:${backup}`, `sandbox:${sandbox}`];
        const [there, back] = [
          await differing(workspace, then, 'now'),
          await differing(workspace, 'now', then),
        ];
        for (const copy of copies) {
          expect(await differing(workspace, copy, 'now')).toEqual(there);
          expect(await differing(workspace, 'now', copy)).toEqual(back);
          expect(await differing(workspace, copy, then)).toEqual([]);
          for (const other of copies) expect(await differing(workspace, copy, other)).toEqual([]);
        }
      }),
    ),
    { numRuns: 3 },
  );
});

test('a copy that is not there is refused by its kind', async () => {
  const ada = (await testWorkspace({ template })).as();
  const answer = (from: string): Promise<unknown> => {
    const asked = async () => resultOf(await ada.compare.between({ from }));
    return asked().catch((error: unknown) => error);
  };
  expect(await answer('golden:x')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await answer('golden:7')).toMatchObject({ code: 'GOLDEN' });
  expect(await answer('backup:../frames')).toMatchObject({ code: 'BACKUP' });
  expect(await answer('sandbox:../frames')).toMatchObject({ code: 'NOT_FOUND' });
});
