import type { Filter, Sort } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { fieldExpression, listedFields } from '../filters.ts';
import { shapeExpression } from '../custom-fields.ts';
import type { NameIndex } from '../name-index.ts';
import { titleColumn } from '../names.ts';
import { tallySources } from '../tallies.ts';
import { compareCells } from './cell.ts';
import type { Cell } from './cell.ts';
import { orderSlots } from './order.ts';
import { Shapes } from './shapes.ts';
import { TableColumns } from './table.ts';
import { countsIn } from './tally.ts';
import { filterExpression, filterTest, wordTest } from './where.ts';
import type { Test } from './where.ts';

/** How often an answer is restarted because another process wrote, before SQLite is asked instead. */
const attempts = 3;

/** Live records that pass every filter and whose title contains every word of the search. */
export interface Condition {
  type: EntityType;
  filters: readonly Filter[];
  search: string;
}

/** Rows whose shapes are read in one step, at some 7 µs each. */
const shapesAStep = 1000;

/**
 * The record tables in memory, column by column, for the questions that a window repeats: which records match, and in which order. Only
 * requested columns are read. Answers equal SQLite's (checked by a property test) and take a few milliseconds. What SQLite does faster is
 * left to it.
 */
export class ColumnStore {
  readonly #db: ReadHandle;
  readonly #names: NameIndex;
  readonly #tables = new Map<EntityType, TableColumns>();
  readonly #shapes = new Map<EntityType, Shapes>();

  constructor(db: ReadHandle, names: NameIndex) {
    this.#db = db;
    this.#names = names;
  }

  /** Row numbers of the matching live records, ascending; null if SQLite must answer. Throws INVALID for unknown fields. */
  matching({ type, filters, search }: Condition): number[] | null {
    const words = search.split(/\s+/).filter(Boolean);
    return this.#readStable(type, (table) => {
      const tests: Test[] = words.map((word) => wordTest(table, this.#names, type, word));
      for (const filter of filters) {
        const test = filterTest(table, this.#names, type, filter);
        if (!test) return null;
        tests.push(test);
      }
      return table.liveSlots(tests);
    });
  }

  /** Row numbers of all live records in the order of a list; null if SQLite sorts faster. Throws INVALID for unknown fields. */
  order(type: EntityType, sorts: readonly Sort[]): number[] | null {
    return this.#readStable(type, (table) =>
      orderSlots(table, this.#names, type, sorts, table.liveSlots([]), (field) =>
        countsIn(table, tallySources(type, field), (other) => this.#table(other)),
      ),
    );
  }

  ownFields(type: EntityType): readonly OwnField[] {
    const table = this.#table(type);
    table.refresh();
    return this.#shapesOf(type).fieldsIn(table.counts(shapeExpression(type)));
  }

  /** Like `ownFields`, but reads unknown shapes some rows at a step. */
  *findOwnFields(type: EntityType): Generator<number, readonly OwnField[], void> {
    const table = this.#table(type);
    for (const _ of table.readRowsAhead()) yield 0;
    table.refresh();
    for (const _ of this.#readShapesAhead(type)) yield 0;
    return this.ownFields(type);
  }

  *#readShapesAhead(type: EntityType): Generator<void, void, void> {
    const [table, shape] = [this.#table(type), shapeExpression(type)];
    yield* table.readAhead(shape, shapesAStep);
    if (table.has(shape)) yield* this.#shapesOf(type).readAhead(table.counts(shape));
  }

  /** Whether 1 and 0 in a custom field mean yes and no: some value is boolean and none is a number. */
  ownYesNo(type: EntityType, field: string): boolean {
    const name = ownNameOf(field);
    if (name === null) return false;
    const table = this.#table(type);
    table.refresh();
    const kinds = this.#shapesOf(type).kindsOf(name, table.counts(shapeExpression(type)));
    return kinds.has('boolean') && !kinds.has('number');
  }

  /** False if the column of the field has been read and holds no day. */
  mayHoldDays(type: EntityType, field: string): boolean {
    const [table, expression] = [this.#table(type), fieldExpression(type, field)];
    if (!table.has(expression)) return true;
    return table.column(expression).values.some((cell) => typeof cell === 'string' && isDay(cell));
  }

  /** Values of a custom field in live records with their counts: most frequent first, then in value order. */
  ownValues(type: EntityType, field: string): { value: Cell; count: number }[] {
    const table = this.#table(type);
    table.refresh();
    return table
      .counts(fieldExpression(type, field))
      .filter(([, count]) => count > 0)
      .toSorted(([a, one], [b, other]) => other - one || compareCells(a, b))
      .map(([value, count]) => ({ value, count }));
  }

  /** Reads ahead what every answer about the type needs, some rows at a step. */
  *readAhead(type: EntityType): Generator<number, void, void> {
    yield* this.#names.readAhead();
    for (const _ of this.#table(type).readRowsAhead()) yield 0;
  }

  /** Like `readAhead`, with the columns of the filters. Throws INVALID for unknown fields. */
  *readFilteredAhead(type: EntityType, filters: readonly Filter[]): Generator<number, void, void> {
    yield* this.readAhead(type);
    const table = this.#table(type);
    for (const filter of filters) {
      table.refresh();
      for (const _ of table.readAhead(filterExpression(type, filter))) yield 0;
    }
  }

  /** Reads ahead the columns that lists show, some rows at a step, for idle time. */
  *warmUp(): Generator<void, void, void> {
    for (const type of entityTypes) {
      const table = this.#table(type);
      yield* table.readRowsAhead();
      const fields = [...listedFields(type), 'created_at', ...(type === 'student' ? ['status'] : [])];
      for (const field of fields) {
        table.refresh();
        yield* table.readAhead(fieldExpression(type, field));
      }
      table.refresh();
      yield* this.#readShapesAhead(type);
      yield* table.foldAhead(`r.${titleColumn(type)}`);
      yield* table.orderAhead(`r.${titleColumn(type)}`);
    }
  }

  #readStable(type: EntityType, ask: (table: TableColumns) => Uint32Array | null): number[] | null {
    this.#names.refresh();
    const table = this.#table(type);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      table.refresh();
      const { generation } = table;
      const slots = ask(table);
      if (!slots) return null;
      // The table was read again meanwhile, so its slots changed.
      if (table.generation === generation) return Array.from(slots, (slot) => table.rowids[slot] as number);
    }
    return null;
  }

  #shapesOf(type: EntityType): Shapes {
    let shapes = this.#shapes.get(type);
    if (!shapes) this.#shapes.set(type, (shapes = new Shapes()));
    return shapes;
  }

  #table(type: EntityType): TableColumns {
    let table = this.#tables.get(type);
    if (!table) this.#tables.set(type, (table = new TableColumns(this.#db, type)));
    return table;
  }
}
