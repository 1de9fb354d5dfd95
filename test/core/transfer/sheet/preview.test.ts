import { describe, expect, it } from 'vitest';
import { refusedWith, workspaceForEach } from '../workspace.ts';
import { bringText, look, makeIn, told, tryText } from './support.ts';
import type { Made } from './support.ts';

const workspace = workspaceForEach();

const make = (...given: Made): Promise<string> => makeIn(workspace, ...given);

describe('previewing a table', () => {
  it('has counts and the first rows as imported, and writes nothing', async () => {
    const { preview } = await tryText(
      workspace,
      'Team name,School,Members\nRadio,Summit,4\nPower,Summit,5\n',
    );
    expect(preview).toMatchObject({
      rows: 2,
      creates: 2,
      along_count: 1,
      workspace_empty: true,
      forbidden: null,
    });
    expect(preview.along).toEqual([{ type: 'university', title: 'Summit' }]);
    expect(preview.sample[0]).toMatchObject({
      line: 2,
      effect: 'create',
      title: 'Radio',
      payload: { size: 4 },
    });
    expect(Object.values(preview.titles)).toContain('Summit');
    expect(await workspace.client.entities.counts({})).toMatchObject({ teams: 0, universities: 0 });
  });

  it('lists records with universities if several have the name', async () => {
    const teams = 'Team name,School\nRadio,Summit\nRadio,Valley\nPower,Summit\n';
    await bringText(workspace, teams);
    const links = 'From,From university,To,Bond\nRadio,Valley,Power,strong\n';
    const { preview } = await tryText(workspace, links, { type: 'interface' });
    expect(Object.values(preview.titles).toSorted()).toEqual(['Power', 'Radio (Valley)']);
  });

  it('lists every problem with lines, value and effect, most serious first', async () => {
    const table = [
      'Team name,Major,Members,Experience',
      'Radio,Elec Eng,a few,2 years',
      'Power,Elec Eng,3,5',
      ',software,4,1',
      'Power,software,#REF!,1',
    ].join('\n');
    const { preview } = await tryText(workspace, table);
    expect(told(preview)).toEqual([
      'name_missing | software · 4 · 1 | 4 | skipped',
      'not_a_number | a few | 2 | empty',
      'cell_error | #REF! | 5 | empty',
      'repeated | Power | 5 | kept',
      'unknown_choice | Elec Eng | 2,3 | kept',
      'converted | 2 years | 2 | converted',
    ]);
    expect(preview.problems[4]?.suggestions[0]).toEqual({ value: 'electrical', label: 'electrical' });
    expect(preview.sample.map(({ flagged }) => flagged.join())).toEqual([
      'discipline,size',
      'discipline',
      '',
      'size',
    ]);
  });

  it('is mended by one cell, by a value wherever it is, and by leaving rows out', async () => {
    const table = 'Team name,Major,Members\nRadio,Elec Eng,a few\nPower,Elec Eng,3\n,software,4\n';
    const { preview } = await tryText(workspace, table, {
      values: [{ column: 1, value: 'Elec Eng', becomes: 'electrical' }],
      cells: [{ line: 2, column: 2, value: '4' }],
      skip: [4],
    });
    expect(told(preview)).toEqual([]);
    expect(preview).toMatchObject({ creates: 2, skipped: 1 });
    expect(preview.sample[0]?.payload).toMatchObject({ discipline: 'electrical', size: 4 });
    const emptied = await tryText(workspace, table, { values: [{ column: 2, value: 'a few', becomes: '' }] });
    expect(told(emptied.preview).join()).not.toContain('not_a_number');
  });

  it('refuses a contradicting mapping without asking core', async () => {
    const twice = {
      columns: [
        { to: 'field', field: 'name' },
        { to: 'field', field: 'name' },
      ],
    } as const;
    const error = await refusedWith(
      tryText(workspace, 'A,B\nx,y', { type: 'team', columns: [...twice.columns] }),
    );
    expect(error).toMatchObject({ code: 'INVALID' });
    for (const target of [
      { to: 'field', field: 'role' },
      { to: 'id_of', field: 'name' },
    ] as const) {
      const strange = tryText(workspace, 'A\nx', { type: 'team', columns: [target] });
      expect(await refusedWith(strange)).toMatchObject({ code: 'INVALID' });
    }
  });

  it('names the rule that forbids an import', async () => {
    await workspace.client.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    const client = workspace.core.client(workspace.core.session('Vera'));
    const { preview } = await tryText({ client }, 'Team name,Members\nRadio,4\n');
    expect(preview.forbidden).toBe('viewers_read_only');
  });
});

describe('names of other records', () => {
  it('are found without case and accents, by id, and with the university behind them', async () => {
    const summit = await make('university', { name: 'Summit' });
    const coast = await make('university', { name: 'Übersee' });
    const first = await make('team', { name: 'Radio', university_id: summit });
    const second = await make('team', { name: 'Radio', university_id: coast });
    const table = `Student,Uni,Team\nA,SUMMIT,radio\nB,ubersee,Radio\nC,,Radio (Übersee)\nD,${summit},${first}\nE,,Radio\n`;
    const { preview } = await tryText(workspace, table);
    expect(preview.sample.map(({ payload }) => payload.team_id)).toEqual([
      first,
      second,
      second,
      first,
      undefined,
    ]);
    expect(told(preview)).toEqual(['reference_ambiguous | Radio | 6 | empty']);
    expect(preview.problems[0]?.suggestions.map(({ label }) => label)).toEqual([
      'Radio (Summit)',
      'Radio (Übersee)',
    ]);
  });
});

describe('rows that are here already', () => {
  it('match by id, or by name and university, and ask if there is only a name', async () => {
    const summit = await make('university', { name: 'Summit' });
    const radio = await make('team', { name: 'Radio', university_id: summit, discipline: 'ground' });
    await make('team', { name: 'Radio' });
    const table = 'Team name,School,Major\nRadio,Summit,software\n';
    const { preview } = await tryText(workspace, table);
    expect(preview).toMatchObject({ creates: 0, matched: { by_id: 0, by_name: 1, undecided: 1 } });
    expect(preview.sample[0]?.effect).toBe('undecided');
    const updated = (await tryText(workspace, table, { matching: 'update' })).preview;
    expect(updated).toMatchObject({ updates: 1, matched: { undecided: 0 } });
    expect(updated.changed[0]).toMatchObject({
      id: radio,
      before: { discipline: 'ground' },
      after: { discipline: 'software' },
    });
    const byId = (await tryText(workspace, `Id,Team name,Major\n${radio},Radio 2,software\n`)).preview;
    expect(byId).toMatchObject({ updates: 1, matched: { by_id: 1, undecided: 0 } });
  });

  it('list the changed fields with their number of records', async () => {
    await workspace.client.entities.create({ type: 'team', data: { name: 'Radio', size: 3, Stage: 'Test' } });
    await workspace.client.entities.create({
      type: 'team',
      data: { name: 'Power', size: 4, Stage: 'Build' },
    });
    const table = 'Team name,Members,Stage\nRadio,5,Build\nPower,6,Build\n';
    const { preview } = await tryText(workspace, table, { matching: 'update' });
    expect(preview.changed_fields).toEqual([
      { field: 'size', count: 2 },
      { field: 'Stage', count: 1 },
    ]);
  });

  it('stay unmatched if ambiguous, if the id has another type, or if repeated', async () => {
    const university = await make('university', { name: 'Summit' });
    const radio = await make('team', { name: 'Radio' });
    await make('team', { name: 'Radio' });
    const ambiguous = await tryText(workspace, 'Team name,Members\nRadio,3\n', { matching: 'update' });
    expect(told(ambiguous.preview)).toEqual(['match_ambiguous | Radio | 2 | skipped']);
    const table = `Id,Team name\n${university},A\n${radio},B\n${radio},C\nnew,D\nnew,E\n`;
    const { preview } = await tryText(workspace, table);
    expect(told(preview)).toEqual([
      `id_taken | ${university} | 2 | skipped`,
      `repeated | ${radio} | 4 | skipped`,
      'repeated | new | 6 | skipped',
    ]);
    expect(preview).toMatchObject({ creates: 1, updates: 1, skipped: 3 });
  });
});

describe('the content of a file', () => {
  it('has headings, samples and general problems', async () => {
    const view = await look(
      workspace,
      'Spring\n\nTeam name;Size\nRadio;3\nPower;3;x\nGround;4\n',
      'teams.csv',
    );
    expect(view).toMatchObject({ header: 3, rows: 3, delimiter: ';', format: 'csv', type: 'team' });
    expect(view.columns.map(({ name, samples, filled }) => [name, samples, filled])).toEqual([
      ['Team name', ['Radio', 'Power', 'Ground'], 3],
      ['Size', ['3', '4'], 3],
      ['C', ['x'], 1],
    ]);
    expect(view.notices).toContainEqual({ code: 'long_rows', count: 1, where: { line: 5 }, params: {} });
    expect(view.top[0]).toEqual({ line: 1, cells: ['Spring'] });
  });

  it('keeps custom columns under any name', async () => {
    await bringText(workspace, 'Team name;__proto__;constructor;status;Room\nRadio;1;2;3;B\n');
    const [row] = (await workspace.client.entities.list({ type: 'team' })).rows;
    expect(Object.entries(row?.payload ?? {})).toEqual(
      expect.arrayContaining([
        ['__proto__ (column)', 1],
        ['constructor (column)', 2],
        ['Room', 'B'],
      ]),
    );
  });
});

describe('a long table', () => {
  it('is planned and imported with a problem in every row, of which the first are listed', async () => {
    const rows = Array.from(
      { length: 1000 },
      (_, row) => `Team ${row},Uni ${row % 50},Odd ${row},${row % 2 === 0 ? 5 : `bad ${row}`}`,
    );
    const table = ['Team name,School,Major,Members', ...rows].join('\n');
    const { preview } = await tryText(workspace, table);
    expect(preview).toMatchObject({ creates: 1000, along_count: 50, problem_count: 1550 });
    expect(preview.problems).toHaveLength(300);
    expect((await bringText(workspace, table)).created).toMatchObject({ teams: 1000, universities: 50 });
  });
});

describe('ids next to names', () => {
  const columns = 'Id,Name,University,University (id)';

  it('decide if the record exists, and otherwise become the ids of new records', async () => {
    const table = `${columns}\nteam_a,A,Summit,univ_1\nteam_b,B,Summit,univ_2\nteam_c,C,Coast,17\nteam_d,D,,univ_1\n`;
    const result = await bringText(workspace, table, { type: 'team' });
    expect(result.created).toMatchObject({ teams: 4, universities: 3 });
    const { rows } = await workspace.client.entities.list({ type: 'team' });
    const of = (id: string) => rows.find((row) => row.id === id)?.university_id;
    expect([of('team_a'), of('team_b'), of('team_d')]).toEqual(['univ_1', 'univ_2', 'univ_1']);
    // An id of another program names nothing here, and is not taken for one of ours.
    expect(of('team_c')).toMatch(/^univ_.{30}/);
    await workspace.client.entities.update({
      type: 'university',
      id: 'univ_2',
      data: { name: 'Summit South' },
    });
    const again = await tryText(workspace, table, { type: 'team' });
    expect(again.preview).toMatchObject({ updates: 0, unchanged: 4, along_count: 0, problem_count: 0 });
  });

  it('of a deleted record make one record, however many rows have them', async () => {
    const gone = await make('university', { name: 'Summit' });
    await workspace.client.entities.remove({ type: 'university', id: gone });
    const rows = ['A', 'B', 'C'].map((name) => `${name},Summit,${gone}`);
    const { preview } = await tryText(workspace, ['Name,University,University (id)', ...rows].join('\n'));
    expect(preview.along).toEqual([{ type: 'university', title: 'Summit' }]);
    expect(Object.keys(preview.titles)).not.toContain(gone);
  });

  it('are no names: no record is created from an id', async () => {
    const id = 'univ_0192f3a4-5b6c-7d8e-9f01-23456789abcd';
    const { preview } = await tryText(workspace, `Name,university_id\nA,${id}\n`, { type: 'team' });
    expect(told(preview)).toEqual([`reference_missing | ${id} | 2 | empty`]);
    expect(preview.along_count).toBe(0);
    const named = `${columns}\n,A,Summit,${id}\n,B,,${id}\n`;
    const both = (await tryText(workspace, named, { type: 'team' })).preview;
    expect(both.sample.map(({ payload }) => payload.university_id)).toEqual([id, id]);
    expect(both.along_count).toBe(1);
  });

  it('are used as the reference without names', async () => {
    const summit = await make('university', { name: 'Summit' });
    const { preview } = await tryText(workspace, `Name,University (id)\nA,${summit}\nB,univ_none\n`, {
      type: 'team',
    });
    expect(preview.sample.map(({ payload }) => payload.university_id)).toEqual([summit, null]);
    expect(told(preview)).toEqual(['reference_missing | univ_none | 3 | empty']);
  });
});
