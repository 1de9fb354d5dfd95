import { describe, expect, it } from 'vitest';
import type { SheetType } from '#shared/contract/sheets.ts';
import { readCsv } from '#core/import/table/csv.ts';
import { guess, guessName, ownName } from '#core/import/table/guess.ts';
import { asTable, findHeader } from '#core/import/table/table.ts';
import { finish } from '../support.ts';

const table = (text: string, header: number | null = null) => asTable(finish(readCsv(text, ';')), header);

/** What each column becomes, as short words. */
function columns(text: string, type: SheetType): string[] {
  return guess(table(text), '').byType[type].map((target) =>
    target.to === 'field' ? target.field : target.to,
  );
}

describe('the line of the headings', () => {
  it('is the first that has words where the table is', () => {
    expect(table('Name;Size\nA;1').header).toBe(1);
    expect(table('Teams of spring\n\nName;Size;School\nA;1;X\nB;2;Y').header).toBe(3);
    expect(table('A;1\nB;2').header).toBe(0);
    expect(table('Name\nA').header).toBe(1);
    expect(findHeader([])).toBe(0);
  });

  it('may be chosen, and what stands above it is left out', () => {
    const { rows, header, columns: names } = table('x;y\nName;Size\nA;1', 2);
    expect({ header, names, lines: rows.map(({ line }) => line) }).toEqual({
      header: 2,
      names: ['Name', 'Size'],
      lines: [3],
    });
    expect(table('x;y\nA;1', 0)).toMatchObject({ header: 0, columns: ['A', 'B'] });
    expect(table('x;y\nA;1', 0).rows).toHaveLength(2);
  });

  it('names each column once, and those without a heading by their letter', () => {
    expect(table('Name;;Name\nA;1;B;x').columns).toEqual(['Name', 'B', 'Name (2)', 'D']);
  });
});

describe('guessing what columns mean', () => {
  it('knows headings in English', () => {
    expect(columns('Team;Major area;Phase\nA;Elec Eng;Prototype\nB;Aerospace;Testing', 'team')).toEqual([
      'name',
      'discipline',
      'own',
    ]);
    expect(columns('Team;Phase\nA;incoming\nB;Testing', 'team')).toEqual(['name', 'lifecycle']);
    expect(columns('Team name;School;Major;Stage;Members;Room\nA;X;Software;incoming;4;B', 'team')).toEqual([
      'name',
      'university_id',
      'discipline',
      'lifecycle',
      'size',
      'own',
    ]);
    expect(
      columns('Full name;Uni;Team;Graduation;Terms left;Lead;Email\nA;X;T;2027;3;yes;a@b', 'student'),
    ).toEqual(['name', 'university_id', 'team_id', 'graduation_term', 'terms_remaining', 'is_lead', 'own']);
    expect(columns('Source;Target;Strength;Loss %\nA;B;strong;5', 'interface')).toEqual([
      'from',
      'to',
      'bond_type',
      'energy_loss',
    ]);
  });

  it('knows headings in German', () => {
    expect(
      columns('Teamname;Hochschule;Fachrichtung;Größe;Beschreibung\nA;X;Informatik;4;B', 'team'),
    ).toEqual(['name', 'university_id', 'discipline', 'size', 'description']);
    expect(columns('Projekt;Laufzeit;Art\nA;12;research', 'project')).toEqual([
      'name',
      'duration_months',
      'type',
    ]);
  });

  it('looks at the values where the heading says nothing, or something else', () => {
    expect(columns('A;Sub;Count\nRadio;software;x\nPower;ground;y', 'team')).toEqual([
      'name',
      'discipline',
      'own',
    ]);
    expect(columns('Name;Kind\nA;incoming\nB;outgoing', 'team')).toEqual(['name', 'lifecycle']);
  });

  it('gives every field to one column only, the likeliest', () => {
    const guessed = columns('Name;Team name;Team\nA;B;C', 'team');
    expect(guessed.filter((one) => one === 'name')).toHaveLength(1);
    expect(guessed[1]).toBe('name');
  });

  it('takes the name in a list that FRAMES has exported for what is called so, and no word for records of the type', () => {
    const list = 'Name;Discipline;Subsystem;Links\nA;software;B;1';
    expect(columns(list, 'team')).toEqual(['name', 'discipline', 'own', 'ignore']);
    expect(columns('Links;Subsystem\n1;B', 'team')).toEqual(['ignore', 'name']);
    expect(columns('Name;Subsystem\nA;B', 'team')).toEqual(['own', 'name']);
  });

  it('leaves out columns without a value and keeps the others under a name that is free', () => {
    expect(columns('Name;Empty;Note\nA;;x', 'university')).toEqual(['name', 'ignore', 'own']);
    expect(ownName('student', 'status')).toBe('status (column)');
    expect(ownName('team', 'id')).toBe('id (column)');
    expect(ownName('team', 'constructor')).toBe('constructor (column)');
    expect(ownName('team', 'Room')).toBe('Room');
  });

  it.each<[string, SheetType]>([
    ['Team name;School;Major;Members\nA;X;Software;4', 'team'],
    ['Student;Uni;Team;Graduates\nA;X;Power;2027', 'student'],
    ['Project;Duration;Type\nA;12;research', 'project'],
    ['Name;Role;University\nA;PI;X', 'faculty'],
    ['From;To;Bond\nA;B;strong', 'interface'],
    ['University;Lead\nA;yes', 'university'],
    ['Outcome;Cohort;Success\nmission success;2026;yes', 'outcome'],
  ])('sees what the rows of %s are', (text, type) => {
    expect(guess(table(text), '').type).toBe(type);
  });

  it('leaves out what FRAMES keeps by itself, with a word why, where the values are such', () => {
    const becomes = (text: string, type: SheetType) => guess(table(text), '').byType[type];
    const list =
      'Name;Discipline;Links;Created;Changed\nA;ground;3;2026-11-20 11:34:35;2026-11-20\nB;ground;;;\n';
    expect(becomes(list, 'team').slice(2)).toEqual([
      { to: 'ignore', why: 'computed' },
      { to: 'ignore', why: 'times' },
      { to: 'ignore', why: 'times' },
    ]);
    expect(becomes('Name;Angelegt;Geändert\nA;20.11.2026 11:34;20.11.2026\n', 'team').slice(1)).toEqual([
      { to: 'ignore', why: 'times' },
      { to: 'ignore', why: 'times' },
    ]);
    const raw = becomes('name;created_at;links\nA;2026-11-20T10:34:35.123Z;2', 'team');
    expect(raw.slice(1).map(({ to }) => to)).toEqual(['ignore', 'ignore']);
    // The same words above something else.
    expect(columns('Name;Links;Created;Status\nA;see wiki;by Ana;busy', 'student')).toEqual([
      'name',
      'own',
      'own',
      'own',
    ]);
    expect(becomes('Name;Status\nA;outgoing', 'student')[1]).toEqual({ to: 'ignore', why: 'computed' });
    expect(columns('Name;Status\nA;outgoing', 'team')).toEqual(['name', 'lifecycle']);
    expect(columns('Name;Students\nA;4', 'faculty')).toEqual(['name', 'own']);
  });

  it('takes ids beside names for the ids of what these name, and by themselves for the reference', () => {
    const both = 'Name;University (id);University\nA;univ_1;Summit';
    expect(guess(table(both), '').byType.team).toEqual([
      { to: 'field', field: 'name' },
      { to: 'id_of', field: 'university_id' },
      { to: 'field', field: 'university_id' },
    ]);
    expect(columns('Von;Von (ID);Nach;Nach (ID)\nA;a;B;b', 'interface')).toEqual([
      'from',
      'id_of',
      'to',
      'id_of',
    ]);
    expect(columns('Name;University (id)\nA;univ_1', 'team')).toEqual(['name', 'university_id']);
    // A number that somebody else gave.
    expect(columns('Name;Team;Team ID\nA;Radio;17', 'student')).toEqual(['name', 'team_id', 'own']);
    // As the command writes its CSV.
    expect(columns('id;name;team;team_id\ns1;A;Radio;t1', 'student')).toEqual([
      'id',
      'name',
      'team_id',
      'id_of',
    ]);
    expect(columns('id;from_name;from;to_name;to\nl1;Radio;t1;Power;t2', 'interface')).toEqual([
      'id',
      'from',
      'id_of',
      'to',
      'id_of',
    ]);
  });

  it('takes a column that is called as an own field for that field, before all that its heading may mean', () => {
    const own = (type: SheetType) =>
      type === 'team' ? ['Stage', 'Title', 'Key', 'Links', 'A'.repeat(180)] : [];
    const text = `Title;Name;Stage;Key;Links;stage;${'A'.repeat(180)}\nx;y;incoming;1;2;incoming;z`;
    expect(guess(table(text), '', own).byType.team).toEqual([
      { to: 'own', name: 'Title' },
      { to: 'field', field: 'name' },
      { to: 'own', name: 'Stage' },
      { to: 'own', name: 'Key' },
      { to: 'own', name: 'Links' },
      { to: 'field', field: 'lifecycle' },
      { to: 'own', name: 'A'.repeat(180) },
    ]);
    expect(guess(table(text), '').byType.team[2]).toEqual({ to: 'field', field: 'lifecycle' });
  });

  it('tells a field of ours from an own one of the same name by its mark, here and where the own one is not', () => {
    const text = 'Name;Discipline;Discipline (FRAMES field);Links;Links (FRAMES-Feld)\nA;ground;software;2;3';
    const becomes = [
      { to: 'field', field: 'name' },
      { to: 'own', name: 'Discipline' },
      { to: 'field', field: 'discipline' },
      { to: 'own', name: 'Links' },
      { to: 'ignore', why: 'computed' },
    ];
    expect(guess(table(text), '').byType.team).toEqual(becomes);
    expect(guess(table(text), '', () => ['Discipline', 'Links']).byType.team).toEqual(becomes);
  });

  it('takes a column that is called as our lists call a field for that field, although a stray own one is called so', () => {
    const own = () => ['Name', 'University', 'Discipline', 'name (column)'];
    const becomes = (text: string) => guess(table(text), '', own).byType.team;
    expect(becomes('Name;University;Size\nA;Summit;4')).toEqual([
      { to: 'field', field: 'name' },
      { to: 'field', field: 'university_id' },
      { to: 'field', field: 'size' },
    ]);
    expect(becomes('name;university_id\nA;Summit')).toEqual([
      { to: 'field', field: 'name' },
      { to: 'field', field: 'university_id' },
    ]);
    // Another column is called as the field in the other language, or has its values.
    expect(becomes('Name;University;Universität\nA;x;Summit')[1]).toEqual({ to: 'own', name: 'University' });
    expect(becomes('Name;Room;Discipline\nA;software;power').slice(1)).toEqual([
      { to: 'own', name: 'Room' },
      { to: 'field', field: 'discipline' },
    ]);
    // Marked, as an exported list does it.
    expect(becomes('Name;University (own field)\nA;x')[1]).toEqual({ to: 'own', name: 'University' });
    expect(becomes('Name;University (eigenes Feld)\nA;x')[1]).toEqual({ to: 'own', name: 'University' });
    expect(becomes('Name;University;University (FRAMES field)\nA;x;Summit').slice(1)).toEqual([
      { to: 'own', name: 'University' },
      { to: 'field', field: 'university_id' },
    ]);
  });

  it('lets the name of the file or the sheet speak', () => {
    const names = 'Name;University\nA;X';
    expect(guess(table(names), guessName('faculty 2026.csv', '')).type).toBe('faculty');
    expect(guess(table(names), guessName('data.xlsx', 'Students')).type).toBe('student');
    expect(guessName('projects.csv', 'Sheet1')).toBe(' projects');
  });
});
