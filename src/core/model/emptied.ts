import type { ReadHandle } from '../kernel/db/connection.ts';

/**
 * How a field was emptied last: what it was, and because of which record. Of what somebody did itself only what is not undone counts, and
 * no undoing of that. What was given back since counts no more, however it went after that.
 */
const last = `SELECT l.payload_before ->> :path AS was, l.meta ->> '$.because' AS because
  FROM audit_logs l JOIN audit_transactions t ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id)
  WHERE l.entity_id = :id AND l.action = 'update' AND l.payload_before ->> :path IS NOT NULL
    AND (l.meta ->> '$.because' IS NOT NULL OR t.undoes IS NULL AND t.redoes IS NULL AND (
      SELECT undoes FROM audit_transactions WHERE undoes = t.op_id OR redoes = t.op_id ORDER BY id DESC LIMIT 1
    ) IS NOT t.op_id)
    AND NOT EXISTS (SELECT 1 FROM audit_logs AS again
      WHERE again.entity_id = :id AND again.id > l.id AND again.payload_after ->> :path = :named)
  ORDER BY l.id DESC LIMIT 1`;

/** Whether a reference that is empty now lost what it `named` because that went: what somebody emptied itself is theirs to fill. */
export function lostWith(
  db: ReadHandle,
  { id, field, named }: { id: string; field: string; named: string },
): boolean {
  const found = db.get<{ was: string; because: string | null }>(last, { id, path: `$.${field}`, named });
  return found?.was === named && found.because !== null;
}
