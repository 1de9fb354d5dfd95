import { expect, onTestFinished, test } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { applyOperations } from '#core/sync/apply.ts';
import { joinedState, readUnfinished, writeState } from '#core/sync/state.ts';
import type { PulledOperation, SyncScope } from '#shared/contract/server/sync.ts';
import { password } from '../../support/server.ts';
import { backUp, backupsOfTest, restore } from '../../support/backups.ts';
import { chainProblems, tablesWith } from '../../support/chain.ts';
import { erase, filesOf, fill, recordsAt, secrets } from '../../support/erasing.ts';
import { workspacesOf } from './workspace.ts';
import { foreign, own, populate } from '../../support/people.ts';
import { addUser, startServer } from '../../support/server.ts';
import type { SharedWorkspace } from './workspace.ts';

interface Pulled {
  operations: PulledOperation[];
  next: { seq: number; hash: string };
  scope: SyncScope;
}

const researcher = { role: 'researcher', university_id: own } as const;
const inStep = { state: 'idle', in_step: true, pending: 0, quarantined: 0 } as const;

async function world() {
  const server = await startServer({ backups: backupsOfTest() });
  const { admin } = await populate(server);
  const spaces = workspacesOf(server, admin, onTestFinished);
  const ada = await spaces.joined('admin');
  await fill(ada);
  await ada.sync();
  return { server, admin, ...spaces, ada };
}

async function expectClean(...all: SharedWorkspace[]): Promise<void> {
  for (const one of all) {
    expect(await one.sync()).toMatchObject(inStep);
    expect(filesOf(one)).toEqual([]);
    expect(await one.problems()).toEqual([]);
  }
}

test('without the server nobody is erased, and nothing changes', async () => {
  const { server, ada } = await world();
  await server.stop();
  const erasing = erase(ada, 'maja');
  await expect(erasing).rejects.toMatchObject({ code: 'SYNC', data: { reason: 'not_erased' } });
  await expect(erasing).rejects.toThrow('was not erased');
  const maja = await ada.client().entities.get({ type: 'student', id: 'maja' });
  expect(maja).toMatchObject({ title: 'Maja Holm', deleted_at: null });
  expect(readUnfinished(ada.core.services.read)).toEqual([]);
});

test('a workspace that pulls two erasures of one person at once applies both', async () => {
  const { server, admin, ada, joined } = await world();
  const away = await joined(researcher);
  await admin.post('people/maja/erase', { mentions: false });
  const terms = ['Maja Holm', 'Maja Lindqvist', 'maja.holm@example.edu'];
  const { body } = await admin.post<{ rows: number }>('people/maja/erase', { mentions: true, terms });
  expect(body.rows).toBeGreaterThan(0);
  await expectClean(away, ada);
  await server.stop();
});

test('a workspace that was away, before and after the person came, ends equal to the server', async () => {
  const { server, ada, joined } = await world();
  const [away, never] = [await joined(researcher), await joined(researcher)];
  const { entities } = ada.client();
  await entities.create({ type: 'student', id: 'late', data: { name: 'Lene Late', university_id: own } });
  await entities.update({ type: 'student', id: 'maja', data: { name: 'Maja Lindqvist' } });
  await entities.remove({ type: 'student', id: 'late' });
  await entities.restore({ type: 'student', id: 'late' });
  await entities.update({ type: 'team', id: 'team_maja', data: { description: 'Lene Late was here' } });
  await entities.update({ type: 'student', id: 'maja', data: { name: 'Maja Holm' } });
  await away.client().entities.update({ type: 'team', id: 'team_maja', data: { size: 3 } });
  await ada.sync();
  await erase(ada, 'maja');
  await erase(ada, 'late');
  await expectClean(away, never, ada);
  for (const one of [away, never, ada]) {
    expect(filesOf(one, ['Lene Late'])).toEqual([]);
    const team = await one.client().entities.get({ type: 'team', id: 'team_maja' });
    expect(team.payload).toMatchObject({ size: 3, description: '[erased] was here' });
  }
  expect(await chainProblems(server.database)).toEqual([]);
  await server.stop();
});

test('a file that a reader kept from being rewritten is rewritten at a later sync', async () => {
  const { server, ada, joined } = await world();
  const rea = await joined(researcher);
  const reader = openConnection(rea.core.services.files.live, { mode: 'read', log: silentLog });
  reader.exec('BEGIN');
  reader.get('SELECT count(*) FROM audit_logs');
  await erase(ada, 'maja');
  await rea.sync();
  expect(readUnfinished(rea.core.services.read)).toMatchObject([{ id: 'maja', rewritten: false }]);
  reader.exec('COMMIT');
  reader.close();
  // As after a kill between the commit and the rewriting: another process goes on.
  await rea.close();
  await rea.open();
  expect(readUnfinished(rea.core.services.read)).toHaveLength(1);
  await expectClean(rea);
  expect(readUnfinished(rea.core.services.read)).toEqual([]);
  await server.stop();
});

test('a workspace that left the server erases when it joins again, and sends nothing back', async () => {
  const { server, admin, ada, opened } = await world();
  const { user } = await addUser(admin, researcher);
  const rea = await opened();
  await rea.join(server.api.url, user.email, password);
  await rea.client().sync.leave({ keep_unsent: true });
  await rea
    .client()
    .entities.update({ type: 'student', id: 'maja', data: { expertise_area: 'Kryotanks 2' } });
  await erase(ada, 'maja');
  await rea.join(server.api.url, user.email, password);
  await expectClean(rea, ada);
  expect(await tablesWith(server.database, secrets)).toEqual([]);
  await server.stop();
});

test('a person with one university erases somebody who has moved out of their scope', async () => {
  const { server, ada, joined } = await world();
  const lena = await joined({ role: 'editor', university_id: own, sees: 'university' });
  await ada.client().entities.update({ type: 'student', id: 'maja', data: { university_id: foreign } });
  await ada.sync();
  await lena.sync();
  expect(filesOf(lena).length).toBeGreaterThan(0);
  await erase(ada, 'maja');
  await expectClean(lena);
  await server.stop();
});

test('a restored server has the person again until they are erased again, and no workspace brings values back', async () => {
  const { server, admin, ada, joined } = await world();
  const rea = await joined(researcher);
  const backup = await backUp(admin);
  const { server: erased } = await erase(ada, 'maja');
  expect(erased).toMatchObject({ backups: [{ id: backup }] });
  await expectClean(rea);
  expect(await restore(admin, backup)).toMatchObject({ state: 'completed' });
  expect((await tablesWith(server.database, secrets)).length).toBeGreaterThan(0);
  await rea.sync();
  await ada.sync();
  expect(await recordsAt(admin, ['maja'])).toMatchObject([{ deleted: true }]);
  // Texts of other records may name the person again; values of the record do not come back.
  const values = secrets.filter((text) => !text.startsWith('Maja'));
  for (const one of [rea, ada]) expect(filesOf(one, values)).toEqual([]);
  await erase(ada, 'maja');
  expect(await tablesWith(server.database, secrets)).toEqual([]);
  expect(await chainProblems(server.database)).toEqual([]);
  await expectClean(rea, ada);
  await server.stop();
});

test('a workspace whose FRAMES pulled the erasure without knowing it erases after an update', async () => {
  const { server, admin, ada, opened } = await world();
  const { user, api } = await addUser(admin, researcher);
  const rea = await opened();
  await rea.join(server.api.url, user.email, password);
  await erase(ada, 'maja');
  const { read, queue } = rea.core.services;
  const { generation, cursor } = joinedState(read);
  const path = `sync/pull?generation=${generation}&after=${cursor.seq}`;
  const { operations, next, scope } = (await api.get<Pulled>(path)).body;
  const older = operations.map((operation): PulledOperation => ({ ...operation, erases: null }));
  await queue.series('sync', async (series) => {
    await applyOperations(
      series,
      older,
      { after: { generation, seq: cursor.seq }, next, scope },
      new Date(server.clock.now).toISOString(),
    );
    const { erasures: __, ...state } = joinedState(series.db);
    writeState(series.db, state);
  });
  expect(filesOf(rea).length).toBeGreaterThan(0);
  await expectClean(rea);
  await server.stop();
});

test('a person whom the server never had is erased here', async () => {
  const { server, ada } = await world();
  const data = { name: 'Zoe Zander', university_id: own, note: 'x'.repeat(1_100_000) };
  // Written by a FRAMES that did not limit a record yet.
  await ada.core.services.queue.command(ada.core.session(), ({ records }) => {
    records.create({ type: 'student', id: 'zoe', payload: { id: 'zoe', ...data } });
  });
  expect(await ada.sync()).toMatchObject({ quarantined: 1 });
  expect(filesOf(ada, ['Zoe Zander']).length).toBeGreaterThan(0);
  expect(await erase(ada, 'zoe')).toMatchObject({
    server: { rows: 0, records: 0 },
    places: [{ kind: 'live', rewritten: true }],
  });
  expect(filesOf(ada, ['Zoe Zander'])).toEqual([]);
  expect(await ada.problems()).toEqual([]);
  expect(await ada.sync()).toMatchObject({ in_step: true, pending: 0 });
  await server.stop();
});
