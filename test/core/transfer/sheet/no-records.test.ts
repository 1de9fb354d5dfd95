import { describe, expect, it, test } from 'vitest';
import { isNobody, isOpenDay } from '#shared/domain/placeholders.ts';
import { workspaceForEach } from '../workspace.ts';
import { look, told, tryText } from './support.ts';

const workspace = workspaceForEach();

test.each([
  '(wakat – szukamy kogoś do sponsorów)',
  'wakat',
  'Vacature per 1 maart',
  'vacant',
  'À pourvoir',
  'unbesetzt (ab Mai)',
  'open position',
  'TBD',
  'TBA – interviews in May',
  'N.N.',
  'NN 2',
  '[to be hired]',
  'Neobsazeno',
  'вакансия',
  'da definire',
  'por cubrir',
])('%s is nobody', (text) => {
  expect(isNobody(text)).toBe(true);
});

test.each([
  'Ida Falk (she/her)',
  'N. N. Rao',
  'Vacantini Ida',
  'Open Ida',
  '(Ida) Falk',
  'Nina',
  'Tba Roy'.slice(4),
])('%s can be a name', (text) => {
  expect(isNobody(text)).toBe(false);
});

test.each([
  ['31.12.9999', true],
  ['9999-12-31', true],
  ['12/31/9999', true],
  ['9999-12-31T00:00:00', true],
  ['01.01.1900', true],
  ['1/1/1900', true],
  ['00.00.0000', true],
  ['0000-00-00', true],
  ['31.12.2025', false],
  ['02.01.1900', false],
  ['01.01.2000', false],
])('%s stands for no day: %s', (text, isOpen) => {
  expect(isOpenDay(text)).toBe(isOpen);
});

describe('rows that are nobody', () => {
  it('are left out with the row as the reason', async () => {
    const text = 'Name;Team\nIda Falk;Optics\n(wakat – szukamy);Optics\nVacature;Power\nJon Rask;Power';
    const { preview } = await tryText(workspace, text, { type: 'student' });
    expect(preview).toMatchObject({ creates: 2, skipped: 2 });
    expect(
      preview.problems.filter(({ action }) => action === 'skipped').map(({ code, lines }) => [code, lines]),
    ).toEqual([
      ['name_missing', [3]],
      ['name_missing', [4]],
    ]);
  });
});

const footer = (...cells: string[]): string =>
  [
    'Name;Team;Mail',
    'Ida Falk;Optics;i@x.example',
    'Jon Rask;Power;j@x.example',
    'Mona Roy;Power;m@x.example',
    cells.join(';'),
  ].join('\n');

describe('a last row that begins with a word of totals', () => {
  it.each([
    ['Razem studentów: 42 (+ 3 kadra)', '', ''],
    ['Totaal 3 leden', '', ''],
    ['Celkem členů: 3', '', ''],
    ['Total étudiants', '', ''],
    ['Összesen 3 fő', '', ''],
    ['Liczba osób: 3', '', ''],
    ['Gesamt: 3', '2', ''],
  ])('is left out: %s', async (...cells) => {
    const { preview } = await tryText(workspace, footer(...cells), { type: 'student' });
    expect(preview).toMatchObject({ creates: 3, skipped: 1 });
    expect(told(preview)).toContainEqual(`total_row | ${cells[0]} | 5 | skipped`);
  });

  it.each([
    ['Media Lab', '', ''],
    ['Total Recall', 'Power', ''],
  ])('is a question with less evidence: %s', async (...cells) => {
    const { preview } = await tryText(workspace, footer(...cells), { type: 'student' });
    expect(told(preview)).toContainEqual(`total_row | ${cells[0]} | 5 | kept`);
  });

  it('is left out if a program marked it with asterisks', async () => {
    const text = ' ;Roepnaam;Achternaam;FTE\n;Ida;Falk;1\n;Jon;Rask;0,5\n*;;;1,5';
    const { preview } = await tryText(workspace, text, { type: 'student' });
    expect(told(preview)).toContainEqual('total_row | * | 4 | skipped');
  });
});

/** Rows of people with one more row, and a single row of another list below. */
const members = [
  'Ssz.;Név;Csoport;Feladat;E-mail',
  '1;Nemes Dorottya;Optika;vezető;n@x.example',
  '2;Takács Bence;Optika;napelem;t@x.example',
  '3;Győri Máté;Rádió;antenna;g@x.example',
  '4;Kun Flóra;Rádió;rádió;k@x.example',
  '5;Vass Noémi;Rádió;firmware;v@x.example',
];
const withRow = (row: string): string => [...members, row].join('\n');

describe('a row of a list of people with nothing but a text', () => {
  it.each([
    ['Létszám: 34 fő (ebből aktív: 32)'],
    ['Változás esetén szóljatok Dórinak!'],
    ['Ki hiányzik még innen?'],
    ['34 fő'],
    ['W sumie 42 osób'],
    ['Total de 12 personas'],
    ['计 34名'],
    ['Unsere 34 Mitglieder'],
    ['2025. október 14.'],
    ['14.10.2025'],
    ['Stan na październik 2025'],
    ['nuovi membri del secondo semestre'],
    ['Tagok, akik tavaly elmentek tőlünk'],
  ])('is no record: %s', async (text) => {
    for (const number of ['', '6']) {
      const { preview } = await tryText(workspace, withRow(`${number};${text};;;`), { type: 'student' });
      expect(preview).toMatchObject({ creates: 5, skipped: 1 });
      expect(told(preview).join('\n')).toMatch(/^(?:section|total)_row \| .* \| 7 \| skipped$/m);
    }
  });

  it.each([
    ['Antal Botond', 'total_row'],
    ['Kovács Péter', 'section_row'],
    ['Kovács Péter (2025)', 'section_row'],
    ['Kovács Péter?', 'section_row'],
    ['de la Vega Teresa', 'section_row'],
    ['?ukasz Nowak', 'section_row'],
  ])('is a record with a question if it is a name: %s', async (text, code) => {
    const { preview } = await tryText(workspace, withRow(`;${text};;;`), { type: 'student' });
    expect(preview).toMatchObject({ creates: 6, skipped: 0 });
    expect(told(preview)).toContainEqual(`${code} | ${text} | 7 | kept`);
  });

  it('is a record if names are in lower case', async () => {
    const rows = ['Name;Team;Mail', 'ida falk;Optics;i@x.example', 'jon rask;Power;j@x.example'];
    const text = [...rows, 'ana sofia gouveia pinto;;'].join('\n');
    const { preview } = await tryText(workspace, text, { type: 'student' });
    expect(preview).toMatchObject({ creates: 3, skipped: 0 });
  });

  it('is a record if many rows have only a name', async () => {
    const names = ['Ida Falk', 'Jon Rask', 'Mona Roy: Optics', 'Kim Aas', 'Ola Berg'];
    const text = ['Name;Team;Mail', ...names.map((name) => `${name};;`), 'Ana Gil;Optics;a@x.example'].join(
      '\n',
    );
    const { preview } = await tryText(workspace, text, { type: 'student' });
    expect(preview).toMatchObject({ creates: 6, skipped: 0 });
  });
});

const isOdd = ({ code }: { code: string }): boolean => code === 'total_row' || code === 'section_row';

describe('a name that begins with a word of totals', () => {
  it.each([
    ['6;Antal Botond;Szerkezet;CAD;a@x.example'],
    ['6;Antal Botond;Szerkezet;;'],
    [';Antal Botond;Szerkezet;CAD;'],
    ['6;Summa Maria;Optika;CAD;a@x.example'],
    ['6;Soma Kinga;Optika;CAD;a@x.example'],
    ['6;Tong Xiaoli;Optika;;t@x.example'],
    ['6;Nagy Soma;Optika;;'],
    ['6;Lux Anna;Media;;'],
  ])('is a person: %s', async (row) => {
    const { preview } = await tryText(workspace, withRow(row), { type: 'student' });
    expect(preview).toMatchObject({ creates: 6, skipped: 0 });
    expect(preview.problems.filter(isOdd)).toEqual([]);
  });

  it('is a person if the family name has a column of its own', async () => {
    const rows = [
      'Vezetéknév;Keresztnév;Csoport',
      'Nemes;Dorottya;Optika',
      'Antal;Botond;Rádió',
      'Kun;Soma;Rádió',
    ];
    const { preview } = await tryText(workspace, rows.join('\n'), { type: 'student' });
    expect(preview).toMatchObject({ creates: 3, skipped: 0 });
    expect(preview.problems.filter(isOdd)).toEqual([]);
  });

  const teams = (row: string): string =>
    ['Team;University;Members;Budget', 'Radio;TUM;3;100', 'Power;TUM;8;250', 'Optics;MIT;12;400', row].join(
      '\n',
    );

  it.each([
    ['Total Recall;TUM;4;100', null],
    ['Media Lab;TUM;9;150', null],
    ['Average Joes;TUM;30;150', null],
    ['Total recall team;TUM;4;90', null],
    ['Media;TUM;9;150', 'kept'],
    ['Total Members;all;23;750', 'kept'],
    ['Anzahl Mitglieder MIT;MIT;12;400', 'kept'],
    ['Total;;23;750', 'skipped'],
    ['Total;3 universities;23;750', 'skipped'],
    ['Average;;7,7;250', 'skipped'],
    ['Subtotal Munich;;11;350', 'skipped'],
  ] as const)('is a team if its numbers are no sums: %s', async (row, action) => {
    const { preview } = await tryText(workspace, teams(row), { type: 'team' });
    expect(preview.problems.filter(isOdd).map(({ action }) => action)).toEqual(
      action === null ? [] : [action],
    );
  });
});

describe('columns that number the rows', () => {
  const targetOf = async (
    heading: string,
    numbers: readonly string[],
    type: 'student' | 'team' | 'university' = 'student',
  ) => {
    const text = [
      `${heading};Name;Colour`,
      ...numbers.map((number, index) => `${number};R${index} Falk;red`),
    ].join('\n');
    const view = await look(workspace, text, 'list.csv');
    return view.guesses[type]?.[0];
  };
  const numbering = { to: 'ignore', why: 'numbering' };

  it.each([
    ['Lp.', ['1', '2', '3']],
    ['Nr', ['1', '2', '', '3']],
    ['#', ['1', '2', '3']],
    ['N°', ['1.', '2.', '3.']],
    ['No.', ['01', '02', '03']],
    ['Sıra', ['1', '2', '3']],
    ['Nr', ['1', '2', '3', '4', '1', '2', '3', '4', '5']],
    ['Foo', ['1', '2', '3', '4', '5']],
  ])('are left out under %s: %j', async (heading, numbers) => {
    for (const type of ['student', 'team', 'university'] as const)
      expect(await targetOf(heading, numbers, type)).toEqual(numbering);
  });

  it.each([
    ['ID', ['1', '2', '3']],
    ['Student ID', ['1', '2', '3', '4', '5']],
    ['Rank', ['1', '2', '3', '4', '5']],
    ['Foo', ['1', '2', '3']],
    ['Nr', ['1', '3', '2']],
    ['Nr', ['4', '5', '6']],
    ['Semester', ['1', '2', '3', '4', '5']],
  ])('are kept under %s: %j', async (heading, numbers) => {
    expect(await targetOf(heading, numbers)).not.toEqual(numbering);
  });
});

describe('days that programs write for no day', () => {
  it('are read as empty in fields of days and terms and in custom fields, which is said', async () => {
    const text = [
      'Name;Graduated;Graduation term;Contract until',
      'Ida Falk;31.12.9999;9999;31.12.9999',
      'Jon Rask;2025-03-01;2026-1;31.08.2026',
      'Mona Roy;01.01.1900;2026-2;00.00.0000',
    ].join('\n');
    const { preview } = await tryText(workspace, text, { type: 'student' });
    expect(
      preview.sample.map(({ payload: { graduated_at, graduation_term, 'Contract until': until } }) => [
        graduated_at,
        graduation_term,
        until,
      ]),
    ).toEqual([
      [undefined, undefined, undefined],
      ['2025-03-01', '2026-1', '2026-08-31'],
      [undefined, '2026-2', undefined],
    ]);
    const said = preview.problems.filter(({ code }) => code === 'placeholder');
    expect(said.map(({ value }) => value).toSorted()).toEqual([
      '00.00.0000',
      '01.01.1900',
      '31.12.9999',
      '31.12.9999',
      '9999',
    ]);
  });
});
