import type { Filter, Sort } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import { stateFields } from '#shared/domain/states.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { computedColumnsOf, fieldExpression, isListedSize } from '../filters.ts';
import { shapeExpression } from '../custom-fields.ts';
import type { NameIndex } from '../name-index.ts';
import { titleColumn } from '../names.ts';
import { tallySources } from '../tallies.ts';
import { compareCells } from './cell.ts';
import type { Cell } from './cell.ts';
import { orderSlots } from './order.ts';
import { Shapes } from './shapes.ts';
import { TableColumns } from './table.ts';
import { countsListed, filterExpression, filterTest, wordTest } from './filter-tests.ts';
import type { SlotTest } from './filter-tests.ts';

/** How often reading restarts because another process wrote, before SQLite answers instead. */
const maxAttempts = 3;

/** Visible records that pass every filter and whose title contains every word of the search. */
export interface MatchQuery {
  type: EntityType;
  filters: readonly Filter[];
  search: string;
}

/** Rows whose shapes are read in one step, at some 7 µs each. */
const shapeRowsPerStep = 1000;

/**
 * The record tables in memory, column by column, for the questions that a window repeats: which records match, and in which order. Reads
 * only requested columns. Answers equal SQLite's (checked by a property test) and take a few milliseconds. Leaves to SQLite what SQLite
 * does faster.
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

  /** Row numbers of the matching visible records, ascending; null if SQLite must answer. Throws INVALID for unknown fields. */
  matchingRows({ type, filters, search }: MatchQuery): number[] | null {
    const words = search.split(/\s+/).filter(Boolean);
    return this.#retryOnReload(type, (table) => {
      const tests: SlotTest[] = words.map((word) => wordTest(table, this.#names, type, word));
      for (const filter of filters) {
        const test = filterTest(table, this.#names, type, filter);
        if (!test) return null;
        tests.push(test);
      }
      return table.visibleSlots(tests);
    });
  }

  /** Row numbers of all visible records in the order of a list; null if SQLite sorts faster. Throws INVALID for unknown fields. */
  orderedRows(type: EntityType, sorts: readonly Sort[]): number[] | null {
    return this.#retryOnReload(type, (table) =>
      sorts.some(({ field }) => countsListed(table, type, field))
        ? null
        : orderSlots(table, this.#names, type, sorts, table.visibleSlots([]), (field) =>
            countsIn(table, tallySources(type, field), (otherType) => this.#table(otherType)),
          ),
    );
  }

  customFields(type: EntityType): readonly CustomField[] {
    const table = this.#table(type);
    table.refresh();
    return this.#shapesOf(type).fieldsIn(table.counts(shapeExpression(type)));
  }

  /** Like `customFields`, but reads unknown shapes some rows at a step. */
  *findCustomFields(type: EntityType): Generator<number, readonly CustomField[], void> {
    const table = this.#table(type);
    for (const _ of table.readRowsAhead()) yield 0;
    table.refresh();
    for (const _ of this.#readShapesAhead(type)) yield 0;
    return this.customFields(type);
  }

  *#readShapesAhead(type: EntityType): Generator<void, void, void> {
    const [table, shape] = [this.#table(type), shapeExpression(type)];
    yield* table.readAhead(shape, shapeRowsPerStep);
    if (table.has(shape)) yield* this.#shapesOf(type).parseAhead(table.counts(shape));
  }

  /** Whether 1 and 0 in a custom field mean yes and no: some value is boolean and none is a number. */
  isYesNoField(type: EntityType, field: string): boolean {
    const name = customNameOf(field);
    if (name === null) return false;
    const table = this.#table(type);
    table.refresh();
    const kinds = this.#shapesOf(type).kindsOf(name, table.counts(shapeExpression(type)));
    return kinds.has('boolean') && !kinds.has('number');
  }

  /** False if the column of the field has been read and holds no day. */
  canHoldDays(type: EntityType, field: string): boolean {
    const [table, expression] = [this.#table(type), fieldExpression(type, field)];
    if (!table.has(expression)) return true;
    return table.column(expression).values.some((cell) => typeof cell === 'string' && isDay(cell));
  }

  /** Values of a custom field in visible records with their counts: most frequent first, then in value order. */
  customValues(type: EntityType, field: string): { value: Cell; count: number }[] {
    const table = this.#table(type);
    table.refresh();
    return table
      .counts(fieldExpression(type, field))
      .filter(([, count]) => count > 0)
      .toSorted(([a, countA], [b, countB]) => countB - countA || compareCells(a, b))
      .map(([value, count]) => ({ value, count }));
  }

  /** Reads ahead the names and rows that every answer about the type needs, some rows at a step. */
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
      const fields = [
        ...computedColumnsOf(type),
        'created_at',
        ...(stateFields[type] ? [stateFields[type].key] : []),
      ];
      for (const field of fields) {
        table.refresh();
        yield* table.readAhead(isListedSize(type, field) ? 'r.size' : fieldExpression(type, field));
      }
      table.refresh();
      yield* this.#readShapesAhead(type);
      yield* table.foldAhead(`r.${titleColumn(type)}`);
      yield* table.orderAhead(`r.${titleColumn(type)}`);
    }
  }

  #retryOnReload(type: EntityType, read: (table: TableColumns) => Uint32Array | null): number[] | null {
    this.#names.refresh();
    const table = this.#table(type);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      table.refresh();
      const { generation } = table;
      const slots = read(table);
      if (!slots) return null;
      // If the table was read again meanwhile, its slots changed.
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

/** Returns by slot how many visible records refer to the record, in the columns of `sources`; null without sources. */
function countsIn(
  table: TableColumns,
  sources: readonly (readonly [type: EntityType, column: string])[] | null,
  tableFor: (type: EntityType) => TableColumns,
): Uint32Array | null {
  if (!sources) return null;
  const counts = new Map<unknown, number>();
  for (const [type, name] of sources) {
    const sourceTable = tableFor(type);
    sourceTable.refresh();
    const { values, codes } = sourceTable.column(`r.${name}`);
    const countByCode = new Uint32Array(values.length);
    for (const [slot, code] of codes.entries())
      if (sourceTable.visible[slot]) countByCode[code] = (countByCode[code] as number) + 1;
    for (const [code, id] of values.entries())
      counts.set(id, (counts.get(id) ?? 0) + (countByCode[code] as number));
  }
  const { values, codes } = table.column('r.id');
  return Uint32Array.from(codes, (code) => counts.get(values[code]) ?? 0);
}
