import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answered, handOut, linkOf, readSheets } from '#test/support/answers.ts';
import type { Row, Sheets } from '#test/support/answers.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { workbook } from '#test/support/workbook.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const links = {
  ab: { from: 'alpha', to: 'beta', bond_type: 'codified-strong', energy_loss: 5 },
  ca: { from: 'gamma', to: 'alpha', bond_type: 'institutional-weak', energy_loss: 35 },
  af: { from: 'alpha', to: 'prof', energy_loss: 12.5 },
};

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  for (const id of ['north', 'south'])
    await ada.entities.create({ type: 'university', id, data: { name: id } });
  for (const [id, university_id] of [
    ['alpha', 'north'],
    ['beta', 'north'],
    ['gamma', 'south'],
    ['twin-n', 'north'],
    ['twin-s', 'south'],
    ['alone', 'south'],
  ] as const)
    await ada.entities.create({
      type: 'team',
      id,
      data: { name: id.startsWith('twin') ? 'Twin: A/B' : id, university_id },
    });
  await ada.entities.create({
    type: 'faculty',
    id: 'prof',
    data: { name: 'Prof. "X" & Y', university_id: 'north' },
  });
  for (const [id, data] of Object.entries(links)) await ada.entities.create({ type: 'interface', id, data });
  await ada.entities.create({ type: 'interface', id: 'tt', data: { from: 'twin-n', to: 'twin-s' } });
  await ada.workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'south' });
});

const isLink = (cells: Record<string, unknown>): boolean =>
  !String(cells['FRAMES id']).startsWith('new link of ');
const yes = (cells: Record<string, unknown>): Record<string, string> =>
  isLink(cells) ? { 'Still true?': 'yes' } : {};

test('a sheet for each team that has links; "yes" to all confirms every link and changes nothing else', async () => {
  const workspace = await testWorkspace({ template });
  const sheets = await handOut(workspace);
  expect(Object.keys(sheets).map((name) => name.toLowerCase())).toEqual([
    'how to answer',
    'alpha',
    'beta',
    'gamma',
    'twin  a b, north',
    'twin  a b, south',
  ]);
  const before = hashTables(workspace.files.live);
  expect(await readSheets(workspace, sheets)).toMatchObject({
    op_id: null,
    unanswered: 4,
    left_out: [],
    records: [],
  });
  const preview = await readSheets(workspace, answered(sheets, yes), { dry: true });
  expect(preview).toMatchObject({ confirmed: 4, changed: 0, left_out: [], updated: { interfaces: 4 } });
  expect(hashTables(workspace.files.live)).toBe(before);
  await readSheets(workspace, answered(sheets, yes), { seen: preview.head });
  for (const [id, data] of Object.entries(links))
    expect(await linkOf(workspace, id)).toMatchObject({ ...data, confirmed_at: '2026-01-05' });
  expect(await workspace.as().confirm.status({})).toMatchObject({
    since: '2026-01-01',
    total: { asked: 5, answered: 5, links: 4, confirmed: 4 },
  });
  await workspace.as().history.undo({});
  expect(await linkOf(workspace, 'ab')).toEqual(links.ab);
});

test('corrects, deletes and adds links as one change, in either language', async () => {
  const workspace = await testWorkspace({ template });
  const sheets = await handOut(workspace, { teams: ['alpha'], language: 'de' });
  const [head = [], ...rows] = sheets['alpha'] ?? [];
  const fill = (row: Row, cells: Record<string, Row[number]>): Row =>
    head.map((heading, at) => cells[String(heading)] ?? row[at] ?? null);
  const byId = new Map(rows.map((row) => [String(row.at(-1)), row]));
  const add = rows.filter((row) => String(row.at(-1)).startsWith('new link of '));
  const done = await readSheets(workspace, {
    // Renamed, with a note above, columns turned round, rows in another order.
    'Team A (Copy)': [
      ['Bitte bis Freitag'],
      head,
      fill(add[0] ?? [], { 'Verbunden mit': 'gamma', 'Richtige Bindung': 'kodifiziert, mittel' }),
      fill(add[1] ?? [], { 'Verbunden mit': 'Twin: A/B', 'Richtiger Wissensverlust %': '20 %' }),
      fill(byId.get('ca') ?? [], { 'Noch richtig?': 'Nein' }),
      [],
      fill(byId.get('ab') ?? [], {
        'Noch richtig?': 'anders',
        'Richtige Bindung': 'fragil, befristet',
        'Beantwortet von': 'Bo',
      }),
      fill(byId.get('af') ?? [], { 'Richtiger Wissensverlust %': 40 }),
    ].map((row) => [...row].reverse()),
  });
  expect(done).toMatchObject({
    confirmed: 2,
    changed: 2,
    deleted: 1,
    added: 1,
    // The link with gamma is there until the answers are applied.
    left_out: [{ code: 'linked_already', sheet: 'Team A (Copy)', line: 3 }],
  });
  expect(await linkOf(workspace, 'ab')).toMatchObject({
    bond_type: 'fragile-temporary',
    energy_loss: 60,
    confirmed_by: 'Bo',
  });
  expect(await linkOf(workspace, 'af')).toMatchObject({ energy_loss: 40, confirmed_by: 'Bo' });
  const { rows: made } = await workspace
    .as()
    .entities.list({ type: 'interface', filters: [{ field: 'to', op: 'is', value: 'twin-n' }] });
  expect(made.map(({ payload }) => payload)).toMatchObject([
    { from: 'alpha', energy_loss: 20, interface_type: 'team-to-team' },
  ]);
});

test('a row that is not clear is left out whole, with its sheet and line', async () => {
  const cases: [Record<string, Row[number]>, string][] = [
    [{ 'Still true?': 'perhaps' }, 'unknown_answer'],
    [{ 'Still true?': 'changed' }, 'no_correction'],
    [{ 'Still true?': 'changed', 'Correct bond': 'glue' }, 'unknown_bond'],
    [{ 'Correct knowledge lost %': 0.3 }, 'bad_loss'],
    [{ 'Correct knowledge lost %': '120' }, 'bad_loss'],
    [{ 'Still true?': 'no', 'Correct knowledge lost %': 3 }, 'no_but_corrected'],
    [{ 'Still true?': 'yes', Bond: 'fragile' }, 'differs'],
    [{ 'Still true?': 'yes', 'FRAMES id': 'nothing' }, 'link_gone'],
  ];
  const workspace = await testWorkspace({ template });
  const sheets = await handOut(workspace, { teams: ['beta'] });
  const before = hashTables(workspace.files.live);
  for (const [cells, code] of cases) {
    const done = await readSheets(
      workspace,
      answered(sheets, (row) => (isLink(row) ? cells : {})),
    );
    expect(done, code).toMatchObject({ op_id: null, left_out: [{ code, sheet: 'beta', line: 2 }] });
  }
  expect(hashTables(workspace.files.live)).toBe(before);
});

test('adding a link depends on the record at its other end', async () => {
  const workspace = await testWorkspace({ template });
  const sheets = await handOut(workspace, { teams: ['beta'] });
  for (const [other, code] of [
    ['nobody', 'end_unknown'],
    ['beta', 'same_end'],
    ['alpha', 'linked_already'],
    ['Twin: A/B (south)', undefined],
    ['alone', undefined],
  ]) {
    let first = true;
    const filled = answered(sheets, (row) => {
      if (isLink(row) || !first) return {};
      first = false;
      return { 'Linked with': other ?? '' };
    });
    const { added, left_out } = await readSheets(workspace, filled);
    expect([other, ...left_out.map((one) => one.code)]).toEqual(code === undefined ? [other] : [other, code]);
    expect(added, other).toBe(code === undefined ? 1 : 0);
  }
});

test.each([
  ['yes', [{ code: 'contradicts' }, { code: 'contradicts' }]],
  ['maybe', [{ code: 'unknown_answer', value: 'maybe' }, { code: 'contradicts' }]],
])('answers of two teams about their link, %s and no: neither counts', async (answer, left_out) => {
  const workspace = await testWorkspace({ template });
  const sheets = await handOut(workspace, { teams: ['alpha', 'beta'] });
  const rowsOf = (name: string): Sheets =>
    answered({ [name]: sheets[name] ?? [] }, (row) =>
      row['FRAMES id'] === 'ab' ? { 'Still true?': name === 'alpha' ? answer : 'no' } : {},
    );
  const done = await readSheets(workspace, { ...rowsOf('alpha'), ...rowsOf('beta') });
  expect(done).toMatchObject({ op_id: null, left_out });
});

test('an editor confirms links of their university; other files are refused', async () => {
  const workspace = await testWorkspace({ template });
  const all = answered(await handOut(workspace), yes);
  const preview = await readSheets(workspace, all, { who: 'Edi', dry: true });
  expect(preview.problems).toMatchObject([{ code: 'forbidden' }]);
  const own = answered(await handOut(workspace, { university: 'south' }), yes);
  expect(await readSheets(workspace, own, { who: 'Edi' })).toMatchObject({ confirmed: 2 });
  await refused('BAD_FILE', readSheets(workspace, { One: [['Team'], ['A']] }));
});

test('FRAMES distinguishes such a workbook from a table', async () => {
  const workspace = await testWorkspace({ template });
  await handOut(workspace);
  const look = async (file: string): Promise<boolean> => {
    const grant = workspace.core.grants.issue(join(workspace.folder, '..', file), 'read');
    return (await resultOf(await workspace.as().transfer.readSheet({ source: { grant } }))).answers;
  };
  expect(await look('links.xlsx')).toBe(true);
  writeFileSync(
    join(workspace.folder, '..', 'teams.xlsx'),
    await workbook({
      One: [
        ['Team', 'Size'],
        ['A', 4],
      ],
    }),
  );
  expect(await look('teams.xlsx')).toBe(false);
});

test('whatever is shuffled in the sheets, the answers are the same', async () => {
  const workspace = await testWorkspace({ template });
  const sheets = answered(await handOut(workspace), yes);
  const plain = await readSheets(workspace, sheets, { dry: true });
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat({ max: 1000 })), async (numbers) => {
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .map((item) => ({ item, at: numbers.next().value as number }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const mixed = shuffled(Object.values(sheets)).map(([head = [], ...rows], at) => {
        const order = shuffled(head.map((_, column) => column));
        const turned = [head, ...shuffled(rows)].map((row) => order.map((column) => row[column] ?? null));
        return [`Sheet ${at}`, turned] as const;
      });
      const { confirmed, deleted, added, left_out } = await readSheets(workspace, Object.fromEntries(mixed), {
        dry: true,
      });
      expect({ confirmed, deleted, added, left_out }).toEqual({
        confirmed: plain.confirmed,
        deleted: 0,
        added: 0,
        left_out: [],
      });
    }),
    { numRuns: 8 },
  );
});
