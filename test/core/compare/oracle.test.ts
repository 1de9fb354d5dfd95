import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { afterAll, expect, test } from 'vitest';
import type { MergeResult } from '#shared/contract/compare.ts';
import { asFound, comparedBy, copyOf, Oracle } from '#test/support/compare.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const oracle = new Oracle();
afterAll(() => oracle.end());

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.views.create({ name: 'V', address: 'frames://live/teams' });
  await ada.network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
  await ada.entities.create({ type: 'team', id: 'gone', data: { name: 'Gone' } });
  await ada.entities.remove({ type: 'team', id: 'gone' });
});

/** Compares what core and the oracle find, by closed copies of all three. */
async function agree(workspace: TestWorkspace, id: string, base: string): Promise<string[]> {
  const folder = mkdtempSync(join(workspace.folder, '..', 'copies-'));
  const live = copyOf(workspace.files.live, folder, 'live');
  const play = copyOf(filesOf(workspace, id).data, folder, 'play');
  const expected = await oracle.ask({ base, live, play });
  const { rows, counts, matched, based } = await comparedBy(workspace.as(), id);
  // By the id where the position is not told by its node: it moved, and has its node on all sides.
  const found = asFound(rows).filter(({ type }) => type !== 'position');
  expect(found).toEqual(expected.filter(({ type }) => type !== 'position'));
  const positions = (list: { type: string; class: string; fields: string[] }[]) =>
    list
      .filter(({ type }) => type === 'position')
      .map((one) => `${one.class} ${one.fields.join()}`)
      .toSorted();
  expect(positions(asFound(rows))).toEqual(positions(expected));
  expect(based).toBe('base');
  expect(matched).toBe(expected.length);
  for (const [name, count] of Object.entries(counts))
    expect(expected.filter((one) => one.class === name)).toHaveLength(count);
  return expected.map((one) => `${one.class} ${one.conflict ?? ''} ${one.play ?? ''}`);
}

test('differences equal those of an independent oracle in closed copies', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      histories({ minLength: 8, maxLength: 25 }),
      histories({ minLength: 8, maxLength: 25 }),
      (lived, played) =>
        withWorkspace(template, async (workspace) => {
          const { id } = await take(workspace.as(), 'Play');
          const base = copyOf(workspace.files.live, join(workspace.folder, '..'), 'base');
          const play = await openSandbox(workspace, id);
          for (const step of played) await perform([play], step);
          for (const step of lived) await perform([workspace.core], step);
          for (const one of await agree(workspace, id, base)) seen.add(one);
          const [here, there] = [await comparedBy(workspace.as(), id), await comparedBy(clientOf(play), id)];
          expect(there).toEqual(here);
        }),
    ),
    { numRuns: lawRuns(60) },
  );
  for (const one of ['play  created', 'play  updated', 'play  deleted', 'live  ', 'conflict field updated'])
    expect(seen, one).toContain(one);
}, 120_000);

test('also from the base moved by a refresh, and from the earlier one after its undo', async () => {
  let refreshed = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(histories({ maxLength: 7 }), histories({ maxLength: 7 }), fc.boolean()), {
        minLength: 2,
        maxLength: 3,
        size: 'max',
      }),
      (rounds) =>
        withWorkspace(template, async (workspace) => {
          const { id } = await take(workspace.as(), 'Play');
          const aside = mkdtempSync(join(workspace.folder, '..', 'bases-'));
          let base = copyOf(workspace.files.live, aside, 'base');
          const play = await openSandbox(workspace, id);
          for (const [round, [lived, played, undone]] of rounds.entries()) {
            for (const step of lived) await perform([workspace.core], step);
            // Undo of a refresh is told of below; here it would be one of many.
            for (const step of played)
              if (step.deed.kind !== 'undo' && step.deed.kind !== 'redo') await perform([play], step);
            await agree(workspace, id, base);
            const moved = copyOf(workspace.files.live, aside, `base ${round}`);
            const done = await refresh(clientOf(play), id);
            if (done) refreshed += 1;
            if (done?.op_id != null && undone) await clientOf(play).history.undo({});
            else if (done) base = moved;
            await agree(workspace, id, base);
          }
        }),
    ),
    { numRuns: lawRuns(20) },
  );
  expect(refreshed).toBeGreaterThan(0);
}, 120_000);

/** Null where something is in the way. */
async function refresh(client: Client, id: string): Promise<MergeResult | null> {
  try {
    return await resultOf(await client.sandboxes.refresh({ id, conflicts: 'play' }));
  } catch (error) {
    refusalIn(error);
    return null;
  }
}
