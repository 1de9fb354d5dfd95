import type { Json } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { lostWith } from '../model/emptied.ts';
import { emptiedWith } from '../model/removal.ts';
import { parse } from './effect.ts';

interface Span {
  id: number;
  changes: number;
}

const deletion = `SELECT meta FROM audit_logs WHERE entity_id = ? AND action = 'delete' AND id < ? ORDER BY id DESC LIMIT 1`;
const restored = `SELECT 1 FROM audit_logs
  WHERE entity_id = :id AND action = 'restore' AND id >= :from AND id < :until LIMIT 1`;

const because = (id: string): string => JSON.stringify({ because: id });

/** Whether a transaction brought a record back, so that it goes again where that is taken back. */
function comesIn(db: ReadHandle, { id: from, changes }: Span, id: string): boolean {
  return db.get(restored, { id, from, until: from + changes }) !== undefined;
}

/**
 * The meta of the deletion that takes back a row of a transaction which restored a record: where the record had gone because of another,
 * and both came back in that transaction, it goes because of that one again. Else who restores that one alone would not have it back.
 */
export function metaOfGoing(db: ReadHandle, span: Span, row: AuditLogRow): string | null {
  if (row.meta !== null || row.action !== 'restore') return row.meta;
  const { because: cause } = parse(
    db.get<{ meta: string | null }>(deletion, [row.entity_id, row.id])?.meta ?? null,
  );
  return typeof cause === 'string' && comesIn(db, span, cause) ? because(cause) : null;
}

/** Of references that a transaction set and that are to be emptied again, those to a record that it brought back: the field, and the meta. */
export function emptiedBecause(
  db: ReadHandle,
  span: Span,
  row: AuditLogRow,
  set: ReadonlyMap<string, Json>,
): { field: string; meta: string } | null {
  if (row.meta !== null) return null;
  const after = parse(row.payload_after);
  for (const { type, field } of emptiedWith) {
    const to = after[field];
    if (type !== row.entity_type || set.get(field) !== null || typeof to !== 'string') continue;
    if (comesIn(db, span, to)) return { field, meta: because(to) };
  }
  return null;
}

/**
 * Whether a reference that was emptied because its record went, and is empty now, has been filled and emptied by somebody meanwhile: though it
 * stands as it was left, it is theirs.
 */
export function emptiedSince(db: ReadHandle, row: AuditLogRow, field: string): boolean {
  const [named, left] = [parse(row.payload_before)[field], parse(row.payload_after)[field]];
  if (typeof parse(row.meta)['because'] !== 'string' || typeof named !== 'string') return false;
  return typeof left !== 'string' && !lostWith(db, { id: row.entity_id, field, named });
}
