import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnTarget, SheetChoices, SheetView } from '#shared/contract/sheets.ts';
import {
  hasOpenDoubts,
  initialChoices,
  openDoubts,
  parseTarget,
  targetValue,
  withColumn,
  withLeftColumns,
  withoutCustomColumns,
  withSettled,
  withType,
} from '#renderer/features/transfer/choices.ts';
import { dropHeadings, recallHeadings, rememberTable } from '#renderer/features/transfer/remember.ts';
import type { Table } from '#renderer/features/transfer/state.ts';
import { useSeat } from '#renderer/stores/seat.ts';

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
    hidden_sheets: 0,
    titled: null,
    sheet: 0,
    header: 1,
    top: [],
    rows: 2,
    columns: names.map((name) => ({ name, samples: [], filled: 2 })),
    notices: [],
    row_types: [],
    doubts: { types: null, type_column: null, names: {}, roles: {}, groups: [], encodings: [] },
    type_column: null,
    type: 'team',
    guesses,
    answers: false,
    exported: null,
  };
}

const teams = view(['Name', 'Title', 'Major'], {
  team: [field('name'), { to: 'own', name: 'Title' }, field('discipline')],
  project: [field('name'), { to: 'own', name: 'Title' }, field('type')],
});
const first = (): SheetChoices => initialChoices(teams, undefined, 'univ_1');

describe('choices for a table', () => {
  it('begin with the guess, or the last mapping', () => {
    expect(first()).toMatchObject({
      type: 'team',
      columns: teams.guesses.team,
      university: 'univ_1',
      matching: 'ask',
    });
    const columns = [field('name'), { to: 'ignore' as const }, { to: 'id' as const }];
    expect(initialChoices(teams, { type: 'project', columns, values: [] }, null)).toMatchObject({
      type: 'project',
      columns,
    });
  });

  it('leave an unclear encoding open until the layout names one', () => {
    const encodings = [
      { encoding: 'windows-1250' as const, sample: 'Fűrész' },
      { encoding: 'windows-1252' as const, sample: 'Fûrész' },
    ];
    const unclear = { ...teams, doubts: { ...teams.doubts, encodings } };
    expect(openDoubts(unclear, first())).toEqual({
      types: null,
      names: null,
      titled: null,
      roles: [],
      groups: [],
      encodings,
    });
    expect(openDoubts(teams, first()).encodings).toEqual([]);
  });

  it('leave out all custom fields at once, and take that back', () => {
    const without = withoutCustomColumns(first());
    expect(without.columns).toEqual([field('name'), { to: 'ignore' }, field('discipline')]);
    expect(withLeftColumns(without, teams)).toEqual(first());
  });

  it('ask for a role until a column has it or a person says that none does', () => {
    const unread = {
      ...teams,
      doubts: { ...teams.doubts, roles: { team: [{ field: 'size', columns: [1] }] } },
    };
    expect(hasOpenDoubts(unread, first())).toBe(true);
    expect(hasOpenDoubts(unread, withColumn(first(), unread, 1, field('size')))).toBe(false);
    expect(hasOpenDoubts(unread, withSettled(first(), 'size'))).toBe(false);
  });

  it('ask for the names if no column has them, and not for rows with an id', () => {
    const unnamed = withColumn(first(), teams, 0, field('lifecycle'));
    expect(openDoubts(teams, unnamed).names).toEqual({ guessed: null });
    expect(openDoubts(teams, withColumn(unnamed, teams, 1, { to: 'id' })).names).toBeNull();
    expect(openDoubts(teams, withType(unnamed, teams, 'interface')).names).toBeNull();
  });

  it('read a list of links as links, and each row by its column only if chosen', () => {
    const guesses = { interface: [field('from'), field('to'), field('interface_type')] };
    const links: SheetView = {
      ...view(['From', 'To', 'Type'], guesses),
      type: 'interface',
      row_types: ['student', 'faculty'],
      type_column: 2,
    };
    const choices = initialChoices(links, undefined, null);
    expect(choices).toMatchObject({ type: 'interface', columns: guesses.interface, elsewhere: [] });
    expect(withType(choices, links, null)).toMatchObject({ type: 'student', elsewhere: ['faculty'] });
  });

  it('give a field to one column: the former one keeps its own name', () => {
    const { columns } = withColumn(first(), teams, 1, field('name'));
    expect(columns).toEqual([{ to: 'own', name: 'Name' }, field('name'), field('discipline')]);
    const ids = withColumn(withColumn(first(), teams, 0, { to: 'id' }), teams, 1, { to: 'id' });
    expect(ids.columns.map(targetValue)).toEqual(['own', 'id', 'field:discipline']);
    const loss = withColumn(first(), teams, 1, field('energy_loss'));
    const kept = withColumn(loss, teams, 2, parseTarget('rest_of:energy_loss', 'Major'));
    expect(kept.columns.map(targetValue)).toEqual(['field:name', 'own', 'rest_of:energy_loss']);
    expect(kept.settled).toContain('energy_loss');
    const two = withColumn(first(), teams, 2, { to: 'ignore' });
    expect(withColumn(two, teams, 1, { to: 'ignore' }).columns.map(targetValue)).toEqual([
      'field:name',
      'ignore',
      'ignore',
    ]);
  });
});

describe('remembered tables', () => {
  beforeEach(() => useSeat.setState({ items: {} }));

  const rule = { column: 2, value: 'Elec', becomes: 'electrical', create: false };
  const made = { column: 0, value: 'Bern', becomes: 'Bern', create: true };

  /** A table with these headings of a file, with what is decided about it. */
  const table = (sha256: string, part: Partial<SheetChoices> = {}, of = teams) =>
    ({
      workspace: 'w',
      layout: { sheet: 0, header: 1 },
      view: { ...of, sha256 },
      choices: { ...first(), ...part },
      others: [] as Table['others'],
    }) as Table;

  it('keep a column of the rest of a share', () => {
    const { columns } = withColumn(first(), teams, 2, { to: 'rest_of', field: 'energy_loss' });
    rememberTable(table('a', { columns }), { isImported: true });
    expect(recallHeadings(teams)?.columns[2]).toEqual({ to: 'rest_of', field: 'energy_loss' });
  });

  it('keep how the last import with these headings was read, and not what one of its names became', () => {
    rememberTable(table('a', { values: [rule, made], skip: [4] }), { isImported: false });
    expect(recallHeadings(teams)).toBeUndefined();
    rememberTable(table('a', { values: [rule, made], skip: [4] }), { isImported: true });
    expect(recallHeadings(teams)).toEqual({
      type: 'team',
      columns: first().columns,
      chosen: [],
      values: [rule],
      elsewhere: [],
    });
    dropHeadings(teams);
    expect(recallHeadings(teams)).toBeUndefined();
  });
});
