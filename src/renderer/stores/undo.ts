import { atStart } from '../api/window-state.ts';
import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { describeTransaction } from '../text/audit.ts';
import { joinWithAnd, capitalised } from '../text/names.ts';
import { dropNotice, notice, reportError } from '../ui/notices.tsx';
import { skippedSteps, passOver, readNext } from './next-steps.ts';
import { faultData, permissionText } from '../text/faults.ts';
import { askAboutConflicts, reportUndoConflict } from '../ui/conflicts.tsx';
import type { NoticeAction } from './notices.ts';
import type { Direction, Step } from './next-steps.ts';
import { queryKeys, queryClient } from './queries.ts';

/** Changes named in the notice; more are only counted. */
const named = 3;

const most = 200;

async function wayTo(direction: Direction, opId: string): Promise<ReadonlySet<string>> {
  const { undo, redo } = await api.history.steps({ limit: most, skip: skippedSteps() });
  const ops = (direction === 'undo' ? undo : redo).map(({ op_id }) => op_id);
  const at = ops.indexOf(opId);
  return new Set(at < 0 ? [] : ops.slice(0, at + 1));
}

/**
 * Undoes or redoes changes one by one up to the given one, never beyond. Asks about conflicts as for a single step; choosing nothing stops
 * there. A notice reports the number, with an action that reverses all.
 */
export function stepsTo(direction: Direction, opId: string): Promise<void> {
  return inTurn(async () => {
    const way = await wayTo(direction, opId);
    const taken: { op: string; what: string }[] = [];
    let left = 0;
    let stopped = false;
    try {
      while (!stopped) {
        const step = (await api.history.state({ skip: skippedSteps() }))[direction];
        // Never goes beyond the given change, even if that turns out to be gone.
        if (!step || !way.has(step.op_id)) break;
        const outcome = await attemptStep(direction, step, (_direction, op, undone) => {
          dropNotice(noticeOf(op));
          left += undone.left.length;
          taken.push({ op, what: describeTransaction(undone.label, undone.params) });
        });
        stopped = outcome === 'stopped';
        if (step.op_id === opId) break;
      }
    } finally {
      notify(direction, taken, { left, stopped });
    }
  });
}

function notify(
  direction: Direction,
  taken: readonly { op: string; what: string }[],
  { left, stopped }: { left: number; stopped: boolean },
): void {
  const [first] = taken;
  if (!first) return;
  const back: Direction = direction === 'undo' ? 'redo' : 'undo';
  const more = [
    taken.length <= named ? joinWithAnd(taken.map(({ what }) => what)) : '',
    left > 0 ? say('frame:left', { count: left }) : '',
    stopped ? say('steps:stopped') : '',
  ].filter((part) => part !== '');
  notice({
    id: 'undo',
    title: say(direction === 'undo' ? 'steps:didUndo' : 'steps:didRedo', { count: taken.length }),
    ...(more.length > 0 ? { more: more.join(' · ') } : {}),
    action: {
      label: say(`common:${back}`),
      run: () => void stepsTo(back, first.op),
      // The last step is the first to reverse.
      step: { direction: back, op: taken.at(-1)?.op ?? first.op },
    },
  });
}

type Undone = Awaited<ReturnType<typeof api.history.undo>>;
/** The result of a step: done, skipped by the person, or stopped. */
export type Outcome = 'done' | 'passed' | 'stopped';

/** The id and the undo action of a notice about a new change. Nothing for a call that changed nothing. */
export function undoAction(opId: string | null): { id?: string; action?: NoticeAction } {
  if (opId === null) return {};
  // A new change ends the possibility to redo.
  dropNotice('undo');
  return {
    id: noticeOf(opId),
    action: {
      label: say('common:undo'),
      run: () => void undoOp(opId),
      step: { direction: 'undo', op: opId },
    },
  };
}

/** The notice id of a change, so that undoing the change elsewhere ends the notice. */
export function noticeOf(opId: string): string {
  return `op:${opId}`;
}

let running: Promise<void>;
atStart(() => {
  running = Promise.resolve();
});

/** Runs steps one after the other, because the next step is known only when the last one is done. Failures are shown in a notice. */
export function inTurn(work: () => Promise<unknown>): Promise<void> {
  running = running
    .then(async () => void (await work()))
    .catch((error: unknown) => {
      if (faultData(error, 'UNDO_CHANGED')) void queryClient.invalidateQueries({ queryKey: queryKeys.undo });
      reportError(error);
    });
  return running;
}

/**
 * Undoes or redoes the actor's next change and reports it. Asks if others have changed the same since; if another change came in between,
 * undoes nothing and says so. Failures are shown in a notice.
 */
export function stepBack(direction: Direction): Promise<void> {
  return inTurn(async () => {
    const step = (await readNext())[direction];
    if (step) {
      if ((await attemptStep(direction, step)) === 'passed') void stepBack(direction);
      return;
    }
    notice({
      id: 'undo',
      title: say(direction === 'undo' ? 'faults:NOTHING_TO_UNDO.title' : 'frame:nothingToRedo'),
      stays: 3000,
    });
  });
}

/** Takes one step and asks in case of a conflict. `tell` reports it; the default reports nothing for a successful step. */
export async function attemptStep(
  direction: Direction,
  step: Step,
  notify: Notify = notifyUndone,
): Promise<Outcome> {
  const expect = step.op_id;
  try {
    notify(direction, expect, await taken(direction, expect, 'ask'));
    return 'done';
  } catch (error) {
    const forbidden = faultData(error, 'FORBIDDEN');
    if (forbidden && direction === 'undo') return refused(expect, forbidden.rule);
    const conflict = faultData(error, 'UNDO_CONFLICT');
    if (!conflict) throw error;
    const what = describeTransaction(step.label, step.params);
    const choice = await askAboutConflicts(direction, what, expect, conflict.conflicts);
    if (choice === null) return 'stopped';
    if (choice !== 'pass') return decided(direction, expect, choice, notify);
    skipStep(expect);
    return 'passed';
  }
}

async function taken(
  direction: Direction,
  expect: string,
  on_conflict: 'ask' | 'leave' | 'overwrite',
): Promise<Undone> {
  return await api.history[direction]({ on_conflict, expect, skip: skippedSteps() });
}

type Notify = (direction: Direction, opId: string, undone: Undone) => void;

/** Undoes as the person decided. If everything was changed since, nothing remains to undo. */
async function decided(
  direction: Direction,
  expect: string,
  choice: 'leave' | 'overwrite',
  notify: Notify,
): Promise<Outcome> {
  try {
    notify(direction, expect, await taken(direction, expect, choice));
    return 'done';
  } catch (error) {
    if (!faultData(error, 'UNDO_CONFLICT')) throw error;
    notice({
      id: 'undo',
      title: capitalised(say('steps:gone')),
      more: say('frame:nothingLeftMore'),
      action: pastIt(direction, expect),
    });
    return 'stopped';
  }
}

/** Reports that the actor's current role does not allow the step, and offers the one before it. */
function refused(expect: string, rule: string): Outcome {
  notice({
    id: 'undo',
    title: say('faults:FORBIDDEN.title'),
    more: permissionText(rule),
    action: pastIt('undo', expect),
  });
  return 'stopped';
}

function pastIt(direction: Direction, expect: string): NoticeAction {
  return {
    label: say('frame:passOver'),
    run: () => {
      skipStep(expect);
      void stepBack(direction);
    },
  };
}

/** Skips a change that cannot be undone, so that earlier ones can. */
function skipStep(opId: string): void {
  passOver(opId);
  void queryClient.invalidateQueries({ queryKey: queryKeys.undo });
  void queryClient.invalidateQueries({ queryKey: queryKeys.steps });
}

function notifyUndone(direction: Direction, opId: string, { label, params, left }: Undone): void {
  dropNotice(noticeOf(opId));
  const back: Direction = direction === 'undo' ? 'redo' : 'undo';
  const what = describeTransaction(label, params);
  notice({
    id: 'undo',
    title: say(direction === 'undo' ? 'audit:undo' : 'audit:redo', { what }),
    ...(left.length > 0 ? { more: say('frame:left', { count: left.length }) } : {}),
    action: {
      label: say(`common:${back}`),
      run: () => void stepBack(back),
      step: { direction: back, op: opId },
    },
  });
}

/** Undoes the change of a notice. If another change came since, reports that instead. */
export function undoOp(opId: string): Promise<void> {
  return inTurn(async () => {
    const { undo } = await readNext();
    if (undo?.op_id === opId) {
      if ((await attemptStep('undo', undo)) === 'passed') void stepBack('undo');
      return;
    }
    notice({ title: say('frame:notLatest'), more: say('frame:notLatestMore') });
  });
}

/** Undoes one change by itself, by any author and at any age: completely, or not at all, with a report of the conflicts. */
export function undoOne({ op_id, label, params }: Pick<Step, 'op_id' | 'label' | 'params'>): Promise<void> {
  return inTurn(async () => {
    try {
      const undone = await api.history.undoChange({ op_id });
      notifyUndone('undo', op_id, undone);
    } catch (error) {
      const conflict = faultData(error, 'UNDO_CONFLICT');
      if (conflict) await reportUndoConflict(describeTransaction(label, params), op_id, conflict.conflicts);
      else if (faultData(error, 'NOTHING_TO_UNDO'))
        notice({ id: 'undo', title: say('history:alone.gone'), more: say('history:alone.goneMore') });
      else throw error;
    }
  });
}
