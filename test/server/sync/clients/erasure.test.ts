import { sinceBase } from '#shared/domain/points-in-time.ts';
import { expect, onTestFinished, test } from 'vitest';
import { accountKeyOf } from '#core/code-maps/account-keys.ts';
import { changeCodeSettings, readCodeSettings } from '#core/code-maps/local-settings.ts';
import { erasedText } from '#shared/domain/erased.ts';
import { resultOf, take } from '#test/support/sandboxes.ts';
import { chainProblems, tablesWith } from '../../support/chain.ts';
import { erase, filesOf, fill, find, recordsAt, secrets } from '../../support/erasing.ts';
import { workspacesOf } from './workspace.ts';
import { own, populate } from '../../support/people.ts';
import { startServer } from '../../support/server.ts';
import type { SharedWorkspace } from './workspace.ts';

const researcher = { role: 'researcher', university_id: own } as const;
const inStep = { state: 'idle', in_step: true, pending: 0 } as const;

async function world() {
  const server = await startServer();
  const { admin } = await populate(server);
  const spaces = workspacesOf(server, admin, onTestFinished);
  const [ada, rea] = [await spaces.joined('admin'), await spaces.joined(researcher)];
  await fill(ada);
  await ada.sync();
  await rea.sync();
  return { server, admin, ...spaces, ada, rea };
}

const student = (one: SharedWorkspace, id: string) => one.client().entities.get({ type: 'student', id });

test('nothing at the server or in a workspace has a value of an erased person, and all are equal and verify', async () => {
  const { server, admin, ada, rea, joined } = await world();
  const sandbox = await take(rea.client(), 'Plan of Maja Holm');
  await rea.client().entities.update({ type: 'student', id: 'ole_maja', data: { expertise_area: 'Pumps' } });
  expect((await tablesWith(server.database, secrets)).length).toBeGreaterThan(0);
  for (const one of [ada, rea]) await one.client().search.find({ text: 'Kryotanks' });
  expect(filesOf(rea).some((file) => file.startsWith('search.sqlite'))).toBe(true);
  expect(await find(ada, 'Maja Holm')).toMatchObject({ server: { rows: 2, problem: null } });
  // As scans of repositories leave them: a name, and another one of the person's address.
  const { files } = rea.core.services;
  await rea.client().entities.create({ type: 'repository', id: 'code', data: { name: 'Pumps' } });
  const account = accountKeyOf('code', 'maja.holm@example.edu');
  const names = { [account]: 'mh77', ['0'.repeat(32)]: 'Maja Holm', ['1'.repeat(32)]: 'Ole Berg' };
  changeCodeSettings(files, (settings) => ({ ...settings, names }));

  const done = await erase(ada, 'Maja Holm');
  expect(done).toMatchObject({
    person: { id: 'maja' },
    server: { records: 3, backups: [] },
    places: [{ kind: 'live', rewritten: true, problem: null }],
  });
  expect(await rea.sync()).toMatchObject(inStep);

  expect(await tablesWith(server.database, secrets)).toEqual([]);
  expect(await chainProblems(server.database)).toEqual([]);
  expect(Object.values(readCodeSettings(files).names)).toEqual(['Ole Berg']);
  for (const one of [ada, rea]) {
    expect(filesOf(one)).toEqual([]);
    expect(await one.problems()).toEqual([]);
    expect(await one.sync()).toMatchObject(inStep);
    const team = await one.client().entities.get({ type: 'team', id: 'team_maja' });
    expect(team.payload).toMatchObject({ description: `Ask ${erasedText} or Ole Berg`, size: 9 });
    expect((await student(one, 'ole_maja')).payload).toMatchObject({
      name: 'Ole Berg',
      expertise_area: 'Pumps',
    });
    expect((await one.client().entities.list({ type: 'student' })).rows.map(({ id }) => id)).toEqual([
      'ole_maja',
    ]);
  }
  // The sandbox of somebody else is erased from, too.
  const compared = await resultOf(await rea.client().compare.between(sinceBase(sandbox.id)));
  expect(JSON.stringify(compared)).not.toContain('Maja');
  expect(compared).toMatchObject({ matched: 3 });
  expect(await recordsAt(admin, ['maja'])).toMatchObject([
    { deleted: true, payload: { name: erasedText, erased: true, university_id: own } },
  ]);

  const third = await joined(researcher);
  expect(await third.sync()).toMatchObject(inStep);
  expect(filesOf(third)).toEqual([]);
  expect(await third.problems()).toEqual([]);
  const { people } = third.client();
  await expect(people.erase({ person: 'ole_maja' }).then(resultOf)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    data: { rule: 'erase_needs_admin' },
  });
  await server.stop();
});

test('the erasure is audited, and undo and history of other records continue', async () => {
  const { server, admin, ada, rea } = await world();
  await rea.client().entities.update({ type: 'team', id: 'team_maja', data: { size: 4 } });
  await rea.sync();
  const { op_id } = await erase(ada, 'maja');
  await rea.sync();
  const { body: access } = await admin.get<{ data: object[] }>('audit/access');
  expect(access.data).toEqual(
    expect.arrayContaining([expect.objectContaining({ event: 'people.erase', subject: 'maja' })]),
  );
  for (const one of [ada, rea]) {
    const { rows } = await one.client().history.list({ entity_id: 'maja', limit: 1 });
    expect(rows[0]).toMatchObject({ op_id, label: 'people.erase', actor: { name: 'Ada Admin' } });
  }
  expect(await rea.client().history.undo({})).toMatchObject({ label: 'team.update' });
  expect(await rea.sync()).toMatchObject(inStep);
  await ada.sync();
  expect((await ada.client().entities.get({ type: 'team', id: 'team_maja' })).payload['size']).toBe(9);
  for (const one of [ada, rea]) expect(await one.problems()).toEqual([]);
  // An edit of what an erasure left is found.
  await server.database.run(
    `UPDATE audit_logs SET payload_after = '{"name": "x"}' WHERE id = (SELECT min(id) FROM audit_logs WHERE salt IS NULL)`,
  );
  expect(await chainProblems(server.database)).toHaveLength(1);
  await server.stop();
});

test('pending edits of the person are rejected, and nothing of them reaches the server', async () => {
  const { server, ada, rea } = await world();
  const { entities, sync } = rea.client();
  await entities.update({ type: 'student', id: 'maja', data: { expertise_area: 'Secret pumps' } });
  await entities.update({
    type: 'team',
    id: 'team_maja',
    data: { description: 'Ask maja  holm, Ole Berg or Pia', size: 7 },
  });
  await entities.applyChanges({
    changes: [
      { kind: 'update', type: 'student', id: 'maja', data: { expertise_area: 'Secret valves' } },
      { kind: 'update', type: 'student', id: 'ole_maja', data: { expertise_area: 'Mixed' } },
    ],
  });
  await erase(ada, 'maja');
  expect(await rea.sync()).toMatchObject({ ...inStep, quarantined: 1 });
  expect((await sync.quarantine({})).operations).toMatchObject([
    { code: 'erased', records: [{ id: 'maja' }] },
  ]);
  await ada.sync();
  const texts = [...secrets, 'Secret'];
  expect(await tablesWith(server.database, texts)).toEqual([]);
  for (const one of [ada, rea]) {
    expect(filesOf(one, texts)).toEqual([]);
    expect(await one.problems()).toEqual([]);
    expect((await student(one, 'ole_maja')).payload['expertise_area']).toBe('Mixed');
    const team = await one.client().entities.get({ type: 'team', id: 'team_maja' });
    expect(team.payload).toMatchObject({ description: `Ask ${erasedText}, Ole Berg or Pia`, size: 7 });
  }
  expect(await chainProblems(server.database)).toEqual([]);
  await server.stop();
});
