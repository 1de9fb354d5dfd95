import { expect, test } from 'vitest';
import { resources } from '#test/support/golden.ts';
import { openAt } from '#test/support/moments.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

test('a profile added to live later acts in the sandbox under its name and role', async () => {
  const workspace = await testWorkspace();
  const live = clientOf(workspace.core);
  await live.entities.create({ type: 'team', id: 't1', data: { name: 'Radio' } });
  const { id } = await take(live, 'Spring');
  const first = (await live.workspace.info({})).actor.id;
  const rosi = await live.workspace.createProfile({ name: 'Rosi', role: 'researcher' });
  const vera = await live.workspace.createProfile({ name: 'Vera', role: 'viewer' });
  const core = await openSandbox(workspace, id);

  const asRosi = core.client(core.session('Rosi'));
  expect((await asRosi.workspace.info({})).actor).toMatchObject({ id: rosi.id, name: 'Rosi' });
  await asRosi.entities.create({ type: 'team', id: 't2', data: { name: 'Optics' } });
  const [last] = (await asRosi.history.list({ limit: 1 })).rows;
  expect(last?.actor.id).toBe(rosi.id);

  const session = core.session();
  const asVera = core.client(session);
  expect(await asVera.workspace.actAs({ profile: vera.id })).toMatchObject({ id: vera.id, role: 'viewer' });
  expect(session.profile).toBe(vera.id);
  await refused('FORBIDDEN', asVera.entities.update({ type: 'team', id: 't1', data: { size: 3 } }));
  await refused('UNKNOWN_ACTOR', asVera.workspace.actAs({ profile: 'Nobody' }));
  // Who was deleted in the sandbox is no guest of it.
  const made = core.client(core.session());
  const gone = await made.workspace.createProfile({ name: 'Gone', role: 'researcher' });
  await made.history.undo({});
  await live.workspace.createProfile({ name: 'Gone', role: 'researcher' });
  for (const profile of [gone.id, 'Gone'])
    await refused('UNKNOWN_ACTOR', asVera.workspace.actAs({ profile }));
  // Going back to somebody whom the sandbox knows is as ever.
  expect(await asVera.workspace.actAs({ profile: first })).toMatchObject({ id: first });
  expect(session.guest).toBeUndefined();

  const past = await openAt(workspace, 'now', id);
  const then = past.client(past.session());
  expect(await then.workspace.actAs({ profile: rosi.id })).toMatchObject({ name: 'Rosi' });
  expect((await then.workspace.info({})).actor.name).toBe('Rosi');
  expect((await workspace.verify()).ok).toBe(true);
});

test('a profile renamed in live keeps its name in the sandbox, and loses access once deleted there', async () => {
  const workspace = await testWorkspace();
  const live = clientOf(workspace.core);
  const make = (name: string) => live.workspace.createProfile({ name, role: 'viewer' });
  const tom = await make('Tom');
  const ulf = await make('Ulf');
  const { id } = await take(live, 'Spring');
  await live.workspace.changeProfile({ profile: tom.id, name: 'Thomas', role: 'admin' });
  await live.workspace.changeProfile({ profile: ulf.id, name: 'Wulf', role: 'admin' });
  const core = await openSandbox(workspace, id);
  const client = clientOf(core);
  const session = core.session();
  const asTom = core.client(session);
  expect(await asTom.workspace.actAs({ profile: 'Thomas' })).toEqual(tom);
  expect((await asTom.workspace.info({})).actor).toEqual(tom);
  expect(session.guest).toBeUndefined();
  // By undoing what made them there: in the sandbox they are deleted.
  await client.history.undo({});
  await refused('UNKNOWN_ACTOR', client.workspace.actAs({ profile: ulf.id }));
  await refused('UNKNOWN_ACTOR', client.workspace.actAs({ profile: 'Wulf' }));
});

test('a sandbox of a golden version belongs to the workspace: its profiles act in it, not those of the version', async () => {
  const workspace = await testWorkspace({ resources });
  const live = clientOf(workspace.core);
  const here = await live.workspace.info({});
  const vera = await live.workspace.createProfile({ name: 'Vera', role: 'viewer' });
  const { id } = await take(live, 'As it came', 'golden');
  const core = await openSandbox(workspace, id);

  const session = core.session();
  const client = core.client(session);
  const there = await client.workspace.info({});
  // By which a window remembers who acts in it.
  expect(there).toMatchObject({ id: here.id, name: here.name, actor: { id: here.actor.id, name: 'Ada' } });
  expect(there.replica).not.toBe(here.replica);
  await client.entities.create({ type: 'team', id: 't1', data: { name: 'Radio' } });
  const [last] = (await client.history.list({ limit: 1 })).rows;
  expect(last?.actor).toMatchObject({ id: here.actor.id, name: 'Ada' });

  await client.workspace.actAs({ profile: vera.id });
  await refused('FORBIDDEN', client.entities.update({ type: 'team', id: 't1', data: { size: 3 } }));
  // What the version's own people did is theirs.
  const whose = (await client.history.list({ limit: 5 })).rows.at(-1)?.actor;
  expect([here.actor.id, vera.id]).not.toContain(whose?.id);
  // What the sandbox is called is its own all the same.
  await clientOf(core).workspace.rename({ name: 'Mine' });
  expect((await client.workspace.info({})).name).toBe('Mine');
  expect((await live.workspace.info({})).name).toBe(here.name);
  expect((await resultOf(await client.workspace.verify({}))).ok).toBe(true);
});
