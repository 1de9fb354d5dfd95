import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnTarget, SheetChoices, SheetView } from '#shared/contract/sheets.ts';
import {
  firstChoices,
  targetOf,
  targetValue,
  withCell,
  withColumn,
  withKept,
  withType,
  withValue,
  withoutLines,
} from '#renderer/features/transfer/choices.ts';
import {
  forgetHeadings,
  recallFile,
  recallHeadings,
  remember,
} from '#renderer/features/transfer/remember.ts';
import type { Table } from '#renderer/features/transfer/state.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { SEAT_ITEM_LIMIT } from '#shared/shell/seat.ts';

const field = (name: string): ColumnTarget => ({ to: 'field', field: name });

function view(names: readonly string[], guesses: SheetView['guesses'] = {}): SheetView {
  return {
    name: 'teams.csv',
    bytes: 10,
    sha256: 'x',
    format: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    sheets: [],
    sheet: 0,
    header: 1,
    top: [],
    rows: 2,
    columns: names.map((name) => ({ name, samples: [], filled: 2 })),
    notices: [],
    type: 'team',
    guesses,
  };
}

const teams = view(['Name', 'Title', 'Major'], {
  team: [field('name'), { to: 'own', name: 'Title' }, field('discipline')],
  project: [field('name'), { to: 'own', name: 'Title' }, field('type')],
});
const first = (): SheetChoices => firstChoices(teams, undefined, 'univ_1');

describe('what is chosen about a table', () => {
  it('begins as it is guessed, or as it was mapped before', () => {
    expect(first()).toMatchObject({
      type: 'team',
      columns: teams.guesses.team,
      university: 'univ_1',
      matching: 'ask',
    });
    const columns = [field('name'), { to: 'ignore' as const }, { to: 'id' as const }];
    expect(firstChoices(teams, { type: 'project', columns, values: [] }, null)).toMatchObject({
      type: 'project',
      columns,
    });
  });

  it('gives a field to one column: the one that had it keeps its own name', () => {
    const { columns } = withColumn(first(), teams, 1, field('name'));
    expect(columns).toEqual([{ to: 'own', name: 'Name' }, field('name'), field('discipline')]);
    const ids = withColumn(withColumn(first(), teams, 0, { to: 'id' }), teams, 1, { to: 'id' });
    expect(ids.columns.map(targetValue)).toEqual(['own', 'id', 'field:discipline']);
    const two = withColumn(first(), teams, 2, { to: 'ignore' });
    expect(withColumn(two, teams, 1, { to: 'ignore' }).columns.map(targetValue)).toEqual([
      'field:name',
      'ignore',
      'ignore',
    ]);
  });

  it('forgets what a value meant when its column means something else', () => {
    const rule = { column: 2, value: 'Elec', becomes: 'electrical', create: false };
    const mended = withValue(first(), rule);
    expect(withColumn(mended, teams, 2, field('lifecycle')).values).toEqual([]);
    expect(withColumn(mended, teams, 1, { to: 'ignore' }).values).toEqual([rule]);
    expect(withType(mended, teams, 'project')).toMatchObject({
      type: 'project',
      columns: teams.guesses.project,
      values: [],
    });
  });

  it('keeps the last correction of a value, a cell and a row', () => {
    const rule = { column: 2, value: 'Elec', becomes: 'electrical', create: false };
    expect(withValue(withValue(first(), rule), { ...rule, becomes: '' }).values).toEqual([
      { ...rule, becomes: '' },
    ]);
    const cell = { line: 3, column: 1, value: 'a' };
    expect(withCell(withCell(first(), cell), { ...cell, value: 'b' }).cells).toEqual([
      { ...cell, value: 'b' },
    ]);
    expect(withoutLines(withoutLines(first(), [3, 4]), [4, 5]).skip).toEqual([3, 4, 5]);
  });

  it('a correction that was none is corrected: what was read as it is read as the next', () => {
    const rule = (value: string, becomes: string, create = false) => ({ column: 2, value, becomes, create });
    const wrong = withValue(withValue(first(), rule('31.02.', '30.02.')), rule('Elec', 'Elektro'));
    const chained = withValue(wrong, rule('30.02.', '28.02.'));
    expect(chained.values).toContainEqual(rule('31.02.', '28.02.'));
    expect(chained.values).toContainEqual(rule('Elec', 'Elektro'));
    // That it is right as it stands.
    expect(withKept(wrong, 2, ['Elektro']).values).toContainEqual(rule('Elec', 'Elektro', true));
    // Another column's are its own.
    const other = { ...rule('30.02.', '28.02.'), column: 1 };
    expect(withValue(wrong, other).values).toEqual([...wrong.values, other]);
  });

  it('stands in a menu as a value and comes back from it', () => {
    const targets: ColumnTarget[] = [
      field('name'),
      { to: 'id' },
      { to: 'own', name: 'Room' },
      { to: 'ignore' },
      { to: 'id_of', field: 'university_id' },
    ];
    expect(targets.map((target) => targetOf(targetValue(target), 'Room'))).toEqual(targets);
  });
});

describe('what is remembered of tables', () => {
  beforeEach(() => useSeat.setState({ items: {} }));

  const rule = { column: 2, value: 'Elec', becomes: 'electrical', create: false };
  const made = { column: 0, value: 'Bern', becomes: 'Bern', create: true };

  /** A table with these headings of a file, with what is decided about it. */
  const table = (sha256: string, part: Partial<SheetChoices> = {}, of = teams) =>
    ({ workspace: 'w', view: { ...of, sha256 }, choices: { ...first(), ...part } }) as Table;

  it('is how the last that was imported with these headings was read, and not what one of its names was made', () => {
    remember(table('a', { values: [rule, made], skip: [4] }), false);
    expect(recallHeadings(teams)).toBeUndefined();
    remember(table('a', { values: [rule, made], skip: [4] }), true);
    expect(recallHeadings(teams)).toEqual({ type: 'team', columns: first().columns, values: [rule] });
    forgetHeadings(teams);
    expect(recallHeadings(teams)).toBeUndefined();
  });

  it('is all of what somebody is still at, for that file in that workspace', () => {
    const cells = [{ line: 2, column: 0, value: 'MIT' }];
    remember(table('a', { cells }), false);
    expect(recallFile('w', { ...teams, sha256: 'a' })).toMatchObject({ imported: false, choices: { cells } });
    expect(recallFile('w', { ...teams, sha256: 'b' })).toBeUndefined();
    expect(recallFile('v', { ...teams, sha256: 'a' })).toBeUndefined();
    remember(table('a', { cells }), true);
    expect(recallFile('w', { ...teams, sha256: 'a' })).toMatchObject({ imported: true });
  });

  it('fits into the seat: what was not used for longest goes first, and what was kept in another form is nothing', () => {
    const values = Array.from({ length: 400 }, (_, at) => ({ ...rule, value: `${at}`.padStart(300, 'ü') }));
    const headings = (at: number) => view([`Table ${at}`, 'b', 'c']);
    for (let at = 0; at < 90; at++)
      remember(table(`${at}`, { values: at % 2 === 0 ? values : [] }, headings(at)), true);
    expect(JSON.stringify(useSeat.getState().items).length).toBeLessThan(SEAT_ITEM_LIMIT);
    expect(recallHeadings(headings(89))).toBeDefined();
    expect(recallHeadings(headings(1))).toBeUndefined();
    useSeat.setState({ items: { 'sheet-choices': [{ file: 'moon' }] } });
    expect(recallHeadings(headings(89))).toBeUndefined();
  });
});
