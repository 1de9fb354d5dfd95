import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxReferences } from '#shared/domain/limits.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/*
 * Lists of references (`bearers` of a link, `other_team_ids` of a student):
 * - an id that is added must be of a record of the right type that is there; one that was in the list before may dangle;
 * - the payload stays as stored, and the titles beside it leave out what is deleted or hidden;
 * - merging records rewrites lists, each id once.
 */

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  for (const id of ['avionics', 'thermal', 'power'])
    await ada.entities.create({ type: 'team', id, data: { name: id, university_id: 'uni' } });
  for (const id of ['mia', 'ole', 'ole2'])
    await ada.entities.create({ type: 'student', id, data: { name: id, university_id: 'uni' } });
  await ada.entities.create({ type: 'faculty', id: 'prof', data: { name: 'Prof', university_id: 'uni' } });
  await ada.entities.create({
    type: 'interface',
    id: 'link',
    data: { from: 'avionics', to: 'thermal', bearers: ['mia', 'prof'], documented: 40 },
  });
});

const start = async (): Promise<Client> => (await testWorkspace({ template })).as();
const link = { type: 'interface', id: 'link' } as const;
const read = (client: Client) => client.entities.get(link);
const bear = (client: Client, bearers: string[] | null) =>
  client.entities.update({ ...link, data: { bearers } });

test('titles are in the order of the ids', async () => {
  const { payload, derived } = await read(await start());
  expect(payload.bearers).toEqual(['mia', 'prof']);
  expect(derived.bearers_titles).toEqual(['mia', 'Prof']);
});

test('a deleted record stays in the list and has no title; the list can be changed all the same', async () => {
  const client = await start();
  await client.entities.remove({ type: 'student', id: 'mia' });
  const { payload, derived } = await read(client);
  expect(payload.bearers).toEqual(['mia', 'prof']);
  expect(derived.bearers_titles).toEqual([null, 'Prof']);
  await bear(client, ['mia', 'ole']);
  const other = {
    type: 'interface',
    id: 'other',
    data: { from: 'power', to: 'thermal', bearers: ['mia'] },
  } as const;
  const { data } = await refused('INVALID', client.entities.create({ ...other, data: { ...other.data } }));
  expect(data.issues).toMatchObject([{ path: 'bearers', code: 'dangling', gone: { id: 'mia' } }]);
  await client.entities.restore({ type: 'student', id: 'mia' });
  expect((await read(client)).derived.bearers_titles).toEqual(['mia', 'ole']);
});

test('no list names more records than the limit', async () => {
  const ids = Array.from({ length: maxReferences + 1 }, (_, at) => `x${at}`);
  const { data } = await refused('INVALID', bear(await start(), ids));
  expect(data.issues).toMatchObject([{ path: 'bearers', code: 'too_big' }]);
});

test('merging people rewrites the links that they carry, each id once', async () => {
  const client = await start();
  await bear(client, ['ole', 'mia', 'ole2']);
  await client.entities.create({
    type: 'interface',
    id: 'own',
    data: { from: 'ole2', to: 'power', bearers: ['ole2'] },
  });
  const merged = await resultOf(
    await client.entities.merge({ type: 'student', keep: 'ole', others: ['ole2'] }),
  );
  expect(merged).toMatchObject({
    references: 2,
    links: { moved: 1 },
    updated: { interfaces: 2 },
    problems: [],
  });
  expect((await read(client)).payload.bearers).toEqual(['ole', 'mia']);
  const own: JsonObject = (await client.entities.get({ type: 'interface', id: 'own' })).payload;
  expect(own).toMatchObject({ from: 'ole', to: 'power', bearers: ['ole'] });
});

test('merging teams rewrites the further teams of students, also next to a dangling one', async () => {
  const client = await start();
  const other_team_ids = ['power', 'thermal', 'avionics'];
  await client.entities.update({ type: 'student', id: 'mia', data: { other_team_ids } });
  await client.entities.remove({ type: 'team', id: 'power' });
  await resultOf(await client.entities.merge({ type: 'team', keep: 'avionics', others: ['thermal'] }));
  const { payload, derived } = await client.entities.get({ type: 'student', id: 'mia' });
  expect(payload.other_team_ids).toEqual(['power', 'avionics']);
  expect(derived.other_team_titles).toEqual([null, 'avionics']);
});

test('an erased person stays in lists by the id, and is shown nowhere', async () => {
  const client = await start();
  await resultOf(await client.people.erase({ person: 'mia', mentions: true }));
  const { payload, derived } = await read(client);
  expect(payload.bearers).toEqual(['mia', 'prof']);
  expect(derived.bearers_titles).toEqual([null, 'Prof']);
});

test('a list filters by the names in it, and by being empty', async () => {
  const client = await start();
  for (const [id, bearers] of [
    ['none', null],
    ['empty', []],
    ['ole-s', ['ole']],
  ] as const)
    await client.entities.create({
      type: 'interface',
      id,
      data: { from: 'power', to: 'thermal', ...(bearers ? { bearers: [...bearers] } : {}) },
    });
  const found = async (op: 'contains' | 'empty' | 'not_empty', value?: string, deleted?: 'with') => {
    const filter = { field: 'bearers', op, ...(value === undefined ? {} : { value }) };
    const { rows } = await client.entities.list({
      type: 'interface',
      filters: [filter],
      ...(deleted ? { deleted } : {}),
    });
    return rows.map(({ id }) => id).toSorted();
  };
  for (const deleted of [undefined, 'with'] as const) {
    expect(await found('contains', 'OLE', deleted)).toEqual(['ole-s']);
    expect(await found('contains', 'prof', deleted)).toEqual(['link']);
    expect(await found('empty', undefined, deleted)).toEqual(['empty', 'none']);
    expect(await found('not_empty', undefined, deleted)).toEqual(['link', 'ole-s']);
  }
});

test('a text in the place of a list, as of an older custom field, counts as an empty list', async () => {
  const workspace = await testWorkspace({ template });
  workspace.raw((db) =>
    db.prepare(`UPDATE interfaces SET payload = json_set(payload, '$.bearers', 'mia, [prof]')`).run(),
  );
  const filters = [{ field: 'bearers', op: 'contains', value: 'mia' } as const];
  const empty = [{ field: 'bearers', op: 'empty' } as const];
  for (const deleted of ['without', 'with'] as const) {
    const list = { type: 'interface', deleted } as const;
    expect((await workspace.as().entities.list({ ...list, filters })).rows).toEqual([]);
    expect((await workspace.as().entities.list({ ...list, filters: empty })).rows).toHaveLength(1);
  }
});

test('duplicates count the lists that name them', async () => {
  const client = await start();
  await bear(client, ['ole', 'ole2']);
  await client.entities.update({ type: 'student', id: 'ole2', data: { name: 'ole' } });
  const { pairs } = await client.entities.duplicates({ type: 'student' });
  expect(pairs[0]).toMatchObject({
    one: { dependants: { records: 1 } },
    other: { dependants: { records: 1 } },
  });
});

test('the data about a person includes the links that the person carries', async () => {
  const workspace = await testWorkspace({ template });
  const path = join(workspace.folder, '..', 'person.json');
  const grant = workspace.core.grants.issue(path, 'write');
  await resultOf(await workspace.as().people.exportFile({ person: 'mia', grant }));
  const { places } = JSON.parse(readFileSync(path, 'utf8')) as { places: { links: { id: string }[] }[] };
  expect(places[0]?.links.map(({ id }) => id)).toEqual(['link']);
});

test('undo and redo take a list back and forth', async () => {
  const client = await start();
  await client.entities.create({ type: 'student', id: 'eva', data: { name: 'Eva', university_id: 'uni' } });
  await bear(client, ['eva', 'prof']);
  await client.history.undo({});
  await client.history.undo({});
  expect((await read(client)).payload.bearers).toEqual(['mia', 'prof']);
  await client.history.redo({});
  await client.history.redo({});
  expect((await read(client)).payload.bearers).toEqual(['eva', 'prof']);
});
