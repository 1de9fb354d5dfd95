import type { JsonObject } from '#shared/domain/json.ts';
import { applyPatch, isEmptyPatch, applyEdit, patchBetween } from '#shared/domain/patch.ts';
import { storedFile } from '#shared/domain/entities.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { AuditTransaction } from '../audit/audit-transaction.ts';
import type { WriteHandle } from '../../kernel/db/connection.ts';
import type { StoredRecord } from './stored-record.ts';
import { universityOf } from './university.ts';

const rowsPerBatch = 50;
const rowPlaceholders = '(?, ?, :time, :time)';

function statementsFor(table: string) {
  const insert = `INSERT INTO ${table} (id, payload, created_at, updated_at) VALUES`;
  return {
    insert: `${insert} ${rowPlaceholders}`,
    insertBatch: `${insert} ${Array.from({ length: rowsPerBatch }, () => rowPlaceholders).join(', ')}`,
    update: `UPDATE ${table} SET payload = ?, updated_at = ? WHERE id = ?`,
    remove: `UPDATE ${table} SET deleted_at = ?, updated_at = ? WHERE id = ?`,
    restore: `UPDATE ${table} SET deleted_at = NULL, updated_at = ? WHERE id = ?`,
  };
}

const statements = Object.fromEntries(
  Object.entries(tableOf).map(([type, table]) => [type, statementsFor(table)]),
) as Record<AuditedType, ReturnType<typeof statementsFor>>;

/** Whether the store has a file of this content. */
export type HasContent = (sha256: string) => boolean;

/** Writes records, each with its audit row, in one transaction. Commands check permissions and validity first. */
export class RecordWriter {
  readonly #db: WriteHandle;
  readonly #audit: AuditTransaction;
  readonly #hasContent: HasContent | undefined;
  readonly #pendingRows = new Map<AuditedType, string[]>();

  constructor(db: WriteHandle, audit: AuditTransaction, hasContent?: HasContent) {
    this.#db = db;
    this.#audit = audit;
    this.#hasContent = hasContent;
  }

  /** Creates a record. The id must be unused, even by a deleted record. */
  create(record: StoredRecord): void {
    const { type, id } = record;
    const after = JSON.stringify(record.payload);
    const time = this.#audit.time;
    this.#db.run(statements[type].insert, [id, after], { time });
    const university = universityOf(this.#db, record);
    const meta = this.#noteOnFile(type, record.payload);
    this.#audit.add({ action: 'create', type, id, university, before: null, after, meta });
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
    if (type === 'document') {
      // Each row notes whether its file is here.
      this.flush();
      this.create({ type, id, payload: JSON.parse(after) as JsonObject });
      return;
    }
    // Insert parents before children: SQLite scans whole tables for the children of a parent that is inserted later.
    if (!this.#pendingRows.has(type)) this.flush();
    let pending = this.#pendingRows.get(type);
    if (!pending) this.#pendingRows.set(type, (pending = []));
    pending.push(id, after);
    if (pending.length >= rowsPerBatch * 2) this.#insert(statements[type].insertBatch, pending.splice(0));
    this.#audit.addCreationLater(type, id, university, after);
  }

  flush(): void {
    for (const [type, pending] of this.#pendingRows) {
      while (pending.length > 0) this.#insert(statements[type].insert, pending.splice(0, 2));
    }
    this.#pendingRows.clear();
  }

  #insert(statement: string, values: string[]): void {
    this.#db.run(statement, values, { time: this.#audit.time });
  }

  /** Sets the fields of `set` and removes those of `unset`; skips unchanged fields. Returns the new payload, or null if nothing changed. */
  update(record: StoredRecord, set: JsonObject, unset: readonly string[] = []): JsonObject | null {
    return this.replace(record, applyEdit(record.payload, { set, unset }));
  }

  /** Makes a record's payload equal to `after`. Returns the new payload, or null if nothing changed. */
  replace(record: StoredRecord, after: JsonObject): JsonObject | null {
    const patch = patchBetween(record.payload, after);
    if (isEmptyPatch(patch)) return null;
    const payload = applyPatch(record.payload, patch);
    this.#db.run(statements[record.type].update, [JSON.stringify(payload), this.#audit.time, record.id]);
    this.#audit.add({
      action: 'update',
      type: record.type,
      id: record.id,
      university: universityOf(this.#db, { ...record, payload }) ?? universityOf(this.#db, record),
      before: JSON.stringify(patch.before),
      after: JSON.stringify(patch.after),
      meta: this.#noteOnFile(record.type, patch.after ?? {}),
    });
    return payload;
  }

  /** Notes in the row that gives a document its file whether the file is here, so that a file that goes missing later is known as damage. */
  #noteOnFile(type: AuditedType, fields: JsonObject): string | null {
    if (type !== 'document' || !this.#hasContent) return null;
    const file = storedFile.safeParse(fields['file']);
    if (!file.success) return null;
    return JSON.stringify({ file: this.#hasContent(file.data.sha256) ? 'here' : 'elsewhere' });
  }

  /** Marks a record as deleted. Pass `knownUniversity` to skip the lookup of its university. */
  remove(record: StoredRecord, knownUniversity?: string | null): void {
    const university = knownUniversity ?? universityOf(this.#db, record);
    const { type, id } = record;
    this.#db.run(statements[type].remove, [this.#audit.time, this.#audit.time, id]);
    const before = JSON.stringify(record.payload);
    this.#audit.add({ action: 'delete', type, id, university, before, after: null });
  }

  restore(record: StoredRecord, knownUniversity?: string | null): void {
    const { type, id } = record;
    this.#db.run(statements[type].restore, [this.#audit.time, id]);
    const after = JSON.stringify(record.payload);
    const university = knownUniversity ?? universityOf(this.#db, record);
    this.#audit.add({ action: 'restore', type, id, university, before: null, after });
  }
}
