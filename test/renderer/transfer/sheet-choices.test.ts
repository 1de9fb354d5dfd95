import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnTarget, SheetChoices, SheetView } from '#shared/contract/sheets.ts';
import {
  firstChoices,
  targetOf,
  targetValue,
  withCell,
  withColumn,
  withoutLines,
  withSame,
  withType,
  withValue,
} from '#renderer/features/transfer/sheet/choices.ts';
import { forget, recall, remember, signatureOf } from '#renderer/features/transfer/sheet/remember.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import type { Json } from '#shared/domain/json.ts';
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
const first = (): SheetChoices => firstChoices(teams, null, 'univ_1');

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
    // It is in the table only because it was said.
    expect(withValue(wrong, rule('30.02.', '28.02.'), false).values).toEqual([
      rule('31.02.', '28.02.'),
      rule('Elec', 'Elektro'),
    ]);
    // The table has it too.
    expect(withValue(wrong, rule('30.02.', '28.02.')).values).toEqual([
      rule('31.02.', '28.02.'),
      rule('Elec', 'Elektro'),
      rule('30.02.', '28.02.'),
    ]);
    // That it is right as it stands.
    expect(withValue(wrong, rule('Elektro', 'Elektro', true), false).values).toContainEqual(
      rule('Elec', 'Elektro', true),
    );
    // Another column's are its own.
    expect(withValue(wrong, { ...rule('30.02.', '28.02.'), column: 1 }, false).values).toEqual(wrong.values);
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

describe('two names that mean one', () => {
  const rule = (value: string, becomes: string) => ({ column: 2, value, becomes, create: true });

  it('are read as the one that is right, also where another had been read as the wrong one', () => {
    const one = withSame(first(), 2, 'Purdue', 'Purdue University');
    expect(one.values).toEqual([rule('Purdue', 'Purdue University')]);
    const chain = withSame(withSame(first(), 2, 'Perdue', 'Purdue'), 2, 'Purdue', 'Purdue University');
    expect(chain.values).toEqual([rule('Perdue', 'Purdue University'), rule('Purdue', 'Purdue University')]);
  });

  it('may be turned round', () => {
    const kept = withValue(first(), rule('Purdue', 'Purdue'));
    expect(withSame(kept, 2, 'Purdue Uni', 'Purdue').values).toEqual([rule('Purdue Uni', 'Purdue')]);
    const back = withSame(withSame(first(), 2, 'A', 'B'), 2, 'B', 'A');
    expect(back.values).toEqual([rule('B', 'A')]);
  });
});

describe('a mapping that is remembered', () => {
  const seatText = (): string => JSON.stringify(useSeat.getState().items['sheet-columns']);
  beforeEach(() => useSeat.setState({ items: {} }));
  const mapped = {
    type: 'team' as const,
    columns: [field('name'), { to: 'ignore' as const }, field('discipline')],
    values: [{ column: 2, value: 'Elec', becomes: 'electrical', create: false }],
  };

  it('is found again by the headings of the table, however they are written', () => {
    expect(recall(teams)).toBeNull();
    remember(teams, mapped);
    expect(recall(view([' NAME', 'title', 'Major']))).toEqual(mapped);
    expect(recall(view(['Name', 'Title']))).toBeNull();
    expect(signatureOf(view(['a', 'bc']))).not.toBe(signatureOf(view(['ab', 'c'])));
    remember(teams, { ...mapped, type: 'project' });
    expect(recall(teams)?.type).toBe('project');
    forget(teams);
    expect(recall(teams)).toBeNull();
  });

  it('holds what values meant, but not that a name was made into a record', () => {
    const rule = { column: 0, value: 'Coast', becomes: 'Coast', create: true };
    const same = { ...rule, value: 'Cost' };
    remember(teams, { ...mapped, values: [...mapped.values, rule, same] });
    expect(recall(teams)?.values).toEqual([...mapped.values, same]);
    const columns = mapped.columns as unknown as Json;
    const before = { table: signatureOf(teams), type: 'team', columns };
    useSeat.setState({ items: { 'sheet-columns': [before] } });
    expect(recall(teams)?.values).toEqual([]);
    useSeat.setState({ items: { 'sheet-columns': [{ ...before, values: 7 }] } });
    expect(recall(teams)).toMatchObject({ type: 'team', values: [] });
  });

  it('holds what was decided of one file for that file only', () => {
    const file = { workspace: 'w', sha256: 'abc', sheet: 0, header: 1 };
    const again = {
      cells: [{ line: 2, column: 0, value: 'MIT' }],
      missing: { university_id: 'empty' as const },
      university: 'univ_1',
    };
    remember(teams, { ...mapped, ...again }, file);
    expect(recall(teams, file)).toEqual({ ...mapped, again });
    for (const other of [{ workspace: 'v' }, { sha256: 'b' }, { sheet: 1 }, { header: 2 }])
      expect(recall(teams, { ...file, ...other })).toEqual(mapped);
    const cells = Array.from({ length: 5000 }, (_, line) => ({
      line: line + 1,
      column: 0,
      value: 'x'.repeat(90),
    }));
    remember(teams, { ...mapped, ...again, cells }, file);
    expect(recall(teams, file)).toEqual(mapped);
  });

  it('fits into the seat, however much was read: what was not used for longest goes first', () => {
    const values = Array.from({ length: 400 }, (_, at) => ({
      column: 2,
      value: `${at}`.padStart(150, 'ü'),
      becomes: 'electrical',
      create: false,
    }));
    for (let table = 0; table < 12; table++)
      remember(view([`Table ${table}`, 'b', 'c']), { ...mapped, values });
    expect(seatText().length).toBeLessThan(SEAT_ITEM_LIMIT);
    expect(recall(view(['Table 0', 'b', 'c']))).toBeNull();
    // The readings that were made last are kept.
    expect(recall(view(['Table 11', 'b', 'c']))?.values).toEqual(values.slice(-200));
  });

  it('of one table that takes too much keeps its columns, and leaves the other tables alone', () => {
    remember(teams, mapped);
    const wide = view(Array.from({ length: 250 }, (_, at) => `${at}`.padStart(120, 'w')));
    const columns = wide.columns.map(({ name }) => ({ to: 'own' as const, name }));
    const values = Array.from({ length: 200 }, (_, at) => ({
      column: at,
      value: `${at}`.padStart(200, '"'),
      becomes: '"'.repeat(200),
      create: false,
    }));
    remember(wide, { type: 'team', columns, values });
    expect(recall(wide)).toEqual({ type: 'team', columns, values: [] });
    expect(recall(teams)).toEqual(mapped);
    const long = { column: 2, value: 'Elec', becomes: 'e'.repeat(30_000), create: false };
    remember(teams, { ...mapped, values: [long, ...mapped.values] });
    expect(recall(teams)).toEqual(mapped);
  });

  it('is one of forty, and what was kept in another form is no mapping', () => {
    for (let table = 0; table < 45; table++) remember(view([`Table ${table}`, 'b', 'c']), mapped);
    expect(recall(view(['Table 4', 'b', 'c']))).toBeNull();
    expect(recall(view(['Table 5', 'b', 'c']))).toEqual(mapped);
    const table = signatureOf(teams);
    for (const item of [
      { table, type: 'starship', columns: [] },
      { table, type: 'team', columns: [{ to: 'moon' }] },
      { table, type: 'team', columns: [] },
    ]) {
      useSeat.setState({ items: { 'sheet-columns': [item] } });
      expect(recall(teams)).toBeNull();
    }
    useSeat.setState({ items: { 'sheet-columns': 'nothing' } });
    expect(recall(teams)).toBeNull();
  });
});
