import { Fault } from '#shared/contract/faults.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';

const universityQuery = `SELECT 1 FROM universities WHERE id = ? AND ${visibleCondition()}`;

/** Throws NOT_FOUND for the id of an unknown university; null and undefined stand for all. */
export function assertUniversity(db: ReadHandle, id: string | null | undefined): void {
  if (id == null || db.get(universityQuery, [id])) return;
  throw new Fault('NOT_FOUND', { type: 'university', id });
}
