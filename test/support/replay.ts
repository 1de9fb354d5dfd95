import type Database from 'better-sqlite3';
import type { LiveRow } from './live.ts';

interface LogRow {
  id: number;
  action: string;
  entity_type: LiveRow['type'];
  entity_id: string;
  payload_before: string | null;
  payload_after: string | null;
  created_at: string;
}

type Fields = Map<string, unknown>;

/** The fields of an object in its text's own order; `__proto__` is a field like any other. */
function fieldsIn(text: string): Fields {
  return new Map(Object.entries(JSON.parse(text) as object));
}

function textOf(fields: Fields): string {
  const object = Object.create(null) as Record<string, unknown>;
  for (const [field, value] of fields) {
    Object.defineProperty(object, field, { value, enumerable: true, configurable: true, writable: true });
  }
  return JSON.stringify(object);
}

/**
 * What the audit says there is: every record replayed from empty, row by row in the order of the log. Written anew for the
 * tests, so that a mistake in core's own replay does not hide here. With `transaction`, only as far as that one of the log.
 */
export function replayAudit(db: Database.Database, transaction?: number): Map<string, LiveRow> {
  const records = new Map<string, LiveRow>();
  const next = 'SELECT min(id) FROM audit_transactions WHERE id > ?';
  const end = transaction === undefined ? null : db.prepare(next).pluck().get(transaction);
  const rows = db
    .prepare('SELECT * FROM audit_logs WHERE id < coalesce(?, id + 1) ORDER BY id')
    .all(end) as LogRow[];
  for (const row of rows) {
    const { action, entity_type: type, entity_id: id, created_at } = row;
    const known = records.get(id);
    if (action === 'create') {
      if (known || row.payload_after === null) throw new Error(`row ${row.id} creates ${id} wrongly`);
      const payload = row.payload_after;
      records.set(id, { type, id, payload, created_at, updated_at: created_at, deleted_at: null });
      continue;
    }
    if (!known || known.type !== type) throw new Error(`row ${row.id} changes ${id}, which is not there`);
    if ((known.deleted_at !== null) !== (action === 'restore')) {
      throw new Error(`row ${row.id} does ${action} to ${id} at the wrong time`);
    }
    known.updated_at = created_at;
    if (action === 'restore') known.deleted_at = null;
    else if (action === 'delete') known.deleted_at = created_at;
    else known.payload = patched(known.payload, row);
  }
  return records;
}

function patched(payload: string, row: LogRow): string {
  const fields = fieldsIn(payload);
  const before = fieldsIn(row.payload_before ?? '{}');
  const after = fieldsIn(row.payload_after ?? '{}');
  for (const field of before.keys()) if (!after.has(field)) fields.delete(field);
  for (const [field, value] of after) fields.set(field, value);
  return textOf(fields);
}
