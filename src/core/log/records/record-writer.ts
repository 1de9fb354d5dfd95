import type { JsonObject } from '#shared/domain/json.ts';
import { applyPatch, isEmptyPatch, applyEdit, patchBetween } from '#shared/domain/patch.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { AuditTransaction } from '../audit/audit-transaction.ts';
import type { WriteHandle } from '../../kernel/db/connection.ts';
import type { StoredRecord } from './stored-record.ts';
import { universityOf } from './university.ts';

const batch = 50;
const oneRow = '(?, ?, :time, :time)';

function sqlFor(table: string) {
  const insert = `INSERT INTO ${table} (id, payload, created_at, updated_at) VALUES`;
  return {
    insert: `${insert} ${oneRow}`,
    insertBatch: `${insert} ${Array.from({ length: batch }, () => oneRow).join(', ')}`,
    update: `UPDATE ${table} SET payload = ?, updated_at = ? WHERE id = ?`,
    remove: `UPDATE ${table} SET deleted_at = ?, updated_at = ? WHERE id = ?`,
    restore: `UPDATE ${table} SET deleted_at = NULL, updated_at = ? WHERE id = ?`,
  };
}

const sql = Object.fromEntries(
  Object.entries(tableOf).map(([type, table]) => [type, sqlFor(table)]),
) as Record<AuditedType, ReturnType<typeof sqlFor>>;

/** Writes records, each with its audit row, in one transaction. Commands check permissions and validity before. */
export class RecordWriter {
  readonly #db: WriteHandle;
  readonly #audit: AuditTransaction;
  readonly #waiting = new Map<AuditedType, string[]>();

  constructor(db: WriteHandle, audit: AuditTransaction) {
    this.#db = db;
    this.#audit = audit;
  }

  /** Creates a record. The id must be unused, even by a deleted record. */
  create(record: StoredRecord): void {
    const { type, id } = record;
    const after = JSON.stringify(record.payload);
    const time = this.#audit.time;
    this.#db.run(sql[type].insert, [id, after], { time });
    const university = universityOf(this.#db, record);
    this.#audit.add({ action: 'create', type, id, university, before: null, after });
  }

  /** Like `create`, for many records: fifty rows at a time. Call `flush` before reading the rows. */
  createLater({ type, id, payload }: StoredRecord, university: string | null): void {
    this.createJsonLater({ type, id }, JSON.stringify(payload), university);
  }

  createJsonLater(
    { type, id }: Pick<StoredRecord, 'type' | 'id'>,
    after: string,
    university: string | null,
  ): void {
    // Insert parents before children: SQLite scans whole tables for the children of a parent that is inserted later.
    if (!this.#waiting.has(type)) this.flush();
    let waiting = this.#waiting.get(type);
    if (!waiting) this.#waiting.set(type, (waiting = []));
    waiting.push(id, after);
    if (waiting.length >= batch * 2) this.#insert(sql[type].insertBatch, waiting.splice(0));
    this.#audit.addCreationLater(type, id, university, after);
  }

  flush(): void {
    for (const [type, waiting] of this.#waiting) {
      while (waiting.length > 0) this.#insert(sql[type].insert, waiting.splice(0, 2));
    }
    this.#waiting.clear();
  }

  #insert(statement: string, values: string[]): void {
    this.#db.run(statement, values, { time: this.#audit.time });
  }

  /** Sets the fields of `set` and removes those of `unset`; skips unchanged fields. Returns the new payload, or null if nothing changed. */
  update(record: StoredRecord, set: JsonObject, unset: readonly string[] = []): JsonObject | null {
    return this.replace(record, applyEdit(record.payload, { set, unset }));
  }

  /** Makes a record's payload equal to `wanted`. Returns the new payload, or null if nothing changed. */
  replace(record: StoredRecord, after: JsonObject): JsonObject | null {
    const patch = patchBetween(record.payload, after);
    if (isEmptyPatch(patch)) return null;
    const payload = applyPatch(record.payload, patch);
    this.#db.run(sql[record.type].update, [JSON.stringify(payload), this.#audit.time, record.id]);
    this.#audit.add({
      action: 'update',
      type: record.type,
      id: record.id,
      university: universityOf(this.#db, { ...record, payload }) ?? universityOf(this.#db, record),
      before: JSON.stringify(patch.before),
      after: JSON.stringify(patch.after),
    });
    return payload;
  }

  /** Marks a live record as deleted. `known` is its university, to skip the lookup. */
  remove(record: StoredRecord, knownUniversity?: string | null): void {
    const university = knownUniversity ?? universityOf(this.#db, record);
    const { type, id } = record;
    this.#db.run(sql[type].remove, [this.#audit.time, this.#audit.time, id]);
    const before = JSON.stringify(record.payload);
    this.#audit.add({ action: 'delete', type, id, university, before, after: null });
  }

  restore(record: StoredRecord, knownUniversity?: string | null): void {
    const { type, id } = record;
    this.#db.run(sql[type].restore, [this.#audit.time, id]);
    const after = JSON.stringify(record.payload);
    const university = knownUniversity ?? universityOf(this.#db, record);
    this.#audit.add({ action: 'restore', type, id, university, before: null, after });
  }
}
