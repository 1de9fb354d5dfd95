import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { describeTransaction } from '../text/audit.ts';
import { faultData } from '../text/faults.ts';
import { dropNotice, notice, report } from '../ui/notices.tsx';
import { askAboutConflicts } from '../ui/conflicts.tsx';
import { keys, queries } from './queries.ts';
import { passOver, skip } from './skipped.ts';

export type Direction = 'undo' | 'redo';
type Step = NonNullable<Awaited<ReturnType<typeof api.history.state>>['undo']>;
type Undone = Awaited<ReturnType<typeof api.history.undo>>;

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

let running: Promise<void> = Promise.resolve();

/** One step after the other: what comes next is looked up when the step before is done. Failures are told in a notice. */
function inTurn(work: () => Promise<void>): Promise<void> {
  running = running.then(work).catch((error: unknown) => {
    if (faultData(error, 'UNDO_CHANGED')) void queries.invalidateQueries({ queryKey: keys.undo });
    report(error);
  });
  return running;
}

/**
 * Undoes or redoes the next change of the one who acts, and says what it was. Where somebody else has changed the same since,
 * it asks; where another change came in between, it undoes nothing and says so. Failures are told in a notice.
 */
export function stepBack(direction: Direction): Promise<void> {
  return inTurn(async () => {
    const step = (await api.history.state({ skip: skip() }))[direction];
    if (step) return attempt(direction, step);
    notice({
      id: 'undo',
      title: say(direction === 'undo' ? 'frame:nothingToUndo' : 'frame:nothingToRedo'),
      stays: 3000,
    });
  });
}

async function attempt(direction: Direction, step: Step): Promise<void> {
  const expect = step.op_id;
  try {
    told(direction, expect, await api.history[direction]({ on_conflict: 'ask', expect, skip: skip() }));
  } catch (error) {
    const conflict = faultData(error, 'UNDO_CONFLICT');
    if (!conflict) throw error;
    const what = describeTransaction(step.label, step.params);
    const choice = await askAboutConflicts(direction, what, expect, conflict.conflicts);
    if (choice === 'pass') passOn(direction, expect);
    else if (choice !== null) await decided(direction, expect, choice);
  }
}

/** Undoes as the person chose. Where everything was changed since, leaving that leaves nothing to undo. */
async function decided(direction: Direction, expect: string, choice: 'leave' | 'overwrite'): Promise<void> {
  try {
    told(direction, expect, await api.history[direction]({ on_conflict: choice, expect, skip: skip() }));
  } catch (error) {
    if (!faultData(error, 'UNDO_CONFLICT')) throw error;
    notice({
      id: 'undo',
      title: say('frame:nothingLeft'),
      more: say('frame:nothingLeftMore'),
      action: { label: say('frame:passOver'), run: () => passOn(direction, expect) },
    });
  }
}

/** What cannot be taken back must not be in the way of what lies before it. */
function passOn(direction: Direction, opId: string): void {
  passOver(opId);
  void queries.invalidateQueries({ queryKey: keys.undo });
  void stepBack(direction);
}

/** Says what was done, in the words of the answer. */
function told(direction: Direction, opId: string, { label, params, left }: Undone): void {
  dropNotice(noticeOf(opId));
  const back: Direction = direction === 'undo' ? 'redo' : 'undo';
  const what = describeTransaction(label, params);
  notice({
    id: 'undo',
    title: say(direction === 'undo' ? 'frame:undid' : 'frame:redid', { what }),
    ...(left.length > 0 ? { more: say('frame:left', { count: left.length }) } : {}),
    action: { label: say(`common:${back}`), run: () => void stepBack(back) },
  });
}

/** Undoes the change that a notice tells of. When something else was done since, that is said instead of undoing the wrong one. */
export function undoOp(opId: string): Promise<void> {
  return inTurn(async () => {
    const { undo } = await api.history.state({ skip: skip() });
    if (undo?.op_id === opId) return attempt('undo', undo);
    notice({ title: say('frame:notLatest'), more: say('frame:notLatestMore') });
  });
}
