import { expect, test } from 'vitest';
import type { Core } from '#core/open.ts';
import { resources } from '#test/support/golden.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const named = (id: string, name: string) => expect.objectContaining({ id, name }) as object;

/** A sandbox that is older than Rosi, in which she made a record, named a moment and saved a view. */
async function withRosi(): Promise<{ workspace: TestWorkspace; core: Core; id: string; rosi: string }> {
  const workspace = await testWorkspace();
  const live = clientOf(workspace.core);
  const { id } = await take(live, 'Spring');
  const { id: rosi } = await live.workspace.createProfile({ name: 'Rosi', role: 'researcher' });
  const core = await openSandbox(workspace, id);
  const own = core.client(core.session('Rosi'));
  await own.entities.create({ type: 'team', id: 't1', data: { name: 'Radio' } });
  const { view } = await own.views.create({ name: 'Mine', address: 'frames://list/team', layout: {} });
  expect(view.owner).toEqual(named(rosi, 'Rosi'));
  expect((await own.checkpoints.create({ name: 'Here', at: 'now' })).by).toEqual(named(rosi, 'Rosi'));
  return { workspace, core, id, rosi };
}

test('whom live alone knows has in a sandbox the name that live has for them, of which nothing is written', async () => {
  const { workspace, core, id, rosi } = await withRosi();
  const before = hashTables(core.services.files.data);
  const play = clientOf(core);
  const she = named(rosi, 'Rosi');
  const [last] = (await play.history.list({ limit: 1 })).rows;
  expect(last?.actor).toEqual(she);
  expect((await play.history.changes({ id: last?.id ?? 0 })).transaction.actor).toEqual(she);
  expect((await play.history.ofRecord({ id: 't1' })).rows[0]?.transaction.actor).toEqual(she);
  expect((await play.history.steps({})).undo[0]?.actor).toEqual(she);
  expect((await play.views.list({}))[0]?.owner).toEqual(she);
  expect((await play.checkpoints.list({}))[0]?.by).toEqual(she);
  expect((await play.moments.resolve({ at: 'now' })).actor).toEqual(she);
  expect((await play.moments.list({ limit: 1 })).rows[0]?.actor).toEqual(she);
  expect((await play.moments.range({ buckets: 1 })).last.actor).toEqual(she);
  const differences = await resultOf(await play.compare.between({ from: 'first', to: 'now' }));
  expect(differences.to.point).toMatchObject({ actor: she });
  expect(await play.workspace.profiles({})).toHaveLength(1);
  expect(hashTables(core.services.files.data)).toBe(before);

  const then = clientOf(await openAt(workspace, 'now', id));
  expect((await then.moments.current({})).moment?.actor).toEqual(she);
  expect((await then.history.list({ limit: 1 })).rows[0]?.actor).toEqual(she);
  // As live calls her today.
  await clientOf(workspace.core).workspace.renameProfile({ profile: rosi, name: 'Rosi Researcher' });
  expect((await play.history.list({ limit: 1 })).rows[0]?.actor.name).toBe('Rosi Researcher');
});

test('a sandbox of a golden version names its author', async () => {
  const workspace = await testWorkspace({ resources });
  const live = clientOf(workspace.core);
  const { id, by } = await take(live, 'Pristine', 'golden');
  expect(by?.name).toBe('Ada');
  const [own] = await clientOf(await openSandbox(workspace, id)).sandboxes.list({});
  expect(own?.by).toEqual(by);
});
