import { sinceBase } from '#shared/domain/points-in-time.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { erasedText } from '#shared/domain/erased.ts';
import { takeOut } from '#test/support/backup.ts';
import { erasePerson, filesWith, findPerson } from '#test/support/people.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

/*
 * After a person is erased:
 * - no file of the workspace has the name, a former name, the address or another value of the record in its bytes, free space and the write-ahead log
 *   included, but for the backups and golden versions that are listed;
 * - the chain verifies, and the replay equals the tables, in live and in sandboxes;
 * - the erasure is a transaction of the audit that names the rows that it emptied;
 * - the history of others, undoing their changes, points in time and comparing go on;
 * - undoing a change of the person, restoring the person, and restoring what holds the person do not bring the person back.
 */

const secrets = [
  'Maja Lindqvist',
  'Maja Holm',
  'Maja%20Holm',
  'maja.holm@example.edu',
  'Kryotanks',
  'allergic to nuts',
];

async function fill(workspace: TestWorkspace): Promise<void> {
  const ada = workspace.as();
  await ada.entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  await ada.entities.create({ type: 'team', id: 'team', data: { name: 'Flight', university_id: 'uni' } });
  await ada.entities.create({
    type: 'student',
    id: 'maja',
    data: { name: 'Maja Lindqvist', university_id: 'uni', team_id: 'team', expertise_area: 'Kryotanks' },
  });
  await ada.entities.create({
    type: 'student',
    id: 'other',
    data: { name: 'Ole Berg', university_id: 'uni' },
  });
  await ada.entities.create({ type: 'interface', id: 'link', data: { from: 'maja', to: 'other' } });
  await ada.entities.update({
    type: 'student',
    id: 'maja',
    data: { name: 'Maja Holm', email: 'maja.holm@example.edu' },
  });
  await ada.entities.update({ type: 'student', id: 'maja', data: { meta: { note: 'allergic to nuts' } } });
  await ada.entities.update({
    type: 'team',
    id: 'team',
    data: { description: 'Ask Maja Holm about valves' },
  });
  await ada.entities.update({
    type: 'team',
    id: 'team',
    data: { description: 'Ask maja  holm or Ole Berg', size: 9 },
  });
  await ada.views.create({
    name: 'Of Maja Holm',
    address: 'frames://live/students?q=Maja%20Holm',
    layout: {},
  });
}

const template = await makeTemplate(fill);
const erasedTemplate = await makeTemplate(async (workspace) => {
  await fill(workspace);
  await erasePerson(workspace.as(), 'maja');
});
const verify = (client: Client) => verified(client);
const sound = { ok: true, integrity: { problems: [] }, chain: { problems: [] }, replay: { problems: [] } };

test('a person is found in the record, its history, other texts and sandboxes', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const sandbox = await take(ada, 'Without Maja Holm');
  const { person, places, namesakes, ids } = await findPerson(ada, 'Maja Holm');
  expect(person).toMatchObject({ type: 'student', id: 'maja', state: 'present', university: 'Summit' });
  expect(person.terms).toEqual(
    expect.arrayContaining(['Maja Holm', 'Maja Lindqvist', 'maja.holm@example.edu']),
  );
  expect(places.map(({ kind, id, record, rows }) => ({ kind, id, record, rows }))).toEqual([
    { kind: 'live', id: null, record: 'present', rows: 3 },
    { kind: 'sandbox', id: sandbox.id, record: 'present', rows: 3 },
  ]);
  const team = places[0]?.mentions.find(({ id }) => id === 'team');
  expect(team).toMatchObject({ type: 'team', title: 'Flight', fields: ['description'], rows: 2 });
  expect({ namesakes, ids }).toEqual({ namesakes: [], ids: [] });
});

test('a person with a title is found and erased under the name without it, in any case and order', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const data = { name: 'Dr. Rosa Lind', university_id: 'uni' };
  await ada.entities.create({ type: 'faculty', id: 'rosa', data });
  const description = 'Ask Rosa Lind, or Lind, Rosa, or Prof. ROSA LIND; dr. rosa lind';
  await ada.entities.update({ type: 'team', id: 'team', data: { description } });
  for (const wanted of ['rosa lind', 'Lind, Rosa', 'Prof. Rosa Lind']) {
    const { person } = await findPerson(ada, wanted);
    expect(person).toMatchObject({ id: 'rosa', name: 'Dr. Rosa Lind' });
    expect(person.terms).toEqual(['Dr. Rosa Lind', 'Lind, Rosa', 'Rosa Lind']);
  }
  // Erasing cannot be undone: it takes the exact name only, and other people keep theirs.
  await expect(erasePerson(ada, 'rosa lind')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const other = { name: 'Prof. Rosa Lind', university_id: 'uni' };
  await ada.entities.create({ type: 'faculty', id: 'rosa2', data: other });
  expect((await findPerson(ada, 'rosa')).namesakes).toMatchObject([{ id: 'rosa2' }]);
  await erasePerson(ada, 'Dr. Rosa Lind');
  expect((await ada.entities.get({ type: 'faculty', id: 'rosa2' })).payload).toMatchObject(other);
  const { payload } = await ada.entities.get({ type: 'team', id: 'team' });
  expect(payload['description']).not.toMatch(/rosa|lind/i);
});

test('a name is erased in other accents too, in live and sandboxes, and another person keeps theirs', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.create({
    type: 'student',
    id: 'zoe',
    data: { name: 'Zoë Krähenbühl', university_id: 'uni' },
  });
  await ada.entities.create({
    type: 'student',
    id: 'zoe2',
    data: { name: 'Zoe Krahenbuhl', university_id: 'uni' },
  });
  const description =
    'Ask Zoë Krähenbühl, Zoe Krahenbuhl or Krähenbuehl, Zoé (zoe.kraehenbuehl@example.edu), /zo%C3%AB_kr%C3%A4henbuhl.pdf';
  await ada.entities.update({ type: 'team', id: 'team', data: { description } });
  const sandbox = await take(ada, 'Plan');
  expect((await findPerson(ada, 'zoe')).namesakes).toMatchObject([{ id: 'zoe2' }]);
  await erasePerson(ada, 'zoe');
  const inside = await openSandbox(workspace, sandbox.id);
  for (const client of [ada, clientOf(inside)]) {
    expect((await client.entities.get({ type: 'team', id: 'team' })).payload['description']).toBe(
      'Ask [erased], [erased] or [erased] ([erased]@example.edu), /[erased].pdf',
    );
    expect((await client.entities.get({ type: 'student', id: 'zoe2' })).payload['name']).toBe(
      'Zoe Krahenbuhl',
    );
  }
});

test('the surname that a title leaves is not searched for', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.create({
    type: 'faculty',
    id: 'lind',
    data: { name: 'Prof. Lind', university_id: 'uni' },
  });
  expect((await findPerson(ada, 'lind')).person.terms).toEqual(['Prof. Lind']);
});

test('two people of one name are distinguished by id, and the other keeps the name', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.create({
    type: 'faculty',
    id: 'prof',
    data: { name: 'Maja Holm', university_id: 'uni' },
  });
  await expect(findPerson(ada, 'Maja Holm')).rejects.toMatchObject({ code: 'INVALID' });
  expect((await findPerson(ada, 'maja')).namesakes).toEqual([
    { type: 'faculty', id: 'prof', title: 'Maja Holm' },
  ]);
  await erasePerson(ada, 'maja');
  expect((await ada.entities.get({ type: 'faculty', id: 'prof' })).payload['name']).toBe('Maja Holm');
  expect(await verify(ada)).toMatchObject(sound);
});

describe('after a person is erased', () => {
  test('no file has a value of the person, and live, sandboxes and their trash verify', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const sandbox = await take(ada, 'Plan of Maja Holm');
    const trashed = await take(ada, 'Old plan');
    await ada.sandboxes.discard({ id: trashed.id });
    const inside = await openSandbox(workspace, sandbox.id);
    await clientOf(inside).entities.update({
      type: 'student',
      id: 'maja',
      data: { expertise_area: 'Kryotanks and pumps' },
    });
    await inside.close();
    expect(filesWith(workspace, secrets).length).toBeGreaterThan(0);
    const erased = await erasePerson(ada, 'Maja Holm');
    expect(erased.places.map(({ problem, rewritten }) => ({ problem, rewritten }))).toEqual(
      erased.places.map(() => ({ problem: null, rewritten: true })),
    );
    expect(filesWith(workspace, secrets)).toEqual([]);
    expect(await verify(ada)).toMatchObject(sound);
    const again = await openSandbox(workspace, sandbox.id);
    expect(await verify(clientOf(again))).toMatchObject(sound);
    await workspace.reopen();
    expect(filesWith(workspace, secrets)).toEqual([]);
    expect(await verify(workspace.as())).toMatchObject(sound);
  });

  test('the erasure is a transaction that names each row it emptied, and all digests stay', async () => {
    const workspace = await testWorkspace({ template });
    const read = 'SELECT id, digest FROM audit_logs ORDER BY id';
    const before = workspace.raw((db) => db.prepare(read).all());
    const { op_id } = await erasePerson(workspace.as(), 'maja');
    const after = workspace.raw((db) => db.prepare(read).all());
    expect(after.slice(0, before.length)).toEqual(before);
    const { rows } = await workspace.as().history.list({ limit: 1 });
    expect(rows[0]).toMatchObject({
      op_id,
      label: 'people.erase',
      actor: { name: 'Ada' },
      params: { id: 'maja' },
    });
    const emptied = workspace.raw((db) =>
      db.prepare('SELECT id FROM audit_logs WHERE salt IS NULL').pluck().all(),
    );
    const named = workspace.raw((db) =>
      db
        .prepare("SELECT json_extract(payload, '$.rows') FROM workspaces WHERE id = 'ws_erasures'")
        .pluck()
        .get(),
    );
    expect(Object.keys(JSON.parse(String(named)) as object).map(Number)).toEqual(emptied);
    expect(emptied.length).toBeGreaterThan(3);
  });

  test('an edit of an emptied row, its label, or the list of emptied rows is found', async () => {
    const row = 'SELECT min(id) FROM audit_logs WHERE salt IS NULL';
    for (const edit of [
      `UPDATE audit_logs SET payload_after = '{"name":"x","erased":true}' WHERE id = (${row})`,
      `UPDATE audit_logs SET salt = '00000000000000000000000000000000' WHERE id = (${row})`,
      `UPDATE audit_logs SET salt = NULL WHERE id = 1`,
      `UPDATE audit_transactions SET params = '{}' WHERE params_salt IS NULL`,
      `UPDATE audit_logs SET payload_after = '{}' WHERE entity_id = 'ws_erasures'`,
    ]) {
      const copy = await testWorkspace({ template: erasedTemplate });
      copy.raw((db) => db.exec(edit));
      expect((await verify(copy.as())).chain.ok, edit).toBe(false);
    }
  });

  test('the person is deleted, a team keeps its other values, and the link is hidden', async () => {
    const workspace = await testWorkspace({ template: erasedTemplate });
    const ada = workspace.as();
    const team = await ada.entities.get({ type: 'team', id: 'team' });
    expect(team.payload).toMatchObject({
      name: 'Flight',
      size: 9,
      description: `Ask ${erasedText} or Ole Berg`,
    });
    expect((await ada.entities.list({ type: 'student' })).rows.map(({ id }) => id)).toEqual(['other']);
    expect((await ada.entities.list({ type: 'interface' })).rows).toEqual([]);
    const { person, places } = await findPerson(ada, 'maja');
    expect(person).toMatchObject({ name: erasedText, state: 'erased', terms: [] });
    expect(places[0]).toMatchObject({ record: 'erased', rows: 0, mentions: [], labels: 0 });
  });

  test('undo passes the person over, and undoing one of their changes is refused', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { rows } = await ada.history.list({ limit: 50 });
    const rename = rows.find(({ label, params }) => label === 'student.update' && params['id'] === 'maja');
    await erasePerson(ada, 'maja');
    await expect(ada.history.undoChange({ op_id: rename?.op_id ?? '' })).rejects.toMatchObject({
      code: 'UNDO_CONFLICT',
      data: { conflicts: [{ id: 'maja', reason: 'erased' }] },
    });
    // Views first, then the two changes of the team, in whose text the name was.
    expect(await ada.history.undo({})).toMatchObject({ label: 'view.create' });
    expect(await ada.history.undo({ on_conflict: 'overwrite' })).toMatchObject({ label: 'team.update' });
    expect((await ada.entities.get({ type: 'team', id: 'team' })).payload['description']).toBe(
      `Ask ${erasedText} about valves`,
    );
    expect(await ada.history.redo({})).toMatchObject({ label: 'team.update' });
    expect(await verify(ada)).toMatchObject(sound);
  });

  test('nothing restores the person: not the record, a point in time or a backup', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const backup = await resultOf(await ada.backups.create({}));
    const point = (await ada.history.list({ limit: 1 })).rows[0];
    const { versions } = await erasePerson(ada, 'maja');
    expect(versions).toMatchObject([{ kind: 'backup', id: backup.id, rows: 3, problem: null }]);
    expect(versions[0]?.removed).toMatch(/^\d{4}-\d\d-\d\d$/);
    await expect(ada.entities.restore({ type: 'student', id: 'maja' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      data: { rule: 'erased' },
    });
    await resultOf(await ada.backups.restore({ id: backup.id }));
    await resultOf(await ada.moments.restore({ at: String(point?.id), ids: null }));
    expect((await ada.entities.list({ type: 'student' })).rows.map(({ id }) => id)).toEqual(['other']);
    expect(await verify(ada)).toMatchObject(sound);
  });

  test('a point in time before it shows the person without a name, and verifies', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const point = (await ada.history.list({ limit: 1 })).rows[0];
    await erasePerson(ada, 'maja');
    const core = await workspace.another({
      target: { kind: 'moment', at: String(point?.id), sandbox: null },
    });
    const past = core.client(core.session());
    const { rows } = await past.entities.list({ type: 'student' });
    expect(rows.map(({ id, payload }) => [id, payload['name']])).toEqual([
      ['maja', erasedText],
      ['other', 'Ole Berg'],
    ]);
    expect(await verify(past)).toMatchObject(sound);
  });

  test('a sandbox compares as before, without the person', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const sandbox = await take(ada, 'Plan');
    const inside = await openSandbox(workspace, sandbox.id);
    await clientOf(inside).entities.update({ type: 'team', id: 'team', data: { size: 4 } });
    await inside.close();
    await erasePerson(ada, 'maja');
    const compared = await resultOf(await ada.compare.between(sinceBase(sandbox.id)));
    expect(JSON.stringify(compared)).not.toContain('Maja');
    const promoted = await resultOf(await ada.sandboxes.promote({ id: sandbox.id }));
    expect(promoted).toMatchObject({ problems: [] });
    expect((await ada.entities.get({ type: 'team', id: 'team' })).payload['size']).toBe(4);
    expect(await verify(ada)).toMatchObject(sound);
  });

  test('a later backup holds nothing of the person', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await erasePerson(ada, 'maja');
    const backup = await resultOf(await ada.backups.create({}));
    const image = readFileSync(takeOut(workspace.files.backups, backup.id));
    expect(secrets.filter((text) => image.includes(text))).toEqual([]);
    expect((await findPerson(ada, 'maja')).versions).toEqual([]);
  });
});

test('with texts left alone, only the record is erased', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await erasePerson(ada, 'maja', false);
  expect((await ada.entities.get({ type: 'team', id: 'team' })).payload['description']).toBe(
    'Ask maja  holm or Ole Berg',
  );
  expect(await verify(ada)).toMatchObject(sound);
});

test('only an admin erases, and nothing is changed otherwise', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as().workspace.createProfile({ name: 'Rea', role: 'researcher' });
  await expect(erasePerson(workspace.as('Rea'), 'maja')).rejects.toMatchObject({
    code: 'FORBIDDEN',
    data: { rule: 'erase_needs_admin' },
  });
  await expect(erasePerson(workspace.as(), 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await findPerson(workspace.as(), 'maja')).person.state).toBe('present');
});
