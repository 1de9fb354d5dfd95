import { describe, expect, it, test } from 'vitest';
import { orderOfHeading } from '#core/import/table/columns/name-order-headings.ts';
import { turnName } from '#core/import/table/columns/name-order.ts';
import { plainColumn } from '#core/import/table/columns/heading-match.ts';
import { typesByTitle } from '#shared/contract/sheets.ts';
import type { SheetChoicesInput } from '#shared/contract/sheets.ts';
import { drain, workspaceForEach } from '../workspace.ts';
import { bringText, guessed, look, makeIn, tryText } from './support.ts';

test.each([
  ['Nazwisko i imię', 'family_first'],
  ['Nachname, Vorname', 'family_first'],
  ['Name, Vorname', 'family_first'],
  ['Apellidos y nombre', 'family_first'],
  ['Cognome e nome', 'family_first'],
  ['Nom et prénom', 'family_first'],
  ['NOM Prénom', 'family_first'],
  ['Naam (achternaam eerst)', 'family_first'],
  ['Achternaam, voornaam', 'family_first'],
  ['Příjmení a jméno', 'family_first'],
  ['Priezvisko a meno', 'family_first'],
  ['Efternamn förnamn', 'family_first'],
  ['Surname Name', 'family_first'],
  ['Last name, first name', 'family_first'],
  ['Name (surname first)', 'family_first'],
  ['Фамилия Имя', 'family_first'],
  ['Фамилия, имя, отчество', 'family_first'],
  ['ФИО', 'family_first'],
  ["Прізвище та ім'я", 'family_first'],
  ['Soyadı Adı', 'family_first'],
  ['Prezime i ime', 'family_first'],
  ['Nume și prenume', 'family_first'],
  ['Vezetéknév, keresztnév', 'family_first'],
  ['Sukunimi Etunimi', 'family_first'],
  ['Επώνυμο Όνομα', 'family_first'],
  ['Sobrenome, nome', 'family_first'],
  ['Imię i nazwisko', 'given_first'],
  ['Vorname Nachname', 'given_first'],
  ['Nombre y apellidos', 'given_first'],
  ['Nome e cognome', 'given_first'],
  ['First and last name', 'given_first'],
  ['Prénom NOM', 'given_first'],
  ['Adı Soyadı', 'given_first'],
  ['Jméno a příjmení', 'given_first'],
  ['Name', null],
  ['Full name', null],
  ['Family', null],
  ['First name', null],
  ['Last name', null],
  ['Nom du projet', null],
  ['Project name', null],
  ['Team', null],
  ['Name (last, first)', 'family_first'],
  ['Name (first, last)', 'given_first'],
  ['Student (Last, First)', 'family_first'],
  ['Full name: last name first', 'family_first'],
  ['Last contact name', null],
  ['First supervisor name', null],
])('the heading "%s" states the order %s', (heading, order) => {
  expect(orderOfHeading(plainColumn(heading))).toBe(order);
});

const plain = { order: 'family_first', hasCommas: false, hasTwoFamilyNames: false } as const;

test.each([
  ['Kądziołka Zbigniew', 'Zbigniew Kądziołka'],
  ['de Vasco Teresa', 'Teresa de Vasco'],
  ['van der Berg Anna', 'Anna van der Berg'],
  ["van 't Hoog Anna", "Anna van 't Hoog"],
  ['Nowak Anna Maria', 'Anna Maria Nowak'],
  ['Pluciennik-Maj Róża', 'Róża Pluciennik-Maj'],
  ['García de la Vega María', 'María García de la Vega'],
  ['Santos Vieira Maria Clara', 'Maria Clara Santos Vieira'],
  ['DUPONT MARTIN Jean-Paul', 'Jean-Paul DUPONT MARTIN'],
  ['Иванов Иван Иванович', 'Иван Иванович Иванов'],
  ['Kowalski J.', 'J. Kowalski'],
  ['Weber Dr. Anna', 'Dr. Anna Weber'],
  ['Prof. Weber Anna', 'Prof. Anna Weber'],
  ['Weber Anna (she/her)', 'Anna Weber (she/her)'],
  ['Falk, Ida', 'Ida Falk'],
  ['ao. Univ.-Prof. DI Dr. techn. Gruber Maria', 'ao. Univ.-Prof. DI Dr. techn. Maria Gruber'],
  ['Univ.-Prof. Dr. Bauer Johann', 'Univ.-Prof. Dr. Johann Bauer'],
  ['DI BARTOLO LUCA', 'LUCA DI BARTOLO'],
  ['Weber M.', 'M. Weber'],
  ['Weber (geb. Krog), Anna', 'Anna Weber (geb. Krog)'],
  ['Prof. Dr. Weber, Anna', 'Prof. Dr. Anna Weber'],
  ['Weber, Dr. Anna (Erasmus)', 'Dr. Anna Weber (Erasmus)'],
  ['Ida Falk, Jon Rask', null],
  ['Falk', null],
])('%s is turned to %s', (name, turned) => {
  expect(turnName(name, plain)).toBe(turned);
});

test('two family names stay together under a heading of several', () => {
  expect(turnName('Pérez Gómez Xiomara', { ...plain, hasTwoFamilyNames: true })).toBe('Xiomara Pérez Gómez');
});

test('names without a comma stay where most names have one', () => {
  expect(turnName('Kim Aas', { ...plain, hasCommas: true })).toBeNull();
});

const workspace = workspaceForEach();

const names = async (text: string, other: Partial<SheetChoicesInput> = {}) => {
  const { preview } = await tryText(workspace, text, { type: 'student', ...other });
  return {
    titles: preview.sample.map(({ title }) => title),
    offer: preview.name_order && [preview.name_order.order, preview.name_order.by, preview.name_order.count],
    codes: preview.report.notices.map(({ code }) => code),
  };
};

const table = (heading: string, ...rows: string[]): string =>
  [`${heading}\tTeam`, ...rows.map((row) => `${row}\tOptics`)].join('\n');

describe('the order of names', () => {
  it.each([
    [
      'from the heading',
      table('Nazwisko i imię', 'Żak Iwo', 'Lis Ola'),
      ['Iwo Żak', 'Ola Lis'],
      ['family_first', 'heading', 2],
    ],
    [
      'as it is, although given names come last',
      table('Név', 'Kovács Anna', 'Nagy Peter', 'Szabó Julia', 'Xyz Qwe'),
      ['Kovács Anna', 'Nagy Peter', 'Szabó Julia', 'Xyz Qwe'],
      ['given_first', null, 4],
    ],
    [
      'as it is, although family names in capitals come first',
      table('氏名', 'TANAKA Naomi', 'SATO Yuki', 'ONO Sakura', 'MORI Akira'),
      ['TANAKA Naomi', 'SATO Yuki', 'ONO Sakura', 'MORI Akira'],
      ['given_first', null, 4],
    ],
    [
      'from commas',
      table('Student', 'Falk, Ida', 'Rask, Jon', 'Roy, Mona', 'Kim Aas'),
      ['Ida Falk', 'Jon Rask', 'Mona Roy', 'Kim Aas'],
      ['family_first', 'values', 3],
    ],
    [
      'as it is, with few names',
      table('Student', 'Kovács Anna', 'Nagy Peter'),
      ['Kovács Anna', 'Nagy Peter'],
      null,
    ],
    [
      'as it is, by the heading',
      table('Imię i nazwisko', 'Ida Falk', 'Jon Rask'),
      ['Ida Falk', 'Jon Rask'],
      null,
    ],
  ])('is read %s', async (_, text, titles, offer) => {
    const found = await names(text);
    expect(found).toMatchObject({ titles, offer });
    expect(found.codes.includes('names_turned')).toBe(offer?.[0] === 'family_first');
  });

  it('is turned by a choice where only the values show it', async () => {
    const hungarian = table('Név', 'Kovács Anna', 'Nagy Peter', 'Szabó Julia');
    expect(await names(hungarian, { name_order: 'family_first' })).toMatchObject({
      titles: ['Anna Kovács', 'Peter Nagy', 'Julia Szabó'],
      offer: ['family_first', 'choice', 3],
      codes: [],
    });
  });

  it('is corrected in both directions by one choice', async () => {
    const polish = table('Nazwisko i imię', 'Żak Iwo', 'Lis Ola');
    expect(await names(polish, { name_order: 'given_first' })).toMatchObject({
      titles: ['Żak Iwo', 'Lis Ola'],
      codes: [],
    });
    const unclear = table('Student', 'Żak Iwo', 'Lis Ola');
    expect(await names(unclear, { name_order: 'family_first' })).toMatchObject({
      titles: ['Iwo Żak', 'Ola Lis'],
      offer: ['family_first', 'choice', 2],
      codes: [],
    });
  });

  it('is not turned in cells with two people', async () => {
    const pairs = table('Student', 'Ida Falk, Jon Rask', 'Mona Roy, Karin Berg', 'Ida Falk, Karin Berg');
    expect((await names(pairs)).offer).toBeNull();
  });

  it('does not rename a record that has the name as written, and finds it', async () => {
    const data = { name: 'Nagy Peter' };
    const { record } = await workspace.client.entities.create({ type: 'student', data });
    const text = table('Nazwisko i imię', 'Kovács Anna', 'Nagy Peter', 'Szabó Julia');
    const { preview } = await tryText(workspace, text, { type: 'student', matching: 'update' });
    expect(preview.changed.map(({ id, after }) => [id, after.name])).toEqual([[record.id, undefined]]);
  });
});

describe('titles after names', () => {
  const staff = [
    'Nazwisko i imię;Sekcja',
    'Kądziołka Zbigniew, prof. dr hab. inż.;A',
    'Mojżeszek Piotr, mgr inż.;A',
    'Dębołęcka Kalina;B',
    'Jaźwiec Oskar;B',
  ].join('\n');

  it('are kept in a custom field, which the report says', async () => {
    await makeIn(workspace, 'team', { name: 'A' });
    const { preview } = await tryText(workspace, staff, { type: 'student' });
    expect(preview.sample.map(({ title, payload }) => [title, payload['academic title'] ?? ''])).toEqual([
      ['Zbigniew Kądziołka', 'prof. dr hab. inż.'],
      ['Piotr Mojżeszek', 'mgr inż.'],
      ['Kalina Dębołęcka', ''],
      ['Oskar Jaźwiec', ''],
    ]);
    expect(preview.report.notices).toContainEqual(
      expect.objectContaining({ code: 'titles_moved', count: 2 }),
    );
  });

  it('make people faculty if they are a professor’s or a doctor’s', async () => {
    expect((await look(workspace, staff)).titled).toEqual({
      count: 1,
      example: 'Kądziołka Zbigniew, prof. dr hab. inż.',
    });
    const source = { text: staff, name: 'staff.csv' };
    const layout = { sheet: null, header: null, type_column: typesByTitle };
    const { result } = await drain(await workspace.client.transfer.readSheet({ source, layout }));
    expect(result.row_types).toEqual(['student', 'faculty']);
    expect(guessed(result, { type: 'faculty' }).columns[0]).toEqual({ to: 'field', field: 'name' });
  });

  it('stay in the name of a record that has them there', async () => {
    const text = 'Name\tTeam\nJane Roe, PhD\tOptics';
    await workspace.client.entities.create({ type: 'student', data: { name: 'Jane Roe, PhD' } });
    await bringText(workspace, text, { type: 'student', matching: 'update' });
    const { rows } = await workspace.client.entities.list({ type: 'student' });
    expect(rows.map(({ title, payload }) => [title, payload['academic title']])).toEqual([
      ['Jane Roe, PhD', undefined],
    ]);
  });
});
