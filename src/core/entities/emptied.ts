import type { ReadHandle } from '../db/connection.ts';

/** How a field of a record became empty last. */
interface Emptying {
  /** The row of the log that says it. */
  row: number;
  /** What the field was before, as text. */
  was: string;
  /** The id of the record that it was emptied because of; null where somebody emptied it itself. */
  because: string | null;
}

const last = `SELECT id AS row, payload_before ->> :path AS was, meta ->> '$.because' AS because FROM audit_logs
  WHERE entity_id = :id AND action = 'update' AND payload_before ->> :path IS NOT NULL ORDER BY id DESC LIMIT 1`;

/** Of a reference that is empty now, what emptied it last; undefined where it was never set. */
export const lastEmptying = (db: ReadHandle, id: string, field: string): Emptying | undefined =>
  db.get<Emptying>(last, { id, path: `$.${field}` });

/** Whether a reference that is empty now lost what it `named` because that went: what somebody emptied itself is theirs to fill. */
export function lostWith(
  db: ReadHandle,
  { id, field, named }: { id: string; field: string; named: string },
): boolean {
  const emptying = lastEmptying(db, id, field);
  return emptying?.was === named && emptying.because !== null;
}
