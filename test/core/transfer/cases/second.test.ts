import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { forCases } from './support.ts';

const { outcome, imported, frames, at, json } = forCases();

/** Each file: the options and shown fields, and what it becomes. */
const cases = String.raw`
01-id-before-name-parts.csv | | Student ID,team_title
  university: Beta U | team: Optics, Power | student: Ida Falk 4100123 Optics, Jon Rask 4100124 Power
02-hr-export.csv | --type student | Manager,Department
  student: Ida Falk Mona Aas Optics, Jon Rask Mona Aas Power, Mona Aas – Optics
03-hidden-sheet.xlsx | |
  university: Beta U | team: Optics, Power | student: Ida Falk, Jon Rask | hidden_sheets 1 Students 2019
04-long-number.xlsx | | Account
  team: Optics, Power | student: Ida Falk 479386071891505153, Jon Rask 479386071891505154
05-cells-without-references.xlsx | | team_title,university_title
  university: Beta U | team: Optics – Beta U, Power – Beta U | student: Ida Falk Optics Beta U, Jon Rask – Beta U, Kim Aas Power Beta U
06-two-exports-joined.csv | | team_title
  university: Beta U | team: Optics, Power | student: Ida Falk Optics, Jon Rask Power | section_row Name (skipped) in 3 | skipped 1
08-smart-quotes.csv | --type student | team_title,Notes
  team: Optics, Power | student: Falk, Ida Optics likes lenses, mirrors, Rask, Jon Power none, really | typographic_quotes 1 Falk, Ida
12-html.xls | | team_title
  team: Optics | student: Ida Falk Optics
13-records.json | | team_title
  university: Beta U | team: Optics, Power | student: Ida Falk Optics, Jon Rask Power
16-gradebook.csv | | SIS User ID
  student: Falk, Ida s0012, Rask, Jon s0013 | section_row Points Possible (skipped) in 2 | skipped 1
21-roles-and-subtotal.csv | | terms_remaining,university_title
  university: TU München | faculty: Novak, Dr. Ada – TU München | student: Ivo Kern 2 TU München, Lea Ott 4 TU München | total_row Subtotal TU München (skipped) in 5 | total_row Total (skipped) in 6 | skipped 2
`;

test.each(
  cases
    .trim()
    .split(/\n(?! )/)
    .map((one) => one.split(/\n {2}/)),
)('%s', async (how = '', found) => {
  const [file = '', options = '', fields = ''] = how.split('|').map((part) => part.trim());
  expect(await outcome(`second-${file}`, options, fields.split(',').filter(Boolean))).toBe(found);
});

const fixture = (name: string): string => `second-${name}`;

test.each([
  ['02-hr-export.csv', 'faculty or student'],
  ['07-no-heading-row.csv', 'faculty or student'],
  ['11-assignments.csv', 'nothing in it says'],
])('the command asks what the rows of %s are', async (file, question) => {
  await expect(imported(fixture(file))).rejects.toThrow(question);
});

test('people of one name are told apart by their e-mail address', async () => {
  const { workspace } = await imported(fixture('09a-same-name.csv'), '--type student');
  const { list } = await imported(
    fixture('09b-same-name-update.csv'),
    '--type student --force --matching update',
    workspace,
  );
  expect(
    (await list('student')).map(({ payload, derived }) => [payload['Email'], derived['team_title']]),
  ).toEqual([
    ['anna.berg1@beta.example', 'Optics'],
    ['anna.berg2@beta.example', 'Radio'],
  ]);
});

test.each([
  ['gexf', 'label="heat budget"'],
  ['graphml', '>heat budget</data>'],
  ['node-link', '"label":"heat budget"'],
  ['cytoscape', '"label":"heat budget"'],
  ['csv-edges', 'av,pw,l1,heat budget'],
])('the label of a link is in %s where other programs find it', async (format, part) => {
  const { workspace } = await imported(fixture('10-edge-label-export.json'));
  await frames(`export --workspace ${workspace} --format ${format} --out`, at(`label.${format}`));
  expect(readFileSync(at(`label.${format}`), 'utf8')).toContain(part);
});

test('pronouns and a name at birth are no part of the name', async () => {
  const { workspace } = await imported(fixture('14a-names.csv'), '--type student');
  const { list } = await imported(
    fixture('14b-names-pronouns.csv'),
    '--type student --force --matching update',
    workspace,
  );
  expect((await list('student')).map(({ title, payload }) => [title, payload['Room']])).toEqual([
    ['Ben Ohm', 7],
    ['Mia Lund', 8],
  ]);
});

test('a name with an apostrophe is found without it, and an update does not change it', async () => {
  const { workspace } = await imported(fixture('15-apostrophe-search.csv'), '--type student');
  const { hits } = await json<{ hits: { title: string }[] }>(`search ohara --workspace ${workspace}`);
  expect(hits.map(({ title }) => title)).toEqual(["Cleo O'Hara"]);
  const { list } = await imported(
    'Name,Room\nCleo O’Hara,7\n',
    '--type student --force --matching update',
    workspace,
  );
  expect((await list('student')).map(({ title, payload }) => [title, payload['Room']])).toEqual([
    ["Cleo O'Hara", 7],
  ]);
});

const linksOf = async (file: string, options = '') => {
  const { list } = await imported(fixture(file), options);
  const links = (await list('interface')).map(
    ({ title, payload: { energy_loss: loss = null, documented = null } }) =>
      [title, loss, documented] as const,
  );
  return links.toSorted(([one], [other]) => one.localeCompare(other));
};

test('an edge list has any of the usual headings, and shares keep their units', async () => {
  const names = ['Optics → Power', 'Power → Radio'];
  const links = await linksOf('17-source-destination.csv', '--format csv-edges');
  expect(links.map(([title]) => title)).toEqual(names);
  expect(await linksOf('20-documented-as-fraction.csv', '--format csv-edges')).toEqual([
    ['Lageregelung → Thermal', 20, 90],
    ['Nutzlast → Bodenstation', 30, 100],
    ['Thermal → Nutzlast', 50, 10],
  ]);
});

test('an empty list of links does not hide the edges', async () => {
  expect(await linksOf('18-empty-links.json')).toEqual([['Optics → Power', null, null]]);
});

test('ids that are numbered within each table do not mix up its records', async () => {
  const { workspace } = await imported(fixture('19a-teams.csv'));
  const { list } = await imported(fixture('19b-students.csv'), '--type student --force', workspace);
  expect((await list('student')).map(({ title, derived }) => [title, derived['team_title']])).toEqual([
    ['Ida Falk', 'Power'],
    ['Jon Rask', 'Optics'],
    ['Kim Aas', 'Optics'],
  ]);
  expect((await list('team')).map(({ title }) => title)).toEqual(['Optics', 'Power']);
});
