import { describe, expect, test } from 'vitest';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { foreign, own, populate } from '../../support/people.ts';
import { create, operation, push } from '../../support/push.ts';
import { addUser, bootstrap, password, serverOfFile, startServer } from '../../support/server.ts';
import type { TestUser } from '../../support/server.ts';
import { workspacesOf } from './workspace.ts';
import type { SharedWorkspace } from './workspace.ts';

const server = await serverOfFile();
const people = await populate(server);

const { opened: workspace, joined } = workspacesOf(server, people.admin);

const join = (one: SharedWorkspace, { user }: TestUser, share = 'all'): Promise<SyncStatus> =>
  one.join(server.api.url, user.email, password, share);

const team = (one: SharedWorkspace, id: string, university_id: string | null, size = 5) =>
  one.client().entities.create({ type: 'team', id, data: { name: id, university_id, size } });

/** Teams that lists show, but for those of the test of many. */
const idsOf = (one: SharedWorkspace): Promise<string[]> =>
  Promise.resolve(
    one.core.services.read.column<string>(
      `SELECT id FROM teams WHERE deleted_at IS NULL AND hidden = 0 AND id NOT LIKE 'team_many%' ORDER BY id`,
    ),
  );

describe('joining', () => {
  test('a workspace with records that its person may not write is refused, and unchanged', async () => {
    const one = await workspace();
    await one.client().entities.create({ type: 'university', id: 'univ_new', data: { name: 'New' } });
    await expect(join(one, people.editor)).rejects.toMatchObject({
      code: 'SYNC',
      data: { reason: 'not_yours' },
    });
    expect(await one.client().sync.status({})).toMatchObject({ state: 'off' });
    expect(await one.client().entities.get({ type: 'university', id: 'univ_new' })).toMatchObject({
      title: 'New',
    });
  });

  test('saved views are shared as those of the joining person', async () => {
    const one = await workspace();
    const made = await one.client().views.create({ name: 'Mine', address: 'frames://live/teams' });
    await one.client().views.update({ id: made.view.id, name: 'Ours' });
    const gone = await one.client().views.create({ name: 'Gone', address: 'frames://live/teams' });
    await one.client().views.remove({ id: gone.view.id });
    await expect(join(one, people.viewer)).rejects.toMatchObject({ data: { reason: 'not_yours' } });
    expect(await join(one, people.editor)).toMatchObject({ in_step: true, pending: 0, quarantined: 0 });
    const [view] = await one.client().views.list({});
    expect(view).toMatchObject({ name: 'Ours', owner: { id: people.editor.user.id } });
    const two = await joined(people.researcher);
    expect(await two.client().views.list({})).toMatchObject([{ name: 'Ours', owner: view?.owner }]);
    await one.client().views.remove({ id: made.view.id });
    expect(await one.sync()).toMatchObject({ in_step: true, quarantined: 0 });
    await two.sync();
    expect(await two.client().views.list({})).toEqual([]);
    expect(await one.problems()).toEqual([]);
  });

  test('a comment that somebody wrote before joining keeps their name beside that of the joining person', async () => {
    const one = await workspace();
    const client = one.client();
    const { record: team } = await client.entities.create({
      type: 'team',
      data: { name: 'T' },
    });
    const data = { record_id: team.id, text: 'Ask the workshop' };
    const { record } = await client.entities.create({ type: 'comment', data });
    const author = record.payload['author'];
    expect(await join(one, people.researcher)).toMatchObject({ in_step: true, quarantined: 0 });
    const two = await joined(people.viewer);
    const there = await two.client().entities.get({ type: 'comment', id: record.id });
    expect(there.payload).toMatchObject({ recorded_author: author });
    expect(there.payload['author']).not.toBe(author);
    await client.entities.remove({ type: 'team', id: team.id });
    await one.sync();
  });

  test('one university is shared by name, with its records only', async () => {
    await push(people.admin, [
      operation([
        create('team', 'team_mine', { name: 'Mine', university_id: own }),
        create('team', 'team_theirs', { name: 'Theirs', university_id: foreign }),
      ]),
    ]);
    const one = await workspace();
    expect(await join(one, people.editor, 'own')).toMatchObject({ in_step: true, server: { share: own } });
    expect(await idsOf(one)).toEqual(['team_mine']);
    await expect(join(await workspace(), people.editor, 'Nowhere')).rejects.toMatchObject({
      data: { reason: 'unknown_university' },
    });
  });

  test('the signed-in person acts, and nobody else', async () => {
    const one = await workspace();
    const [first] = await one.client().workspace.profiles({});
    await join(one, people.researcher);
    expect((await one.client().workspace.info({})).actor).toMatchObject({ id: people.researcher.user.id });
    expect(() => one.core.session(first?.id)).toThrow(/Nobody else/);
    await expect(
      one.client().workspace.createProfile({ name: 'Local', role: 'admin', university_id: null }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN', data: { rule: 'people_on_server' } });
  });

  test('an operation of thousands of records is sent and received in parts', async () => {
    const [one, two] = [await workspace(), await workspace()];
    await join(two, people.viewer);
    await one.client().entities.create({ type: 'university', id: own, data: { name: 'Own' } });
    const { services } = one.core;
    await services.queue.job(one.core.session(), 'many', async (write) => {
      for (let at = 0; at < 5500; at++)
        write.records.createLater(
          { type: 'team', id: `team_many_${at}`, payload: { name: `Team ${at}`, university_id: own } },
          null,
        );
      write.audit.label('import', { source: 'many', count: 1 });
      return Promise.resolve();
    });
    expect(await join(one, people.researcher)).toMatchObject({ in_step: true, pending: 0 });
    expect(await two.sync()).toMatchObject({ in_step: true });
    const sizes = two.core.services.read.get(
      'SELECT count(*) AS n FROM audit_transactions WHERE changes > 4000',
    );
    expect(sizes).toEqual({ n: 1 });
    // Whoever joins now downloads more than one page, in which nothing comes before what it belongs to.
    expect(await join(await workspace(), people.viewer)).toMatchObject({ in_step: true });
  });
});

describe('a refused change', () => {
  test('goes into quarantine with its reason, does not delay later ones, and can be made again', async () => {
    const one = await joined(people.editor);
    await people.admin.patch(`users/${people.editor.user.id}`, { role: 'viewer' });
    await team(one, 'team_refused', own, 3);
    expect(await one.sync()).toMatchObject({ pending: 0, quarantined: 1, in_step: true });
    const { operations } = await one.client().sync.quarantine({});
    expect(operations).toMatchObject([
      { code: 'forbidden:viewers_read_only', records: [{ id: 'team_refused' }] },
    ]);
    expect(await idsOf(one)).not.toContain('team_refused');
    await people.admin.patch(`users/${people.editor.user.id}`, { role: 'editor' });
    await one.sync();
    await one.client().sync.resolveRejected({ op_id: operations[0]?.op_id ?? '', as: 'retry' });
    expect(await one.sync()).toMatchObject({ pending: 0, quarantined: 0, in_step: true });
    expect(await one.client().entities.get({ type: 'team', id: 'team_refused' })).toMatchObject({
      payload: { size: 3 },
    });
    expect(await one.problems()).toEqual([]);
  });
});

describe('visibility', () => {
  test('becomes less: the rest is taken away here; and more again: it is fetched', async () => {
    const one = await joined(people.other);
    expect(await idsOf(one)).toContain('team_mine');
    await people.admin.patch(`users/${people.other.user.id}`, { sees: 'university' });
    expect(await one.sync()).toMatchObject({ in_step: true });
    expect(await idsOf(one)).not.toContain('team_mine');
    expect(await idsOf(one)).toContain('team_theirs');
    await people.admin.patch(`users/${people.other.user.id}`, { sees: 'all' });
    expect(await one.sync()).toMatchObject({ in_step: true });
    expect(await idsOf(one)).toContain('team_mine');
    expect(await one.problems()).toEqual([]);
  });
});

describe('leaving', () => {
  test('keeps unsent changes and all records', async () => {
    const one = await joined(people.researcher);
    await team(one, 'team_unsent', own);
    await expect(one.client().sync.leave({})).rejects.toMatchObject({ data: { reason: 'unsent' } });
    expect(await one.client().sync.leave({ keep_unsent: true })).toMatchObject({ state: 'off' });
    expect(await idsOf(one)).toEqual(expect.arrayContaining(['team_mine', 'team_unsent']));
  });

  test('may delete the shared records at the server, while all stay here', async () => {
    const [one, two] = [await workspace(), await workspace()];
    await join(one, people.editor, own);
    await join(two, people.researcher);
    await one.client().sync.leave({ delete_remote: true });
    await two.sync();
    expect(await idsOf(two)).not.toContain('team_mine');
    expect(await idsOf(one)).toContain('team_mine');
  });
});

describe('joining again', () => {
  test('the former server: operations that it refused are not sent again', async () => {
    const one = await workspace();
    const { user, api } = await addUser(people.admin, { role: 'editor', university_id: own });
    await one.join(server.api.url, user.email, password);
    await people.admin.patch(`users/${user.id}`, { role: 'viewer' });
    await team(one, 'team_not_wanted', own);
    await team(one, 'team_undecided', own);
    expect(await one.sync()).toMatchObject({ quarantined: 2 });
    const { operations } = await one.client().sync.quarantine({});
    const accepted = operations.find(({ records }) => records[0]?.id === 'team_not_wanted');
    await one.client().sync.resolveRejected({ op_id: accepted?.op_id ?? '', as: 'accept' });
    await people.admin.patch(`users/${user.id}`, { role: 'editor' });
    await one.client().sync.leave({});
    expect(await one.join(server.api.url, user.email, password)).toMatchObject({
      in_step: true,
      quarantined: 1,
    });
    for (const id of ['team_not_wanted', 'team_undecided'])
      expect(await api.refusal('GET', `teams/${id}`)).toEqual([404, 'TEAM_NOT_FOUND']);
    expect(await one.problems()).toEqual([]);
  });

  test('the former server: operations that it has are not sent twice, and all are acknowledged', async () => {
    const one = await joined(people.researcher);
    await team(one, 'team_again', own);
    await one.sync();
    await one.client().sync.leave({});
    expect(await join(one, people.researcher)).toMatchObject({ pending: 0, in_step: true });
    expect(await one.problems()).toEqual([]);
  });

  test('another server gets everything, including records of the first one', async () => {
    const other = await startServer({}, { clock: server.clock });
    try {
      const admin = await bootstrap(other);
      // Databases of tests are copies of one.
      await other.database.run(`UPDATE server SET server_id = 'another', generation = 'another'`);
      const one = await joined(people.researcher);
      await one.client().sync.leave({});
      const before = await idsOf(one);
      expect(await one.join(other.api.url, admin.user.email, password)).toMatchObject({
        pending: 0,
        in_step: true,
      });
      expect(await idsOf(one)).toEqual(before);
      const rows = await other.database.all<{ id: string }>(
        `SELECT id FROM teams WHERE deleted_at IS NULL AND id NOT LIKE 'team_many%' ORDER BY id`,
      );
      expect(rows.map(({ id }) => id)).toEqual(before);
    } finally {
      await other.stop();
    }
  });
});

describe('a server that leaves something out', () => {
  test('is found by a client with more history, and gets it back', async () => {
    const [one, two] = [await workspace(), await workspace()];
    await join(one, people.researcher);
    await join(two, people.other);
    await team(two, 'team_hidden', foreign);
    await two.sync();
    // As a server would be that forgot an operation and went on without it.
    for (const table of ['teams', 'record_ids'])
      await server.database.run(`DELETE FROM ${table} WHERE id = 'team_hidden'`);
    await server.database.run(
      'DELETE FROM audit_transactions WHERE id = (SELECT max(id) FROM audit_transactions)',
    );
    await server.database.run(
      'UPDATE server SET (head_seq, head_hash) = (SELECT id, hash FROM audit_transactions ORDER BY id DESC LIMIT 1)',
    );
    await team(two, 'team_after', foreign);
    expect(await two.sync()).toBeNull();
    expect(await two.client().sync.status({})).toMatchObject({ state: 'diverged', in_step: false });
    // Whoever takes it for what it is now goes on with it, and offers what it had left out.
    for await (const _ of await two.client().sync.repair({}));
    expect(await two.sync()).toMatchObject({ state: 'idle', in_step: true });
    expect(await one.sync()).toMatchObject({ in_step: true });
    expect(await idsOf(one)).toEqual(expect.arrayContaining(['team_after', 'team_hidden']));
    expect(await two.problems()).toEqual([]);
    expect(await one.problems()).toEqual([]);
  });
});

test('refusals for a first admin are shown at their field', async () => {
  const empty = await startServer({}, { clock: server.clock });
  try {
    const one = await workspace();
    const joining = async (token: string, secret: string): Promise<void> => {
      const given = { url: empty.api.url, email: 'a@example.org', password: secret };
      for await (const _ of await one
        .client()
        .sync.join({ ...given, bootstrap: { token, name: 'Ada' }, share: 'all' }));
    };
    await expect(joining('wrong', password)).rejects.toMatchObject({
      code: 'INVALID',
      data: { issues: [{ path: 'bootstrap.token' }] },
    });
    await expect(joining('wrong', 'short')).rejects.toMatchObject({
      code: 'INVALID',
      data: { issues: [{ path: 'password' }] },
    });
  } finally {
    await empty.stop();
  }
});
