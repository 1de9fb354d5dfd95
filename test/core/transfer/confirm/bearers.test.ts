import { expect, test } from 'vitest';
import { answered, handOut, linkOf, readSheets } from '#test/support/answers.ts';
import type { Row } from '#test/support/answers.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

/*
 * Confirmation sheets and the bearers and documented share of a link:
 * - a sheet shows both; a cell that nobody changed changes nothing, even if the link has changed since;
 * - a changed cell comes back as a change; one of a link that changed meanwhile is left out;
 * - a name that leads to nobody or to several people leaves the row out.
 */

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  for (const id of ['north', 'south'])
    await ada.entities.create({ type: 'university', id, data: { name: id } });
  for (const id of ['alpha', 'beta'])
    await ada.entities.create({ type: 'team', id, data: { name: id, university_id: 'north' } });
  for (const [id, name, university_id] of [
    ['mia', 'Mia Holm', 'north'],
    ['ole', 'Ole Berg', 'north'],
    ['ole-s', 'Ole Berg', 'south'],
    ['eva-1', 'Eva Roth', 'south'],
    ['eva-2', 'Eva Roth', 'south'],
  ] as const)
    await ada.entities.create({ type: 'student', id, data: { name, university_id } });
  await ada.entities.create({
    type: 'faculty',
    id: 'prof',
    data: { name: 'Prof. Lind', university_id: 'north' },
  });
  await ada.entities.create({
    type: 'interface',
    id: 'ab',
    data: { from: 'alpha', to: 'beta', bearers: ['mia', 'prof'], documented: 40 },
  });
});

const toLink = (said: Record<string, Row[number]>) => (cells: Record<string, unknown>) =>
  cells['FRAMES id'] === 'ab' ? said : {};

async function answer(said: Record<string, Row[number]>) {
  const workspace = await testWorkspace({ template });
  const result = await readSheets(
    workspace,
    answered(await handOut(workspace, { teams: ['alpha'] }), toLink(said)),
  );
  return { result, payload: await linkOf(workspace, 'ab') };
}

test('a sheet shows the names of the bearers and the documented share', async () => {
  const [head = [], first = []] =
    (await handOut(await testWorkspace({ template }), { teams: ['alpha'] }))['alpha'] ?? [];
  const cells = Object.fromEntries(head.map((heading, at) => [String(heading), first[at]]));
  expect(cells).toMatchObject({ 'Carried by': 'Mia Holm; Prof. Lind', 'Documented %': 40 });
});

test('a text in place of the bearers, as in an older custom field, names nobody', async () => {
  const workspace = await testWorkspace({ template });
  workspace.raw((db) =>
    db.prepare(`UPDATE interfaces SET payload = json_set(payload, '$.bearers', 'Mia and others')`).run(),
  );
  const [head = [], first = []] = (await handOut(workspace, { teams: ['alpha'] }))['alpha'] ?? [];
  const cells = Object.fromEntries(head.map((heading, at) => [String(heading), first[at]]));
  expect(cells['Carried by'] ?? '').toBe('');
});

test('"yes" to an unchanged row confirms it and changes neither', async () => {
  const { result, payload } = await answer({ 'Still true?': 'yes' });
  expect(result).toMatchObject({ confirmed: 1, changed: 0, left_out: [] });
  expect(payload).toMatchObject({ bearers: ['mia', 'prof'], documented: 40 });
});

test('changed cells are changes even without an answer; names mean people of the own university', async () => {
  const { result, payload } = await answer({ 'Carried by': 'Ole Berg; Holm, Mia', 'Documented %': '65 %' });
  expect(result).toMatchObject({ confirmed: 1, changed: 1, left_out: [] });
  expect(payload).toMatchObject({ bearers: ['ole', 'mia'], documented: 65 });
});

test.each([
  ['en', ['Bearers', 'Energy lost %', 'Correct energy lost %']],
  ['de', ['Getragen von', 'Energieverlust %', 'Richtiger Energieverlust %']],
] as const)('a sheet with the headings of earlier sheets is read: %s', async (language, earlier) => {
  const workspace = await testWorkspace({ template });
  const [[head = [], ...rows] = []] = Object.values(
    await handOut(workspace, { teams: ['alpha'], language }),
  ).filter(([first]) => first?.includes(language === 'en' ? 'Still true?' : 'Noch richtig?'));
  const columns = (
    language === 'en'
      ? ['Carried by', 'Knowledge lost %', 'Correct knowledge lost %']
      : ['Getragen von', 'Wissensverlust %', 'Richtiger Wissensverlust %']
  ).map((heading) => head.indexOf(heading));
  const result = await readSheets(workspace, {
    alpha: [
      head.map((heading, column) => earlier[columns.indexOf(column)] ?? heading),
      ...rows.map((row) =>
        row.includes('ab')
          ? row.map((cell, column) => ['Ole Berg', null, 12][columns.indexOf(column)] ?? cell)
          : row,
      ),
    ],
  });
  expect(result).toMatchObject({ confirmed: 1, changed: 1, left_out: [] });
  expect(await linkOf(workspace, 'ab')).toMatchObject({ bearers: ['ole'], energy_loss: 12 });
});

test('a dash names nobody', async () => {
  expect((await answer({ 'Carried by': '–' })).payload).toMatchObject({ bearers: [], documented: 40 });
});

test.each([
  [{ 'Carried by': 'Mia Holm; Nobody' }, 'unknown_bearer'],
  [{ 'Carried by': 'Eva Roth' }, 'unknown_bearer'],
  [{ 'Documented %': 130 }, 'bad_documented'],
  [{ 'Documented %': 'half' }, 'bad_documented'],
  [{ 'Still true?': 'no', 'Documented %': 10 }, 'no_but_corrected'],
] as [Record<string, Row[number]>, string][])('%j is left out: %s', async (said, code) => {
  const { result, payload } = await answer(said);
  expect(result.left_out).toMatchObject([{ code, sheet: 'alpha' }]);
  expect(payload).toMatchObject({ bearers: ['mia', 'prof'], documented: 40 });
});

test('a changed cell of a link that changed since is left out; an unchanged one has no effect', async () => {
  const workspace = await testWorkspace({ template });
  const sheets = await handOut(workspace, { teams: ['alpha'] });
  await workspace.as().entities.update({ type: 'interface', id: 'ab', data: { bearers: ['ole'] } });
  expect(
    (await readSheets(workspace, answered(sheets, toLink({ 'Carried by': 'Mia Holm' })))).left_out,
  ).toMatchObject([{ code: 'differs' }]);
  const result = await readSheets(workspace, answered(sheets, toLink({ 'Documented %': 50 })));
  expect(result).toMatchObject({ changed: 1, left_out: [] });
  expect(await linkOf(workspace, 'ab')).toMatchObject({ bearers: ['ole'], documented: 50 });
});

test('a new link has the bearers and the share of its row', async () => {
  const workspace = await testWorkspace({ template });
  let isFirst = true;
  const sheets = answered(await handOut(workspace, { teams: ['alpha'] }), (cells) => {
    if (cells['FRAMES id'] === 'ab' || !isFirst) return {};
    isFirst = false;
    return { 'Linked with': 'Prof. Lind', 'Carried by': 'Mia Holm', 'Documented %': 20 };
  });
  expect(await readSheets(workspace, sheets)).toMatchObject({ added: 1, left_out: [] });
  const { rows } = await workspace.as().entities.list({ type: 'interface' });
  expect(rows.map(({ payload }) => payload)).toContainEqual(
    expect.objectContaining({ from: 'alpha', to: 'prof', bearers: ['mia'], documented: 20 }),
  );
});
