import { describe, expect, it } from 'vitest';
import { typesByTitle } from '#shared/contract/sheets.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { drain, workspaceForEach } from '../workspace.ts';
import { bringText, guessed, look, tryText } from './support.ts';

const workspace = workspaceForEach();

const namesOf = async (type: EntityType): Promise<string[]> =>
  (await workspace.client.entities.list({ type, limit: 100 })).rows.map(({ title }) => title).toSorted();

const chain = [
  'gives;gets;slip;% on paper',
  '== inside the team ==;;;',
  'Optics;Thermal;0,35;80',
  'Thermal;Power;0,4;55',
  'average;;0,38;68',
  'gives;gets;slip;% on paper',
  'Kestrel Optronics BV;Optics;0,7;20',
  'prof. Mirthe Oosterlaken;Ada Novak;0,3;15',
  'Ada Novak;Optics;0,65;5',
  'overall;;0,48;35',
].join('\n');

describe('a table of links with names that no record has', () => {
  it('creates each end as its name tells, and no end of a row that is left out', async () => {
    await bringText(workspace, chain, { type: 'interface', missing_ends: 'by_name' });
    expect(await namesOf('team')).toEqual(['Optics', 'Power', 'Thermal']);
    expect(await namesOf('organisation')).toEqual(['Kestrel Optronics BV']);
    expect(await namesOf('faculty')).toEqual(['prof. Mirthe Oosterlaken']);
    expect(await namesOf('student')).toEqual(['Ada Novak']);
    expect(await namesOf('interface')).toHaveLength(5);
  });

  it('lists the new records with their types, and takes another type for one', async () => {
    const choices = {
      type: 'interface',
      missing_ends: 'by_name',
      end_types: { Power: 'organisation' },
    } as const;
    const { preview } = await tryText(workspace, chain, choices);
    const created = preview.problems.flatMap(({ code, value, becomes }) =>
      code === 'reference_created' ? [[value, becomes]] : [],
    );
    expect(Object.fromEntries(created)).toEqual({
      Optics: 'team',
      Thermal: 'team',
      Power: 'organisation',
      'Kestrel Optronics BV': 'organisation',
      'prof. Mirthe Oosterlaken': 'faculty',
      'Ada Novak': 'student',
    });
  });

  it('creates none unless a person says so', async () => {
    const { preview } = await tryText(workspace, chain, { type: 'interface' });
    expect(preview).toMatchObject({ creates: 0, blocked: { reason: 'missing' } });
  });
});

const roster = [
  'Crew;Subsys;Out',
  'Adeyemi, Tolu;PWR;2026',
  'Adeyemi, Temi;PWR;2028',
  'Whitcombe, Hollis;TCS;2029',
  'Nakagawa, Ren;OPT;2027',
  'Prof. Ellery Stanhope;OPT;',
].join('\n');

describe('a list of students with a professor', () => {
  it('says so, and makes the professor faculty on request', async () => {
    const source = { text: roster, name: 'crew.csv' };
    const view = await look(workspace, roster);
    expect(view.titled).toEqual({ count: 1, example: 'Prof. Ellery Stanhope' });
    const layout = { sheet: null, header: null, type_column: typesByTitle };
    const { result: byTitle } = await drain(await workspace.client.transfer.readSheet({ source, layout }));
    expect(byTitle).toMatchObject({ row_types: ['student', 'faculty'], type_column: null });
    const partOf = (type: 'student' | 'faculty', other: 'student' | 'faculty') => ({
      layout,
      choices: { ...guessed(byTitle, { type }), elsewhere: [other] },
    });
    await drain(
      await workspace.client.transfer.importSheet({
        source,
        ...partOf('student', 'faculty'),
        others: [partOf('faculty', 'student')],
      }),
    );
    expect(await namesOf('faculty')).toEqual(['Prof. Ellery Stanhope']);
    expect(await namesOf('student')).toHaveLength(4);
  });

  it('asks nothing where all have titles', async () => {
    const view = await look(workspace, 'Name;Role\nProf. Ada Lund;PI\nDr. Bo Ek;staff\nProf. Cy Dahl;PI');
    expect(view.titled).toBeNull();
  });
});

describe('a second line of headings', () => {
  it('is no record', async () => {
    const text = [
      'user-id;last-name;first-name;e-mail;hireDate;fte',
      'User ID;Last Name;First Name;Business E-Mail;Hire Date;FTE',
      '100231;Lund;Ada;a@x.example;01/02/2009;1.0',
      '100232;Ek;Bo;b@x.example;15/08/2014;0.5',
      '100233;Dahl;Cy;c@x.example;01/03/2024;1.0',
    ].join('\n');
    await bringText(workspace, text, { type: 'student' });
    expect(await namesOf('student')).toEqual(['Ada Lund', 'Bo Ek', 'Cy Dahl']);
  });
});

describe('a share column of marks', () => {
  const text = [
    'From;To;Loss;Documented',
    'Optics;Radio;0,2;3/5',
    'Radio;Power;0,5;5/5',
    'Power;Optics;0,1;4',
    'Optics;Power;0,3;40 %',
  ].join('\n');

  it('is read as shares, and a number among the marks is no per cent', async () => {
    const { preview } = await tryText(workspace, text, { type: 'interface', missing_ends: 'team' });
    const said = preview.problems.filter(({ field }) => field === 'documented');
    expect(said.map(({ code, value }) => [code, value])).toEqual(
      expect.arrayContaining([
        ['converted', '3/5'],
        ['not_a_number', '4'],
      ]),
    );
    await bringText(workspace, text, { type: 'interface', missing_ends: 'team' });
    const { rows } = await workspace.client.entities.list({ type: 'interface', limit: 10 });
    const shares = rows.map(({ payload }) => [payload.energy_loss, payload.documented ?? null]);
    expect(shares).toEqual(
      expect.arrayContaining([
        [20, 60],
        [50, 100],
        [10, null],
        [30, 40],
      ]),
    );
  });
});

it('a row that is only a person has the kind that a column of roles tells', async () => {
  const text = [
    'Name;Type;Role',
    'Ada Novak;person;PhD candidate',
    'Jonas Weber;person;Associate professor (adviser)',
    'Mira Holt;person;treasurer',
    'Optics;team;',
  ].join('\n');
  const view = await look(workspace, text);
  expect(view.row_types).toEqual(['student', 'faculty', 'team']);
});

describe('a table without universities', () => {
  it('belongs to the university that a person names, which is created once and then found', async () => {
    const choices = { type: 'student', new_university: 'Politechnika Zalewska' } as const;
    await bringText(workspace, 'Name;Team\nAda Novak;Power\nBen Holt;Optics\n', choices);
    await bringText(workspace, 'Name;Team\nCara Quinn;Power\n', choices);
    expect(await namesOf('university')).toEqual(['Politechnika Zalewska']);
    const { rows } = await workspace.client.entities.list({ type: 'university' });
    const people = await workspace.client.entities.list({ type: 'student' });
    expect(people.rows.map(({ payload }) => payload.university_id)).toEqual(
      Array.from({ length: 3 }, () => rows[0]?.id),
    );
    expect(await namesOf('team')).toEqual(['Optics', 'Power']);
  });
});

describe('a column of roles', () => {
  const rows = [
    'Hillegonda van der Zwaluwe;Hoogleraar 1;Satelliettechniek',
    'Pelle Achterkamp;Promovendus;Satelliettechniek',
    'Arie Moerkapelle;Technicus;Werkplaats',
    'Niels Vossegat;Technicus;Werkplaats',
    'Marijke Zonderwijk;Secretaresse;Werkplaats',
    'Bram van den Oeverlaan;Student-assistent;Satelliettechniek',
  ];

  it('that names students and faculty in too few rows is a question, which it can answer', async () => {
    const text = ['Naam;Functie;Afdeling', ...rows].join('\n');
    const { doubts, row_types } = await look(workspace, text, 'lijst.csv');
    expect(row_types).toEqual([]);
    expect(doubts).toMatchObject({ types: ['student', 'faculty'], type_column: 1 });
  });

  it('gives the rows of an unknown word the type that a person says, or leaves them out', async () => {
    const text = ['Naam;Functie;Afdeling', ...rows].join('\n');
    const source = { text, name: 'lijst.csv' };
    const word_types = { Technicus: 'ignore', Secretaresse: 'student' } as const;
    const layout = { sheet: null, header: null, type_column: 1, word_types };
    const { result: view } = await drain(await workspace.client.transfer.readSheet({ source, layout }));
    const partOf = (type: 'student' | 'faculty', elsewhere: 'student' | 'faculty') => ({
      layout,
      choices: { ...guessed(view, { type }), elsewhere: [elsewhere] },
    });
    const request = { source, ...partOf('student', 'faculty'), others: [partOf('faculty', 'student')] };
    const { result } = await drain(await workspace.client.transfer.importSheet(request));
    expect(result.skipped).toBe(2);
    expect(await namesOf('faculty')).toEqual(['Hillegonda van der Zwaluwe']);
    expect(await namesOf('student')).toEqual([
      'Bram van den Oeverlaan',
      'Marijke Zonderwijk',
      'Pelle Achterkamp',
    ]);
  });
});
