import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { bringText, look, tryText } from './sheet/support.ts';
import { payloadOf, plan, told } from './support.ts';
import { drain, workspaceForEach } from './workspace.ts';

/*
 * Lists of references in files: tables with several names in a cell, JSON with lists of ids, exported lists. What leads nowhere is left out of
 * the list and kept under `imported_values`.
 */

const workspace = workspaceForEach();
beforeEach(async () => {
  const { client } = workspace;
  await client.entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  for (const [id, name] of [
    ['avionics', 'Avionics'],
    ['thermal', 'Thermal'],
    ['power', 'Power; Harness'],
  ] as const)
    await client.entities.create({ type: 'team', id, data: { name, university_id: 'uni' } });
  for (const [id, name] of [
    ['mia', 'Mia Holm'],
    ['ole', 'Ole Berg'],
  ] as const)
    await client.entities.create({ type: 'student', id, data: { name, university_id: 'uni' } });
});

const linksOf = async () => (await workspace.client.entities.list({ type: 'interface' })).rows;

describe('a table', () => {
  it.each([
    ['semicolons', 'Mia Holm; Ole Berg', ['mia', 'ole']],
    ['line breaks', '"Ole Berg\nMia Holm"', ['ole', 'mia']],
    ['commas between known names', '"Mia Holm, Ole Berg"', ['mia', 'ole']],
    ['a name with a comma', '"Holm, Mia"', ['mia']],
    ['an id', 'mia', ['mia']],
    ['the stored list', '"[""mia"",""ole""]"', ['mia', 'ole']],
    ['a name twice', 'Mia Holm; Mia Holm', ['mia']],
  ])('has several names in a cell: %s', async (_, cell, ids) => {
    await bringText(workspace, `From,To,Bearers\nAvionics,Thermal,${cell}\n`, { type: 'interface' });
    expect((await linksOf()).map(({ payload }) => payload.bearers)).toEqual([ids]);
  });

  it.each([
    'Carried by,Knowledge lost (%)',
    'Bearers,Energy lost (%)',
    'Getragen von,Wissensverlust (%)',
    'Getragen von,Energieverlust (%)',
  ])('reads the numbers of a link under its present and earlier headings: %s', async (headings) => {
    const text = `From,To,${headings}\nAvionics,Thermal,Mia Holm,22\n`;
    await bringText(workspace, text, { type: 'interface' });
    expect((await linksOf()).map(({ payload }) => payload)).toMatchObject([
      { bearers: ['mia'], energy_loss: 22 },
    ]);
  });

  it.each([
    'Description',
    'About',
    'Topic',
    'What is passed on',
    'Beschreibung',
    'Thema',
    'Worum es geht',
    'Was weitergegeben wird',
  ])('reads what a link is about under the heading %s', async (heading) => {
    const text = `From,To,${heading}\nAvionics,Thermal,Telemetry formats\n`;
    await bringText(workspace, text, { type: 'interface' });
    expect((await linksOf()).map(({ payload }) => payload)).toMatchObject([
      { description: 'Telemetry formats' },
    ]);
  });

  it('keeps unknown names, and reports them', async () => {
    const text =
      'From,To,Getragen von,Dokumentiert %,Wichtigkeit\nAvionics,Thermal,Mia Holm; Nobody,40,hoch\n';
    const { preview } = await tryText(workspace, text, { type: 'interface' });
    expect(preview.problems).toContainEqual(
      expect.objectContaining({ code: 'reference_missing', value: 'Nobody', field: 'bearers' }),
    );
    await bringText(workspace, text, { type: 'interface' });
    expect((await linksOf())[0]?.payload).toMatchObject({
      bearers: ['mia'],
      documented: 40,
      importance: 'high',
      imported_values: { 'Getragen von': 'Nobody' },
    });
  });

  it('lets a person choose who is meant', async () => {
    const text = 'From,To,Bearers\nAvionics,Thermal,Mia Holm; Olle\n';
    const rule = { column: 2, value: 'Olle', becomes: 'ole' };
    const { preview } = await tryText(workspace, text, { type: 'interface', values: [rule] });
    expect(preview.problems).toEqual([]);
    await bringText(workspace, text, { type: 'interface', values: [rule] });
    expect((await linksOf())[0]?.payload.bearers).toEqual(['mia', 'ole']);
  });

  describe('of a link that is here', () => {
    beforeEach(async () => {
      const data = { from: 'avionics', to: 'thermal', bearers: ['mia', 'ole'] };
      await workspace.client.entities.create({ type: 'interface', id: 'link', data });
    });
    const update = (cell: string) =>
      bringText(workspace, `id,From,To,Bearers\nlink,Avionics,Thermal,${cell}\n`, { type: 'interface' });
    const stored = async () =>
      (await workspace.client.entities.get({ type: 'interface', id: 'link' })).payload;

    it('leaves the list alone if no name of a cell is known', async () => {
      await update('Nobody; No one');
      expect(await stored()).toMatchObject({
        bearers: ['mia', 'ole'],
        imported_values: { Bearers: 'Nobody; No one' },
      });
    });

    it('keeps deleted and hidden people in a list, which tables do not show', async () => {
      const { client } = workspace;
      await client.entities.create({ type: 'university', id: 'south', data: { name: 'South' } });
      await client.entities.create({
        type: 'student',
        id: 'eva',
        data: { name: 'Eva', university_id: 'south' },
      });
      const data = { bearers: ['mia', 'eva', 'ole'] };
      await client.entities.update({ type: 'interface', id: 'link', data });
      await client.entities.remove({ type: 'student', id: 'mia' });
      await client.entities.remove({ type: 'university', id: 'south', with_contents: true });
      await update('Ole Berg');
      expect((await stored()).bearers).toEqual(['ole', 'mia', 'eva']);
    });

    it('sets surplus names of a long list aside, and reports them', async () => {
      const { client } = workspace;
      const names = Array.from({ length: 102 }, (_, at) => `Person ${String(at)}`);
      const data = names.map((name) => ({ name, university_id: 'uni' }));
      await client.entities.applyChanges({
        changes: data.map((one, at) => ({ kind: 'create', type: 'student', id: `p${at}`, data: one })),
      });
      const text = `id,From,To,Bearers\nlink,Avionics,Thermal,"${names.join('\n')}\nPerson 0"\n`;
      const { preview } = await tryText(workspace, text, { type: 'interface' });
      expect(preview.problems).toMatchObject([
        { code: 'out_of_range', value: 'Person 100', field: 'bearers', action: 'empty' },
        { code: 'out_of_range', value: 'Person 101', field: 'bearers', action: 'empty' },
      ]);
      await bringText(workspace, text, { type: 'interface' });
      const { bearers, imported_values } = await stored();
      expect(bearers).toHaveLength(100);
      expect(imported_values).toEqual({ Bearers: 'Person 100; Person 101' });
    });
  });

  it('restores a record with further teams from the same table', async () => {
    await workspace.client.entities.remove({ type: 'student', id: 'mia' });
    const text = 'id,Name,University,Other teams\nmia,Mia Holm,Summit,Optics; Thermal\n';
    await bringText(workspace, text, { type: 'student' });
    const { derived } = await workspace.client.entities.get({ type: 'student', id: 'mia' });
    expect(derived.other_team_titles).toEqual(['Optics', 'Thermal']);
  });

  it('makes further teams that are not here', async () => {
    const { guesses } = await look(workspace, 'Name,University,Other teams\nEva,Summit,Optics; Thermal\n');
    expect(guesses.student?.[2]).toEqual({ to: 'field', field: 'other_team_ids' });
    await bringText(workspace, 'Name,University,Other teams\nEva,Summit,Optics; Thermal\n', {
      type: 'student',
    });
    const { rows } = await workspace.client.entities.list({ type: 'student', search: 'Eva' });
    expect(rows[0]?.derived.other_team_titles).toEqual(['Optics', 'Thermal']);
  });
});

it('an exported list has the names of those that are there, and is read back', async () => {
  const { client } = workspace;
  const data = { other_team_ids: ['power', 'thermal', 'avionics'] };
  await client.entities.update({ type: 'student', id: 'mia', data });
  await client.entities.remove({ type: 'team', id: 'avionics' });
  const path = workspace.path('students.csv');
  const grant = workspace.core.grants.issue(path, 'write');
  const columns = ['id', 'name', 'other_team_ids'].map((key) => ({ key, label: key }));
  await drain(await client.transfer.exportList({ type: 'student', format: 'csv', columns, grant }));
  const text = readFileSync(path, 'utf8').slice(1);
  expect(text).toContain('"""Power; Harness""; Thermal"');
  await client.entities.update({ type: 'student', id: 'mia', data: { other_team_ids: null } });
  await bringText(workspace, text, { type: 'student' });
  const { payload } = await client.entities.get({ type: 'student', id: 'mia' });
  expect(payload.other_team_ids).toEqual(['power', 'thermal']);
});

it('an export of all records leaves out deleted ones', async () => {
  const { client } = workspace;
  await client.entities.update({
    type: 'student',
    id: 'mia',
    data: { other_team_ids: ['thermal', 'power'] },
  });
  await client.entities.remove({ type: 'team', id: 'power' });
  const path = workspace.path('all.json');
  const grant = workspace.core.grants.issue(path, 'write');
  await drain(await client.transfer.exportFile({ grant }));
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    students: { id: string; other_team_ids?: string[] }[];
  };
  expect(file.students.find(({ id }) => id === 'mia')?.other_team_ids).toEqual(['thermal']);
});

describe('JSON', () => {
  const teams = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ];
  const students = [{ id: 's', name: 'S' }];
  const read = (other_team_ids: unknown) =>
    plan({ teams, students: [{ ...students[0], other_team_ids }] } as never);

  it.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    ['a; b', ['a', 'b']],
    ['b', ['b']],
    [null, null],
  ])('%j is read as %j', (given, ids) => {
    const prepared = read(given);
    expect(payloadOf(prepared, 's')).toMatchObject({ other_team_ids: ids });
    expect(told(prepared)).toEqual([]);
  });

  it('keeps ids of missing records and of other types', () => {
    const prepared = read(['a', 'nowhere', 's']);
    expect(payloadOf(prepared, 's')).toMatchObject({
      other_team_ids: ['a'],
      imported_values: { other_team_ids: ['nowhere', 's'] },
    });
    expect(told(prepared)).toEqual([
      { path: '$.students[0].other_team_ids', code: 'dangling_reference', action: 'cleared' },
    ]);
  });

  it('sets other values than lists aside', () => {
    expect(payloadOf(read({ a: 1 }), 's')).toMatchObject({ imported_values: { other_team_ids: { a: 1 } } });
  });
});
