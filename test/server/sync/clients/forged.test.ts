import { expect, test } from 'vitest';
import { backUp, backupsOfTest, restore } from '../../support/backups.ts';
import { create, operation, push, update } from '../../support/push.ts';
import { addUser, bootstrap, password, startServer } from '../../support/server.ts';
import { SharedWorkspace } from './workspace.ts';

/** A workspace whose change was lost by a restore, and a member who knows the id of it. */
async function lostChange() {
  const server = await startServer({ backups: backupsOfTest() });
  const admin = server.api.as(await bootstrap(server));
  await push(admin, [
    operation([
      create('university', 'u', { name: 'U' }),
      create('team', 'team_1', { name: 'before', university_id: 'u' }),
      create('team', 'team_2', { name: 'other', university_id: 'u' }),
    ]),
  ]);
  const { clock } = server;
  const author = await addUser(admin, { role: 'editor', university_id: 'u' });
  const member = await addUser(admin, { role: 'editor', university_id: 'u' });
  const workspace = new SharedWorkspace(100, { now: () => ++clock.now, elapsed: () => clock.now });
  await workspace.open();
  await workspace.join(server.api.url, author.user.email, password);
  const backup = await backUp(admin);
  await workspace.client().entities.update({ type: 'team', id: 'team_1', data: { name: 'after' } });
  await workspace.sync();
  const row = await server.database.get<{ op_id: string }>(
    `SELECT op_id FROM audit_transactions ORDER BY id DESC LIMIT 1`,
  );
  // It does not offer the change again by itself before somebody else has used its id.
  await workspace.close();
  expect(await restore(admin, backup)).toMatchObject({ state: 'completed' });
  const end = async (): Promise<void> => {
    await workspace.remove();
    await server.stop();
  };
  return { server, admin, member, workspace, op_id: row?.op_id ?? '', end };
}

const change = update('team', 'team_2', { name: 'other' }, { name: 'forged' });

test.each(['op_id', 'recovers'] as const)(
  'a change that has the %s of somebody else’s lost change does not take its place',
  async (key) => {
    const { server, admin, member, workspace, op_id, end } = await lostChange();
    const { body } = await push(member.api, [operation([change], { [key]: op_id })]);
    expect(body.refused).toEqual([]);
    await workspace.open();
    for (let turn = 0; turn < 3; turn++) await workspace.sync();
    expect((await admin.get<{ name: string }>('teams/team_1')).body.name).toBe('after');
    const { payload } = await workspace.client().entities.get({ type: 'team', id: 'team_1' });
    expect(payload['name']).toBe('after');
    expect(await workspace.client().sync.status({})).toMatchObject({
      state: 'idle',
      pending: 0,
      quarantined: 0,
      in_step: true,
    });
    expect(await workspace.problems()).toEqual([]);
    const authors = await server.database.all<{ actor: string }>(
      `SELECT DISTINCT actor FROM audit_transactions WHERE op_id = $1 OR recovers = $1`,
      [op_id],
    );
    expect(authors).toHaveLength(2);
    await end();
  },
);

test('an id is bound to author, replica and content', async () => {
  const { member, admin, end } = await lostChange();
  const first = operation([change]);
  expect((await push(member.api, [first])).body.accepted).toEqual([first.op_id]);
  expect((await push(member.api, [first])).body.refused).toEqual([]);
  const other = update('team', 'team_2', { name: 'forged' }, { name: 'another' });
  for (const [api, facts] of [
    [member.api, { ...operation([other]), op_id: first.op_id }],
    [member.api, { ...operation([other]), op_id: first.op_id, replica: 'replica-2' }],
    [admin, { ...operation([other]), op_id: first.op_id }],
  ] as const)
    expect((await push(api, [facts])).body.refused.map(({ code }) => code)).toEqual(['taken']);
  // What does the same was done already, whoever offers it.
  const same = operation([change], { recovers: first.op_id, author: 'prof_nobody' });
  expect((await push(admin, [same])).body).toMatchObject({ accepted: [same.op_id], refused: [] });
  await end();
});
