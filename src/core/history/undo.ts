import { Fault } from '#shared/contract/faults.ts';
import type { UndoConflict } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { CallContext } from '../services.ts';
import { completed, streamed } from '../progress.ts';
import { readHeader } from './queries.ts';
import { invert } from './invert.ts';
import { rowsReversed } from './rows.ts';
import { nextRedo, nextUndo } from './stack.ts';
import type { Step } from './stack.ts';

export interface Undone {
  op_id: string;
  label: string;
  params: JsonObject;
  changes: number;
  left: UndoConflict[];
}

type OnConflict = 'ask' | 'leave' | 'overwrite';

/**
 * Compensates the actor's latest change that is not undone (or redoes what was undone last) by a new transaction that names it.
 * A change whose effect others have already taken back is passed over: it would be in the way of everything before it for ever.
 * Throws NOTHING_TO_UNDO, FORBIDDEN, and UNDO_CONFLICT when nothing could be taken back or the caller wants to be asked.
 */
export function stepBack(
  { session, services }: CallContext,
  direction: 'undo' | 'redo',
  onConflict: OnConflict,
  signal?: AbortSignal,
): Promise<Undone> {
  const { queue, source } = services;
  return queue.job(session, direction, async (write) => {
    let left: UndoConflict[];
    const passed = new Set<string>();
    let step: Step | null;
    do {
      step = (direction === 'undo' ? nextUndo : nextRedo)(write.db, write.actor.id, passed);
      if (!step) throw nothing(direction);
      const rows = rowsReversed(write.db, step.inverts);
      const work = invert(write, rows, onConflict === 'overwrite');
      const pace = { step: direction, total: step.inverts.changes, clock: source.clock, signal };
      left = await completed(streamed(work, pace));
      if (left.length > 0 && (onConflict === 'ask' || write.audit.changes === 0)) throw conflict(left);
      passed.add(step.change);
    } while (write.audit.changes === 0);
    const { label, params } = readHeader(write.db, step.change);
    write.audit.label(direction, { label, params });
    if (direction === 'undo') write.audit.undoes(step.change);
    else write.audit.redoes(step.change);
    return { op_id: write.audit.op_id, label, params, changes: write.audit.changes, left };
  });
}

function nothing(direction: 'undo' | 'redo'): Fault {
  const message = direction === 'undo' ? 'You have no change left to undo.' : 'There is nothing to redo.';
  return new Fault('NOTHING_TO_UNDO', message, { direction });
}

function conflict(conflicts: UndoConflict[]): Fault {
  const first = conflicts[0] as UndoConflict;
  const what = first.field ? `${first.field} of "${first.title}"` : `"${first.title}"`;
  const more = conflicts.length > 1 ? ` and ${conflicts.length - 1} more` : '';
  const message = `${what}${more} has been changed since. Nothing was undone.`;
  return new Fault('UNDO_CONFLICT', message, { conflicts });
}
