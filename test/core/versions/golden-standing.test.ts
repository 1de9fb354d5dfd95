import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resources } from '#test/support/golden.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

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
