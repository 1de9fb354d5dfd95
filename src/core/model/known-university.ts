import { Fault } from '#shared/contract/faults.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visible } from '../kernel/db/schema.ts';

const known = `SELECT 1 FROM universities WHERE id = ? AND ${visible()}`;

/** Refuses the id of a university that is not there; null and undefined stand for all. Throws NOT_FOUND. */
export function assertUniversity(db: ReadHandle, id: string | null | undefined): void {
  if (id == null || db.get(known, [id])) return;
  throw new Fault('NOT_FOUND', `There is no university "${id}".`, { type: 'university', id });
}
