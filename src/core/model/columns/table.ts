import { visibleCondition } from '../../kernel/db/schema.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { readHead } from '../../log/audit/head.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { Cell } from './cell.ts';
import { changedRecords } from '../changed-records.ts';
import { Column } from './column.ts';

/** With more changes than this since the last refresh, reading everything again is cheaper. */
const mostChanges = 2000;
const piece = 4000;
/** Old values stay in their columns; after this many changes for each row the columns are read again. */
const mostStale = 2;

const rowParts = `r.rowid AS row, r.id, (${visibleCondition('r')}) AS live`;
const newestRow = 'SELECT coalesce(max(id), 0) AS id FROM audit_logs';

interface Row {
  row: number;
  id: string;
  live: number;
}

/** The rows of a record table in memory, by row number; columns are read on first use. Call `refresh` before use. */
export class TableColumns {
  readonly #db: ReadHandle;
  readonly #type: EntityType;
  readonly #columns = new Map<string, Column>();
  readonly #slots = new Map<string, number>();
  rowids: number[] = [];
  live: boolean[] = [];
  generation = 0;
  #position = -1;
  #lastRow = 0;
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
      // Another process wrote between the two reads: start again.
      if (column.codes.length !== this.rowids.length || readHead(this.#db).id !== this.#position) {
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
    if (this.#position >= 0) return;
    // Read before the rows: changes made meanwhile follow from the log.
    const [head, last] = [readHead(this.#db).id, this.#newestRow()];
    this.#forget();
    const { generation } = this;
    const sql = `SELECT ${rowParts} FROM ${tableOf[this.#type]} r WHERE r.rowid > ? ORDER BY r.rowid LIMIT ${piece}`;
    for (let after: number | undefined = Number.MIN_SAFE_INTEGER; after !== undefined;) {
      const rows: Row[] = this.#db.all<Row>(sql, [after]);
      for (const row of rows) this.#append(row);
      after = rows.length === piece ? rows.at(-1)?.row : undefined;
      yield;
      if (this.generation !== generation) return;
    }
    this.#position = head;
    this.#lastRow = last;
  }

  /** Reads a column ahead, some rows at a step. Gives up if the table changes meanwhile; the first use reads it then. */
  *readAhead(expression: string, rowsAStep = piece): Generator<void, void, void> {
    if (this.#columns.has(expression)) return;
    const [generation, position] = [this.generation, this.#position];
    const rows = `FROM ${tableOf[this.#type]} r WHERE r.rowid BETWEEN ? AND ? ORDER BY r.rowid`;
    const cells: Cell[] = [];
    for (let at = 0; at < this.rowids.length; at += rowsAStep) {
      const last = Math.min(at + rowsAStep, this.rowids.length) - 1;
      const range = [this.rowids[at] as number, this.rowids[last] as number];
      cells.push(...this.#db.column<Cell>(`SELECT ${expression} ${rows}`, range));
      yield;
      if (this.generation !== generation || this.#position !== position) return;
    }
    if (cells.length !== this.rowids.length || readHead(this.#db).id !== position) return;
    if (!this.#columns.has(expression)) this.#columns.set(expression, new Column(cells));
  }

  *foldAhead(expression: string): Generator<void, void, void> {
    yield* this.#columns.get(expression)?.foldAhead(piece) ?? [];
  }

  *orderAhead(expression: string): Generator<void, void, void> {
    yield* this.#columns.get(expression)?.orderAhead(piece) ?? [];
  }

  counts(expression: string): readonly (readonly [value: Cell, count: number])[] {
    const { values, codes } = this.column(expression);
    const counts = new Uint32Array(values.length);
    for (const [slot, code] of codes.entries())
      if (this.live[slot]) counts[code] = (counts[code] as number) + 1;
    return values.map((value, code) => [value, counts[code] as number] as const);
  }

  liveSlots(tests: readonly ((slot: number) => boolean)[]): Uint32Array {
    const slots = new Uint32Array(this.rowids.length);
    let count = 0;
    for (let slot = 0; slot < slots.length; slot += 1) {
      if (!this.live[slot] || !tests.every((passes) => passes(slot))) continue;
      slots[count] = slot;
      count += 1;
    }
    return slots.subarray(0, count);
  }

  refresh(): void {
    const head = readHead(this.#db).id;
    if (head === this.#position) return;
    // Read before the changes: a commit in between is then seen twice rather than missed.
    const last = this.#newestRow();
    const changed = this.#position < 0 ? null : this.#changedIds();
    if (changed === null || this.#changes > this.rowids.length * mostStale) {
      this.#readAll();
      return;
    }
    for (const id of changed) if (!this.#readOne(id)) return this.#readAll();
    this.#changes += changed.length;
    this.#position = head;
    this.#lastRow = last;
  }

  #newestRow(): number {
    return this.#db.get<{ id: number }>(newestRow)?.id ?? 0;
  }

  #changedIds(): string[] | null {
    return changedRecords(this.#db, [this.#type], this.#lastRow, mostChanges);
  }

  #readAll(): void {
    const head = readHead(this.#db).id;
    const last = this.#newestRow();
    // If reading fails, the next call starts again.
    this.#forget();
    const sql = `SELECT ${rowParts} FROM ${tableOf[this.#type]} r ORDER BY r.rowid`;
    for (const row of this.#db.iterate<Row>(sql)) this.#append(row);
    this.#position = head;
    this.#lastRow = last;
  }

  #forget(): void {
    this.#position = -1;
    this.#changes = 0;
    this.generation += 1;
    this.#columns.clear();
    this.#slots.clear();
    this.rowids = [];
    this.live = [];
  }

  #append({ row, id, live }: Row): void {
    this.#slots.set(id, this.rowids.push(row) - 1);
    this.live.push(live === 1);
  }

  /** Updates one record. False if its row is neither new at the end nor in its old slot. */
  #readOne(id: string): boolean {
    const expressions = [...this.#columns.keys()];
    const cells = expressions.map((expression, index) => `, ${expression} AS c${index}`).join('');
    const sql = `SELECT r.rowid AS row, (${visibleCondition('r')}) AS live${cells} FROM ${tableOf[this.#type]} r WHERE r.id = ?`;
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
    this.live[slot] = row.live === 1;
    for (const [index, expression] of expressions.entries()) {
      this.#columns.get(expression)?.set(slot, row[`c${index}`] ?? null);
    }
    return true;
  }
}
