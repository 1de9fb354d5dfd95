import { visibleCondition } from '../../kernel/db/schema.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { newestLogRow, readHead } from '../../log/audit/head.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { Cell } from './cell.ts';
import { changedRecords } from '../changed-records.ts';
import { Column } from './column.ts';

/** With more changes than this since the last refresh, reading everything again is cheaper. */
const maxChanges = 2000;
const rowsPerStep = 4000;
/** Old values stay in their columns. After more changes than this per row, the columns are read again. */
const maxStalePerRow = 2;

const rowColumns = `r.rowid AS row, r.id, (${visibleCondition('r')}) AS visible`;

interface Row {
  row: number;
  id: string;
  visible: number;
}

/** The rows of a record table in memory, by row number; columns are read on first use. Call `refresh` before use. */
export class TableColumns {
  readonly #db: ReadHandle;
  readonly #type: EntityType;
  readonly #columns = new Map<string, Column>();
  readonly #slots = new Map<string, number>();
  rowids: number[] = [];
  visible: boolean[] = [];
  generation = 0;
  #headId = -1;
  #lastLogRow = 0;
  #changes = 0;

  constructor(db: ReadHandle, type: EntityType) {
    this.#db = db;
    this.#type = type;
  }

  column(expression: string): Column {
    let column = this.#columns.get(expression);
    if (!column) {
      const sql = `SELECT ${expression} FROM ${tableOf[this.#type]} r ORDER BY r.rowid`;
      column = new Column(this.#db.column<Cell>(sql));
      // Another process wrote between reading the rows and this column.
      if (column.codes.length !== this.rowids.length || readHead(this.#db).id !== this.#headId) {
        this.#readAll();
        return this.column(expression);
      }
      this.#columns.set(expression, column);
    }
    return column;
  }

  has(expression: string): boolean {
    return this.#columns.has(expression);
  }

  /** Does the work of `refresh`, some rows at a step, unless the table has been read already. */
  *readRowsAhead(): Generator<void, void, void> {
    if (this.#headId >= 0) return;
    // Read before the rows, so that the next refresh takes the changes made meanwhile from the log.
    const [headId, lastLogRow] = [readHead(this.#db).id, newestLogRow(this.#db)];
    this.#clear();
    const { generation } = this;
    const sql = `SELECT ${rowColumns} FROM ${tableOf[this.#type]} r WHERE r.rowid > ? ORDER BY r.rowid LIMIT ${rowsPerStep}`;
    for (let lastRowid: number | undefined = Number.MIN_SAFE_INTEGER; lastRowid !== undefined;) {
      const rows: Row[] = this.#db.all<Row>(sql, [lastRowid]);
      for (const row of rows) this.#append(row);
      lastRowid = rows.length === rowsPerStep ? rows.at(-1)?.row : undefined;
      yield;
      if (this.generation !== generation) return;
    }
    this.#headId = headId;
    this.#lastLogRow = lastLogRow;
  }

  /** Reads a column ahead, some rows at a step. Stops if the table changes meanwhile; the column is then read on first use. */
  *readAhead(expression: string, stepSize = rowsPerStep): Generator<void, void, void> {
    if (this.#columns.has(expression)) return;
    const [generation, headId] = [this.generation, this.#headId];
    const rows = `FROM ${tableOf[this.#type]} r WHERE r.rowid BETWEEN ? AND ? ORDER BY r.rowid`;
    const cells: Cell[] = [];
    for (let start = 0; start < this.rowids.length; start += stepSize) {
      const end = Math.min(start + stepSize, this.rowids.length) - 1;
      const range = [this.rowids[start] as number, this.rowids[end] as number];
      cells.push(...this.#db.column<Cell>(`SELECT ${expression} ${rows}`, range));
      yield;
      if (this.generation !== generation || this.#headId !== headId) return;
    }
    if (cells.length !== this.rowids.length || readHead(this.#db).id !== headId) return;
    if (!this.#columns.has(expression)) this.#columns.set(expression, new Column(cells));
  }

  *foldAhead(expression: string): Generator<void, void, void> {
    yield* this.#columns.get(expression)?.foldAhead(rowsPerStep) ?? [];
  }

  *orderAhead(expression: string): Generator<void, void, void> {
    yield* this.#columns.get(expression)?.orderAhead(rowsPerStep) ?? [];
  }

  counts(expression: string): readonly (readonly [value: Cell, count: number])[] {
    const { values, codes } = this.column(expression);
    const counts = new Uint32Array(values.length);
    for (const [slot, code] of codes.entries())
      if (this.visible[slot]) counts[code] = (counts[code] as number) + 1;
    return values.map((value, code) => [value, counts[code] as number] as const);
  }

  visibleSlots(tests: readonly ((slot: number) => boolean)[]): Uint32Array {
    const slots = new Uint32Array(this.rowids.length);
    let count = 0;
    for (let slot = 0; slot < slots.length; slot += 1) {
      if (!this.visible[slot] || !tests.every((test) => test(slot))) continue;
      slots[count] = slot;
      count += 1;
    }
    return slots.subarray(0, count);
  }

  refresh(): void {
    const headId = readHead(this.#db).id;
    if (headId === this.#headId) return;
    // Read before the changes: a commit in between is then seen twice rather than missed.
    const lastLogRow = newestLogRow(this.#db);
    const changedIds = this.#headId < 0 ? null : this.#changedIds();
    if (changedIds === null || this.#changes > this.rowids.length * maxStalePerRow) {
      this.#readAll();
      return;
    }
    for (const id of changedIds) if (!this.#updateRow(id)) return this.#readAll();
    this.#changes += changedIds.length;
    this.#headId = headId;
    this.#lastLogRow = lastLogRow;
  }

  #changedIds(): string[] | null {
    return changedRecords(this.#db, [this.#type], this.#lastLogRow, maxChanges);
  }

  #readAll(): void {
    const headId = readHead(this.#db).id;
    const lastLogRow = newestLogRow(this.#db);
    // If reading fails, the next call starts again.
    this.#clear();
    const sql = `SELECT ${rowColumns} FROM ${tableOf[this.#type]} r ORDER BY r.rowid`;
    for (const row of this.#db.iterate<Row>(sql)) this.#append(row);
    this.#headId = headId;
    this.#lastLogRow = lastLogRow;
  }

  #clear(): void {
    this.#headId = -1;
    this.#changes = 0;
    this.generation += 1;
    this.#columns.clear();
    this.#slots.clear();
    this.rowids = [];
    this.visible = [];
  }

  #append({ row, id, visible }: Row): void {
    this.#slots.set(id, this.rowids.push(row) - 1);
    this.visible.push(visible === 1);
  }

  /** Updates one record. False if the table must be read again: the row is missing, or neither new at the end nor in its old slot. */
  #updateRow(id: string): boolean {
    const expressions = [...this.#columns.keys()];
    const cells = expressions.map((expression, index) => `, ${expression} AS c${index}`).join('');
    const sql = `SELECT r.rowid AS row, (${visibleCondition('r')}) AS visible${cells} FROM ${tableOf[this.#type]} r WHERE r.id = ?`;
    const row = this.#db.get<Record<string, Cell>>(sql, [id]);
    if (!row) return !this.#slots.has(id);
    const rowid = row.row as number;
    let slot = this.#slots.get(id);
    if (slot === undefined) {
      if (rowid <= (this.rowids.at(-1) ?? 0)) return false;
      slot = this.rowids.push(rowid) - 1;
      this.#slots.set(id, slot);
    }
    if (this.rowids[slot] !== rowid) return false;
    this.visible[slot] = row.visible === 1;
    for (const [index, expression] of expressions.entries()) {
      this.#columns.get(expression)?.set(slot, row[`c${index}`] ?? null);
    }
    return true;
  }
}
