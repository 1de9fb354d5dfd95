import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { refreshed } from './moves.ts';

/** Play's log from a refresh until that was last undone, or done again. */
export interface SteppedOver {
  refresh: number;
  /** The transaction that undid it, or did it again, and how many rows of the log are about that. */
  id: number;
  changes: number;
  /** 1 where it did it again. */
  again: 0 | 1;
}

const steppedOverRefreshes = `SELECT refresh.id AS refresh, step.id, step.changes, step.redoes IS NOT NULL AS again
  FROM audit_transactions refresh
  JOIN audit_transactions step ON step.undoes = refresh.op_id OR step.redoes = refresh.op_id
  WHERE refresh.id >= ? AND refresh.label = '${refreshed}'`;
const actions = 'SELECT action FROM audit_logs WHERE entity_id = ? AND id >= ? AND id < ?';

/** Where Play's log steps over its refreshes since both logs part. */
export const steppedOver = (play: ReadHandle, common: number): SteppedOver[] =>
  play.all<SteppedOver>(steppedOverRefreshes, [common]);

/**
 * Tells whether a transaction of Play's log lies between a refresh of a record and its undo or redo. A redo that brings a record back steps over
 * nothing: if it was promoted meanwhile that Play does not have it, Play has it again.
 */
export function betweenIn(
  play: ReadHandle,
  all: readonly SteppedOver[],
  record: string,
): (at: number) => boolean {
  const about = all.filter(({ id, changes, again }) => {
    const done = play.column<AuditLogRow['action']>(actions, [record, id, id + changes]);
    const brings = done.some((action) => action === 'create' || action === 'restore');
    return done.length > 0 && !(brings && again === 1);
  });
  return (at) => about.some(({ refresh, id }) => refresh <= at && at < id);
}
