import { Fault } from '#shared/contract/faults.ts';
import type { UndoConflict } from '#shared/contract/fault-data.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import { assertCanWrite } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { runYielding } from '../kernel/progress.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { invertTransaction } from './invert.ts';
import { isUndone, latestTransactionOf } from '../log/audit/undone.ts';
import { findLaterChanges } from './later-changes.ts';
import { nextRedo, nextUndo, actLabelsSql } from './stack.ts';

export interface UndoResult {
  op_id: string;
  label: string;
  params: JsonObject;
  changes: number;
  left: UndoConflict[];
}

export interface UndoOrRedoOptions {
  on_conflict: 'ask' | 'leave' | 'overwrite';
  expect?: string | undefined;
  skip: readonly string[];
}

/**
 * Undoes the actor's latest change (or redoes the last undone one) by a new transaction that names it. Throws NOTHING_TO_UNDO, FORBIDDEN,
 * UNDO_CHANGED if another change is next than the caller expects, and UNDO_CONFLICT if nothing could be undone or the caller wants to
 * decide.
 */
export function undoOrRedo(
  { session, services }: CallContext,
  direction: 'undo' | 'redo',
  { on_conflict, expect, skip }: UndoOrRedoOptions,
  signal?: AbortSignal,
): Promise<UndoResult> {
  const { queue, source } = services;
  return queue.job(session, direction, async (write) => {
    const step = (direction === 'undo' ? nextUndo : nextRedo)(write.db, write.actor.id, new Set(skip));
    if (expect !== undefined && step?.op_id !== expect)
      throw new Fault('UNDO_CHANGED', { next: step?.op_id ?? null });
    if (!step) throw nothingToUndoFault(direction);
    const work = invertTransaction(write, step.transaction, { overwrite: on_conflict === 'overwrite' });
    const skipped = await runYielding(work, { clock: source.clock, signal });
    if (skipped.length > 0 && (on_conflict === 'ask' || write.audit.changes === 0))
      throw conflictFault(skipped, step.op_id);
    const { op_id: change, label, params } = step;
    write.audit.label(direction, { label, params });
    if (direction === 'undo') write.audit.undoes(change);
    else write.audit.redoes(change);
    return { op_id: write.audit.op_id, label, params, changes: write.audit.changes, left: skipped };
  });
}

const changeQuery = `SELECT label, params, actor FROM audit_transactions
  WHERE op_id = ? AND undoes IS NULL AND redoes IS NULL AND label NOT IN (${actLabelsSql})`;

/**
 * Undoes one change by any author, by a new transaction that names it. Undoes it completely, or not at all if a part was changed later.
 * Throws NOT_FOUND, NOTHING_TO_UNDO if it is undone already or has no effect left, UNDO_CONFLICT, FORBIDDEN, CANCELLED.
 */
export function undoChange(
  { session, services }: CallContext,
  { op_id }: { op_id: string },
  signal?: AbortSignal,
): Promise<UndoResult> {
  const { queue, source } = services;
  return queue.job(session, 'undo', async (write) => {
    assertCanWrite(write.actor, { type: 'transaction', id: op_id });
    const change = write.db.get<Pick<AuditTransactionRow, 'label' | 'params' | 'actor'>>(changeQuery, [
      op_id,
    ]);
    const transaction = change && latestTransactionOf(write.db, op_id);
    if (!transaction) throw new Fault('NOT_FOUND', { type: 'transaction', id: op_id });
    if (isUndone(write.db, op_id)) throw nothingToUndoFault('undo');
    const pace = { clock: source.clock, signal };
    const laterChanges = await runYielding(findLaterChanges(write.db, transaction), pace);
    if (laterChanges.length > 0) throw conflictFault(laterChanges, op_id);
    const skipped = await runYielding(invertTransaction(write, transaction, { overwrite: false }), pace);
    if (skipped.length > 0) throw conflictFault(skipped, op_id);
    if (write.audit.changes === 0) throw nothingToUndoFault('undo');
    const { label } = change;
    const params = parsePayload(change.params);
    write.audit.label('undo', { label, params });
    write.audit.undoes(op_id);
    return { op_id: write.audit.op_id, label, params, changes: write.audit.changes, left: skipped };
  });
}

function nothingToUndoFault(direction: 'undo' | 'redo'): Fault {
  return new Fault('NOTHING_TO_UNDO', { direction });
}

function conflictFault(conflicts: UndoConflict[], op_id: string): Fault {
  return new Fault('UNDO_CONFLICT', { conflicts, op_id });
}
