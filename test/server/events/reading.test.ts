import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { EventPage, WorkspaceEvent } from '#shared/events/events.ts';
import { erasedText } from '#shared/domain/erased.ts';
import { lockHistory } from '#server/db/group-commit.ts';
import type { Api } from '../support/api.ts';
import { plantSecrets, secret } from '../support/other-university.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, operation, push, update } from '../support/push.ts';
import { connect } from '../support/realtime.ts';
import { addUser, serverOfFile, startServer, testDatabaseUrl } from '../support/server.ts';

const server = await serverOfFile();
const { admin, editor, viewer, researcher } = await populate(server);

const page = async (api: Api, query = ''): Promise<EventPage> =>
  (await api.get<EventPage>(`events?${query}`)).body;

/** Reads to the end, page by page. */
async function readAll(api: Api, after = '', query = 'limit=7'): Promise<EventPage> {
  const events: WorkspaceEvent[] = [];
  for (let cursor = after; ;) {
    const next = await page(api, `after=${cursor}&${query}`);
    events.push(...next.events);
    if (next.cursor === cursor) return { events, cursor };
    ({ cursor } = next);
  }
}

const pushTeam = (api: Api, id: string, university_id = own) =>
  push(api, [operation([create('team', id, { name: `Team ${id}`, university_id })])]);

test('events come in commit order as CloudEvents, and a cursor goes on after them', async () => {
  const { cursor } = await readAll(admin);
  const made = operation([
    create('repair', 'r', { name: 'R' }),
    create('task', 't', { name: 'T', repair_id: 'r' }),
  ]);
  await push(admin, [made]);
  await push(admin, [
    operation([update('task', 't', {}, { notes: 'A secret note' })], { label: 'task.update' }),
  ]);
  const { events } = await readAll(admin, cursor);
  expect(events.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
    'frames.repair.created repair/r',
    'idea.created repair/r',
    'frames.task.created task/t',
    'tasks.created task/t',
    'frames.task.updated task/t',
    'task.updated task/t',
  ]);
  const { server_id } =
    (await server.database.get<{ server_id: string }>('SELECT server_id FROM server')) ?? {};
  expect(events[2]).toEqual({
    specversion: '1.0',
    id: `${made.op_id}/1`,
    source: `/workspaces/${server_id}`,
    type: 'frames.task.created',
    subject: 'task/t',
    time: made.created_at,
    datacontenttype: 'application/json',
    data: expect.objectContaining({ action: 'create', fields: ['name', 'repair_id'], title: 'T' }) as object,
  });
  expect(JSON.stringify(events)).not.toContain('secret');
  const merged = await readAll(admin, cursor, 'types=tasks.created,idea.created&limit=1');
  expect(merged.events.map(({ type }) => type)).toEqual(['idea.created', 'tasks.created']);
  expect(await admin.refusal('GET', 'events?types=nothing')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await admin.refusal('GET', 'events?after=3.00000000')).toEqual([409, 'OTHER_HISTORY']);
  expect(await admin.refusal('GET', 'events?after=999999.00000000')).toEqual([409, 'OTHER_HISTORY']);
});

test('who sees one university gets no event of another', async () => {
  await pushTeam(admin, 'team_a');
  await plantSecrets(admin);
  const { api } = await addUser(admin, { role: 'editor', university_id: own, sees: 'university' });
  const { cursor } = await readAll(api);
  await push(admin, [
    operation([
      create('team', 'team_mine', { name: 'Mine', university_id: own }),
      create('team', `${secret}_2`, { name: secret, university_id: foreign }),
    ]),
  ]);
  await push(admin, [
    operation([
      update('team', 'team_mine', { university_id: own }, { university_id: foreign, name: secret }),
    ]),
  ]);
  const { events } = await readAll(api, cursor);
  expect(events.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
    'frames.team.created team/team_mine',
    'frames.team.deleted team/team_mine',
  ]);
  expect(JSON.stringify((await readAll(api)).events)).not.toContain(secret);
  expect(JSON.stringify((await readAll(admin)).events)).toContain(secret);
});

test('an erasure is an event, and no event has the name of the person', async () => {
  await push(admin, [
    operation([
      create('student', 'maja', { name: 'Maja Holm', university_id: own }),
      create('team', 'hers', { name: 'Team of Maja Holm', university_id: own }),
    ]),
  ]);
  const { cursor, events: before } = await readAll(admin);
  expect(JSON.stringify(before.filter(({ subject }) => subject === 'student/maja'))).not.toContain('Maja');
  expect((await admin.post('people/maja/erase', {})).status).toBe(200);
  const { events } = await readAll(admin, cursor);
  expect(events.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
    'person.erased student/maja',
    'frames.student.deleted student/maja',
    'frames.team.updated team/hers',
  ]);
  const text = JSON.stringify((await readAll(admin)).events);
  expect(text).not.toContain('Maja');
  expect(text).toContain(`Team of ${erasedText}`);
});

test('two nodes and four writers lose none, and both nodes give the same order', async () => {
  const other = await startServer({}, { database: server.database });
  onTestFinished(() => other.stop());
  const start = (await readAll(admin)).cursor;
  const pushed = new Set<string>();
  let isWriting = true;
  const writers = [admin, editor.api, researcher.api, admin].map(async (api, who) => {
    const node = who % 2 === 0 ? api : api.at(other.api.url);
    for (let n = 0; n < 15; n += 1) {
      const one = operation([create('team', `w${who}_${n}`, { name: 'W', university_id: own })], {
        replica: `replica-${who}`,
      });
      pushed.add(`${one.op_id}/0`);
      expect((await push(node, [one])).body.accepted).toEqual([one.op_id]);
    }
  });
  const reader = async (api: Api): Promise<string[]> => {
    const seen: string[] = [];
    for (let cursor = start; ;) {
      const isLast = !isWriting;
      const next = await page(api, `after=${cursor}&limit=3`);
      seen.push(...next.events.map(({ id }) => id));
      if (isLast && next.cursor === cursor) return seen;
      ({ cursor } = next);
    }
  };
  const readers = [reader(admin), reader(viewer.api.at(other.api.url))];
  await Promise.all(writers);
  isWriting = false;
  const [one = [], two] = await Promise.all(readers);
  expect(one).toHaveLength(60);
  expect(new Set(one)).toEqual(pushed);
  expect(two).toEqual(one);
});

test('a number is given in commit order: an operation that waits for an earlier one is not passed over', async () => {
  const { cursor } = await readAll(admin);
  let isPushed = false;
  let pushing: Promise<unknown> = Promise.resolve();
  await server.database.transaction(async (sql) => {
    await lockHistory(sql);
    pushing = pushTeam(admin, 'team_waiting').then(() => (isPushed = true));
    await sleep(100);
    expect(isPushed).toBe(false);
    expect(await readAll(admin, cursor)).toEqual({ events: [], cursor });
  });
  await pushing;
  expect((await readAll(admin, cursor)).events.map(({ subject }) => subject)).toEqual(['team/team_waiting']);
});

test('without that, a reader of `seq > cursor` loses what commits later under a smaller number', async () => {
  const pool = new Pool({ connectionString: await testDatabaseUrl(), max: 3 });
  onTestFinished(() => pool.end());
  await pool.query('CREATE TABLE naive (seq bigserial PRIMARY KEY, event text NOT NULL)');
  const [first, second] = [await pool.connect(), await pool.connect()];
  const seen: string[] = [];
  let cursor = '0';
  const readNew = async (): Promise<void> => {
    const { rows } = await pool.query<{ seq: string; event: string }>(
      'SELECT seq, event FROM naive WHERE seq > $1 ORDER BY seq',
      [cursor],
    );
    for (const { seq, event } of rows) {
      seen.push(event);
      cursor = seq;
    }
  };
  const insert = 'INSERT INTO naive (event) VALUES ($1)';
  await first.query('BEGIN');
  await first.query(insert, ['earlier number']);
  await second.query(insert, ['later number']);
  await readNew();
  await first.query('COMMIT');
  await readNew();
  await second.query(insert, ['last']);
  await readNew();
  first.release();
  second.release();
  expect((await pool.query('SELECT 1 FROM naive')).rowCount).toBe(3);
  expect(seen).toEqual(['later number', 'last']);
});

test('clients of every node get the newest cursor as a hint', async () => {
  const other = await startServer({}, { database: server.database });
  onTestFinished(() => other.stop());
  const lines = [
    await connect(server.api.url, researcher.signedIn.access_token),
    await connect(other.api.url, viewer.signedIn.access_token),
  ];
  const heard: string[][] = lines.map((line) => {
    const cursors: string[] = [];
    line.on('events', ({ cursor }) => void cursors.push(cursor));
    return cursors;
  });
  await push(admin, [
    operation([1, 2, 3].map((n) => create('team', `hint_${n}`, { name: 'H', university_id: own }))),
  ]);
  const { cursor } = await readAll(admin);
  for (const cursors of heard) await vi.waitFor(() => expect(cursors).toEqual([cursor]), { timeout: 5000 });
});
