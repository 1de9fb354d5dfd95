import { describe, expect, it, test } from 'vitest';
import type { ColumnTarget, SheetType } from '#shared/contract/sheets.ts';
import { readCsv } from '#core/import/table/read/csv.ts';
import { customFieldName } from '#core/import/table/columns/custom-headings.ts';
import { guessColumns } from '#core/import/table/columns/guess.ts';
import { typeHintOf } from '#core/import/table/columns/row-types.ts';
import { findHeader } from '#core/import/table/read/find-header.ts';
import { toTable } from '#core/import/table/read/table.ts';
import { runSync } from '#core/kernel/progress.ts';
import { columnLetters } from '#core/model/interchange/headings.ts';

const table = (text: string, header: number | null = null) =>
  toTable(runSync(readCsv(text, { delimiter: ';', linesBefore: 0, rowNames: 'none' })), header);

/** What each column becomes, as short words. */
function columns(text: string, type: SheetType): string[] {
  return guessColumns(table(text), '').byType[type].map((target) =>
    target.to === 'field' ? target.field : target.to,
  );
}

describe('the line of the headings', () => {
  it('is the first with words where the table begins', () => {
    expect(table('Name;Size\nA;1').headerLine).toBe(1);
    expect(table('Teams of spring\n\nName;Size;School\nA;1;X\nB;2;Y').headerLine).toBe(3);
    expect(table('A;1\nB;2').headerLine).toBe(0);
    expect(table('Name\nA').headerLine).toBe(1);
    expect(findHeader([])).toBe(0);
  });

  it('can be chosen, and rows above it are left out', () => {
    const { rows, headerLine: header, columns: names } = table('x;y\nName;Size\nA;1', 2);
    expect({ header, names, lines: rows.map(({ line }) => line) }).toEqual({
      header: 2,
      names: ['Name', 'Size'],
      lines: [3],
    });
    expect(table('x;y\nA;1', 0)).toMatchObject({ headerLine: 0, columns: ['A', 'B'] });
    expect(table('x;y\nA;1', 0).rows).toHaveLength(2);
  });

  it('names each column once, and those without a heading by their letter', () => {
    expect(table('Name;;Name\nA;1;B;x').columns).toEqual(['Name', 'B', 'Name (2)', 'D']);
  });
});

describe('guessing the targets of columns', () => {
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

  it('knows headings with units and owners, in any form', () => {
    expect(columns('von;Uni von;nach;Uni (nach);Bindung;Verlust in %\nA;X;B;Y;stark;3', 'interface')).toEqual(
      ['from', 'university_of', 'to', 'university_of', 'bond_type', 'energy_loss'],
    );
    expect(columns('Quelle;Universität Quelle;Ziel;Ziel-Hochschule\nA;X;B;Y', 'interface')).toEqual([
      'from',
      'university_of',
      'to',
      'university_of',
    ]);
    expect(columns('Name;Semester noch\nAda;3', 'student')).toEqual(['name', 'terms_remaining']);
  });

  it('uses the values if the heading is ambiguous', () => {
    expect(columns('A;Sub;Count\nRadio;software;x\nPower;ground;y', 'team')).toEqual([
      'name',
      'discipline',
      'own',
    ]);
    expect(columns('Name;Kind\nA;incoming\nB;outgoing', 'team')).toEqual(['name', 'lifecycle']);
  });

  it('omits columns without values and keeps the others under a free name', () => {
    expect(columns('Name;Empty;Note\nA;;x', 'university')).toEqual(['name', 'ignore', 'own']);
    expect(customFieldName('student', 'status')).toBe('status (column)');
    expect(customFieldName('team', 'id')).toBe('id (column)');
    expect(customFieldName('team', 'constructor')).toBe('constructor (column)');
    expect(customFieldName('team', 'Room')).toBe('Room');
  });

  it('takes “Name” for the name in a table of several types', () => {
    const mixed = 'Type;Name;Team;Team name\nteam;Optic;;\nstudent;Ada;Optic;';
    expect(columns(mixed, 'team').slice(0, 2)).toEqual(['ignore', 'name']);
    expect(columns(mixed, 'student').slice(0, 3)).toEqual(['ignore', 'name', 'team_id']);
  });

  it.each<[string, SheetType]>([
    ['Team name;School;Major;Members\nA;X;Software;4', 'team'],
    ['Student;Uni;Team;Graduates\nA;X;Power;2027', 'student'],
    ['Project;Duration;Type\nA;12;research', 'project'],
    ['Name;Role;University\nA;PI;X', 'faculty'],
    ['Name;Role;Universität;Uni;School;Hochschule;University\nA;PI;V;W;X;Y;Z', 'faculty'],
    ['From;To;Bond\nA;B;strong', 'interface'],
    ['University;Lead\nA;yes', 'university'],
    ['Outcome;Cohort;Success\nmission success;2026;yes', 'outcome'],
  ])('sees what the rows of %s are', (text, type) => {
    expect(guessColumns(table(text), '').type).toBe(type);
  });

  it('omits FRAMES’ own columns with a reason, if their values fit', () => {
    const becomes = (text: string, type: SheetType) => guessColumns(table(text), '').byType[type];
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

  it('maps a column named like a custom field to it, before other meanings', () => {
    const own = (type: SheetType) =>
      type === 'team' ? ['Stage', 'Title', 'Key', 'Links', 'A'.repeat(180)] : [];
    const text = `Title;Name;Stage;Key;Links;stage;${'A'.repeat(180)}\nx;y;incoming;1;2;incoming;z`;
    expect(guessColumns(table(text), '', own).byType.team).toEqual([
      { to: 'own', name: 'Title' },
      { to: 'field', field: 'name' },
      { to: 'own', name: 'Stage' },
      { to: 'own', name: 'Key' },
      { to: 'own', name: 'Links' },
      { to: 'field', field: 'lifecycle' },
      { to: 'own', name: 'A'.repeat(180) },
    ]);
    expect(guessColumns(table(text), '').byType.team[2]).toEqual({ to: 'field', field: 'lifecycle' });
  });

  it('takes a column of types only for the types that it names, and not before the ends of links', () => {
    const links = 'From;To;Type\nAda;Avionics;member\nNovak;Ada;mentor';
    expect(guessColumns(table(links), '').type).toBe('interface');
    expect(columns(links, 'interface')).toEqual(['from', 'to', 'interface_type']);
    expect(columns(links, 'student')[2]).toBe('ignore');
    expect(guessColumns(table('Name;Type\nAda;student\nNovak;professor\nBen;student'), '').type).toBe(
      'student',
    );
  });

  it('lets the name of the file or the sheet speak', () => {
    const names = 'Name;University\nA;X';
    expect(guessColumns(table(names), typeHintOf('faculty 2026.csv', '')).type).toBe('faculty');
    expect(guessColumns(table(names), typeHintOf('data.xlsx', 'Students')).type).toBe('student');
    expect(typeHintOf('projects.csv', 'Sheet1')).toBe(' projects');
  });
});

test('columns are called as spreadsheets call them', () => {
  const found = [0, 25, 26, 51, 52, 701, 702].map(columnLetters);
  expect(found).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});

describe('columns that a person decided', () => {
  const becomes = (text: string, type: SheetType, chosen: Record<number, ColumnTarget>) =>
    guessColumns(
      table(text),
      '',
      () => [],
      new Map(Object.entries(chosen).map(([at, to]) => [Number(at), to])),
    ).byType[type];

  test('give the others what is left: the second end of a link, the name parts, another field', () => {
    const pairs = 'Eins;Zwei;Grad\nRadio;Power;2\nPower;Optics;3\nOptics;Radio;4';
    expect(becomes(pairs, 'interface', { 1: { to: 'field', field: 'from' } })).toEqual([
      { to: 'field', field: 'to' },
      { to: 'field', field: 'from' },
      { to: 'own', name: 'Grad' },
    ]);
    const people = 'Name;Team\nAda;Radio\nBen;Power';
    expect(
      becomes(people, 'student', { 0: { to: 'own', name: 'Call sign' }, 1: { to: 'field', field: 'name' } }),
    ).toEqual([
      { to: 'own', name: 'Call sign' },
      { to: 'field', field: 'name' },
    ]);
  });

  test('are left alone where rows of the type cannot have them', () => {
    expect(
      becomes('Name;Grad\nRadio;2', 'team', { 1: { to: 'field', field: 'terms_remaining' } })[1],
    ).toEqual({
      to: 'own',
      name: 'Grad',
    });
  });
});
