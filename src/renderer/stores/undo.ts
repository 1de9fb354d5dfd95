import type { UndoConflict } from '#shared/contract/faults.ts';
import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { describeTransaction } from '../text/audit.ts';
import { faultData } from '../text/faults.ts';
import { dropNotice, notice, report } from '../ui/notices.tsx';
import { askAboutConflicts } from '../ui/conflicts.tsx';

export type Direction = 'undo' | 'redo';

/** What a notice about a new change needs: an id, and the way back. A call that changed nothing has none to go. */
export function undoable(opId: string | null): { id?: string; action?: { label: string; run: () => void } } {
  if (opId === null) return {};
  // What was undone before can no longer be redone.
  dropNotice('undo');
  return { id: noticeOf(opId), action: { label: say('common:undo'), run: () => void undoOp(opId) } };
}

/** A notice about a change carries this id, so that it goes when the change is undone another way. */
export function noticeOf(opId: string): string {
  return `op:${opId}`;
}

/**
 * Undoes or redoes the next change of the one who acts, and says what it was. Where somebody else has changed the same since,
 * it asks. Failures are told in a notice.
 */
export async function stepBack(direction: Direction): Promise<void> {
  try {
    const step = (await api.history.state({}))[direction];
    if (step === null) {
      notice({
        id: 'undo',
        title: say(direction === 'undo' ? 'frame:nothingToUndo' : 'frame:nothingToRedo'),
        stays: 3000,
      });
      return;
    }
    await attempt(direction, step.op_id, describeTransaction(step.label, step.params));
  } catch (error) {
    report(error);
  }
}

async function attempt(direction: Direction, opId: string, what: string): Promise<void> {
  try {
    const done = await api.history[direction]({ on_conflict: 'ask' });
    told(direction, opId, what, done.left);
  } catch (error) {
    const conflict = faultData(error, 'UNDO_CONFLICT');
    if (!conflict) throw error;
    const choice = await askAboutConflicts(direction, what, conflict.conflicts);
    if (choice === null) return;
    await decided(direction, opId, what, choice);
  }
}

/** Undoes as the person chose. Where everything was changed since, leaving that leaves nothing to undo. */
async function decided(
  direction: Direction,
  opId: string,
  what: string,
  choice: 'leave' | 'overwrite',
): Promise<void> {
  try {
    const done = await api.history[direction]({ on_conflict: choice });
    told(direction, opId, what, done.left);
  } catch (error) {
    if (!faultData(error, 'UNDO_CONFLICT')) throw error;
    notice({ id: 'undo', title: say('frame:nothingLeft'), more: say('frame:nothingLeftMore') });
  }
}

function told(direction: Direction, opId: string, what: string, left: readonly UndoConflict[]): void {
  dropNotice(noticeOf(opId));
  const back: Direction = direction === 'undo' ? 'redo' : 'undo';
  notice({
    id: 'undo',
    title: say(direction === 'undo' ? 'frame:undid' : 'frame:redid', { what }),
    ...(left.length > 0 ? { more: say('frame:left', { count: left.length }) } : {}),
    action: { label: say(`common:${back}`), run: () => void stepBack(back) },
  });
}

/** Undoes the change that a notice tells of. When something else was done since, that is said instead of undoing the wrong one. */
export async function undoOp(opId: string): Promise<void> {
  try {
    const { undo } = await api.history.state({});
    if (undo?.op_id === opId) await attempt('undo', opId, describeTransaction(undo.label, undo.params));
    else notice({ title: say('frame:notLatest'), more: say('frame:notLatestMore') });
  } catch (error) {
    report(error);
  }
}
