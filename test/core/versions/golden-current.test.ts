import { sentenceText, verbatim } from '#shared/texts/sentence.ts';
import { chmodSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownResources, resources } from '#test/support/golden.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import fc from 'fast-check';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** Version 1 comes with the program, 2 and 3 were published. */
async function three() {
  const workspace = await testWorkspace({ template, resources: ownResources() });
  const ada = workspace.as();
  await resultOf(await ada.golden.publish({ note: 'Two' }));
  await resultOf(await ada.golden.publish({ note: 'Three' }));
  const fileOf = (version: number): string => join(workspace.files.golden, `${version}.frames`);
  return { ada, fileOf };
}

function overwrite(file: string, text: string): void {
  chmodSync(file, 0o644);
  writeFileSync(file, text);
}

const damages: Readonly<Record<string, [reason: string, spoil: (file: string) => void]>> = {
  'it is garbage': ['foreign', (file) => overwrite(file, 'garbage')],
  'it is empty': ['foreign', (file) => overwrite(file, '')],
  'it is cut off': ['changed', (file) => truncateSync(file, 9000)],
};

describe('the current golden version', () => {
  test.each(Object.entries(damages))(
    'is none other while it cannot be read: %s',
    async (_, [reason, spoil]) => {
      const { ada, fileOf } = await three();
      spoil(fileOf(3));
      const status = await ada.golden.status({});
      expect(status).toMatchObject({
        current: 3,
        versions: [3, 2, 1],
        unusable: [{ version: 3, problem_code: reason }],
        live: { same: false, differing: null, changes: null },
      });
      expect(sentenceText(status.unusable[0]?.problem ?? verbatim(''))).toMatch(/^Golden version 3 /);
      expect((await ada.golden.list({})).filter(({ current }) => current)).toMatchObject([
        { version: 3, problem_code: reason },
      ]);
      const { data, message } = await refused('GOLDEN', resultOf(await ada.golden.reset({ dry: true })));
      expect(data).toMatchObject({ reason, version: 3 });
      expect(message).toMatch(
        /^Golden version 3 .*as the current version it is not replaced by another.* Nothing was changed\.$/,
      );
      expect((await refused('GOLDEN', take(ada, 'S', 'golden'))).data).toMatchObject({ reason, version: 3 });
      const refusal = await refused('GOLDEN', resultOf(await ada.golden.reset({})));
      expect(refusal.data).toMatchObject({ reason, version: 3 });
      expect((await resultOf(await ada.golden.reset({ version: 2 }))).version).toBe(2);
    },
  );

  test('is the newest whole one again once its file was moved away, or another was published', async () => {
    const { ada, fileOf } = await three();
    overwrite(fileOf(3), 'garbage');
    await resultOf(await ada.golden.publish({}));
    expect(await ada.golden.status({})).toMatchObject({ current: 4, unusable: [{ version: 3 }] });
    for (const version of [4, 3]) rmSync(fileOf(version));
    expect(await ada.golden.status({})).toMatchObject({ current: 2, unusable: [] });
  });
});

/** What the standing of live and the comparison say of the current version. */
async function both(workspace: TestWorkspace) {
  const ada = workspace.as();
  const { live, current } = await ada.golden.status({});
  const { matched } = await resultOf(await ada.compare.between({ from: `golden:${current}`, limit: 0 }));
  return { live, different: matched };
}

test('changes that were reverted, and settings rows, are no difference', async () => {
  const workspace = await testWorkspace({ template, resources });
  const ada = workspace.as();
  await resultOf(await ada.golden.publish({}));
  await ada.entities.create({ type: 'team', data: { name: 'Short' } });
  await ada.history.undo({});
  await ada.workspace.rename({ name: 'Another' });
  await ada.workspace.createProfile({ name: 'Nia', role: 'viewer' });
  const { different, live } = await both(workspace);
  expect(live).toMatchObject({ same: true, differing: 0, changes: 4 });
  expect(different).toBe(0);
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 77 } });
  const after = await both(workspace);
  expect(after.live).toMatchObject({ same: false, differing: 1, changes: 5 });
});

const step = fc.oneof(
  fc.record({ does: fc.constant('create' as const), name: fc.constantFrom('One', 'Two') }),
  fc.record({
    does: fc.constant('update' as const),
    id: fc.constantFrom('team-a', 'team-b'),
    size: fc.constantFrom(1, 2, null),
  }),
  fc.record({
    does: fc.constantFrom('delete' as const, 'restore' as const),
    id: fc.constantFrom('team-a', 'team-b'),
  }),
  fc.record({ does: fc.constantFrom('undo' as const, 'redo' as const, 'rename' as const) }),
  fc.record({ does: fc.constant('move' as const), x: fc.integer({ min: 0, max: 2 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Does one step; what cannot be done where it comes is refused, and changes nothing. */
async function carryOut(workspace: TestWorkspace, one: Step): Promise<void> {
  const ada = workspace.as();
  if (one.does === 'create') await ada.entities.create({ type: 'team', data: { name: one.name } });
  if (one.does === 'update')
    await ada.entities.update({ type: 'team', id: one.id, data: { size: one.size } });
  if (one.does === 'delete') await ada.entities.remove({ type: 'team', id: one.id });
  if (one.does === 'restore') await ada.entities.restore({ type: 'team', id: one.id });
  if (one.does === 'undo') await ada.history.undo({});
  if (one.does === 'redo') await ada.history.redo({});
  if (one.does === 'rename') await ada.workspace.rename({ name: 'Another' });
  if (one.does === 'move') await ada.network.savePositions({ places: [{ id: 'team-a', x: one.x, y: 0 }] });
}

test('the count equals that of the comparison, after any changes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const workspace = await testWorkspace({ template, resources });
      await resultOf(await workspace.as().golden.publish({}));
      for (const one of steps) await carryOut(workspace, one).catch(() => {});
      const { live, different } = await both(workspace);
      expect(live.differing).toBe(different);
      expect(live.same).toBe(different === 0);
      await workspace.core.close();
    }),
    { numRuns: 8 },
  );
});
