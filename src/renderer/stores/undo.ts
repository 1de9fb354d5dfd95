import { atStart } from '../api/window-state.ts';
import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { describeTransaction } from '../text/audit.ts';
import { joinWithAnd, capitalised } from '../text/names.ts';
import { dropNotice, notice, reportError } from '../ui/notices.tsx';
import { skippedSteps, skipOp, readNextSteps } from './next-steps.ts';
import { faultData, permissionText } from '../text/faults.ts';
import { askAboutConflicts, reportUndoConflict } from '../ui/conflicts.tsx';
import type { NoticeAction } from './notices.ts';
import type { Direction, Step } from './next-steps.ts';
import { queryKeys, queryClient } from './queries.ts';

/** Maximum number of changes that the notice names; more are only counted. */
const maxNamed = 3;

const maxSteps = 200;

async function stepsUpTo(direction: Direction, opId: string): Promise<ReadonlySet<string>> {
  const { undo, redo } = await api.history.steps({ limit: maxSteps, skip: skippedSteps() });
  const ops = (direction === 'undo' ? undo : redo).map(({ op_id }) => op_id);
  const index = ops.indexOf(opId);
  return new Set(index < 0 ? [] : ops.slice(0, index + 1));
}

/**
 * Undoes or redoes changes one by one up to the given one, never beyond. Asks about conflicts as for a single step; cancelling the question
 * stops there. A notice reports the number, with an action that reverses all.
 */
export function takeStepsTo(direction: Direction, opId: string): Promise<void> {
  return runQueued(async () => {
    const allowedOps = await stepsUpTo(direction, opId);
    const finishedSteps: { op: string; what: string }[] = [];
    let leftCount = 0;
    let isStopped = false;
    try {
      while (!isStopped) {
        const step = (await api.history.nextSteps({ skip: skippedSteps() }))[direction];
        // Never goes beyond the given change, even if that is no longer among the steps.
        if (!step || !allowedOps.has(step.op_id)) break;
        const outcome = await attemptStep(direction, step, (_direction, op, result) => {
          dropNotice(noticeKeyOf(op));
          leftCount += result.left.length;
          finishedSteps.push({ op, what: describeTransaction(result.label, result.params) });
        });
        isStopped = outcome === 'stopped';
        if (step.op_id === opId) break;
      }
    } finally {
      notifySteps(direction, finishedSteps, { leftCount, isStopped });
    }
  });
}

function notifySteps(
  direction: Direction,
  finishedSteps: readonly { op: string; what: string }[],
  { leftCount, isStopped }: { leftCount: number; isStopped: boolean },
): void {
  const [firstStep] = finishedSteps;
  if (!firstStep) return;
  const reverse: Direction = direction === 'undo' ? 'redo' : 'undo';
  const more = [
    finishedSteps.length <= maxNamed ? joinWithAnd(finishedSteps.map(({ what }) => what)) : '',
    leftCount > 0 ? say('frame:left', { count: leftCount }) : '',
    isStopped ? say('steps:stopped') : '',
  ].filter((part) => part !== '');
  notice({
    id: 'undo',
    title: say(direction === 'undo' ? 'steps:didUndo' : 'steps:didRedo', { count: finishedSteps.length }),
    ...(more.length > 0 ? { more: more.join(' · ') } : {}),
    action: {
      label: say(`common:${reverse}`),
      run: () => void takeStepsTo(reverse, firstStep.op),
      // The last step is the first to reverse.
      step: { direction: reverse, op: finishedSteps.at(-1)?.op ?? firstStep.op },
    },
  });
}

type StepResult = Awaited<ReturnType<typeof api.history.undo>>;
/** The result of a step: done, skipped by the person, or stopped. */
export type Outcome = 'done' | 'skipped' | 'stopped';

/** The id and the undo action of a notice about a new change. Nothing for a call that changed nothing. */
export function undoAction(opId: string | null): { id?: string; action?: NoticeAction } {
  if (opId === null) return {};
  // A new change ends the possibility to redo.
  dropNotice('undo');
  return {
    id: noticeKeyOf(opId),
    action: {
      label: say('common:undo'),
      run: () => void undoOp(opId),
      step: { direction: 'undo', op: opId },
    },
  };
}

/** The notice id of a change, so that undoing the change elsewhere ends the notice. */
export function noticeKeyOf(opId: string): string {
  return `op:${opId}`;
}

let queue: Promise<void>;
atStart(() => {
  queue = Promise.resolve();
});

/** Runs steps one after the other, because the next step is known only when the last one is done. Failures are shown in a notice. */
export function runQueued(work: () => Promise<unknown>): Promise<void> {
  queue = queue
    .then(async () => void (await work()))
    .catch((error: unknown) => {
      if (faultData(error, 'UNDO_CHANGED')) void queryClient.invalidateQueries({ queryKey: queryKeys.undo });
      reportError(error);
    });
  return queue;
}

/**
 * Undoes or redoes the actor's next change and reports it. Asks if others have changed the same values since. If another change has become
 * the next step meanwhile, undoes nothing and reports that. Failures are shown in a notice.
 */
export function takeStep(direction: Direction): Promise<void> {
  return runQueued(async () => {
    const step = (await readNextSteps())[direction];
    if (step) {
      if ((await attemptStep(direction, step)) === 'skipped') void takeStep(direction);
      return;
    }
    notice({
      id: 'undo',
      title: say(direction === 'undo' ? 'faults:NOTHING_TO_UNDO.title' : 'frame:nothingToRedo'),
      stays: 3000,
    });
  });
}

/** Takes one step and asks in case of a conflict. `notify` reports a successful step. */
export async function attemptStep(
  direction: Direction,
  step: Step,
  notify: Notify = notifyUndone,
): Promise<Outcome> {
  const opId = step.op_id;
  try {
    notify(direction, opId, await requestStep(direction, opId, 'ask'));
    return 'done';
  } catch (error) {
    const forbidden = faultData(error, 'FORBIDDEN');
    if (forbidden && direction === 'undo') return reportForbidden(opId, forbidden.rule);
    const conflict = faultData(error, 'UNDO_CONFLICT');
    if (!conflict) throw error;
    const what = describeTransaction(step.label, step.params);
    const choice = await askAboutConflicts(direction, what, opId, conflict.conflicts);
    if (choice === null) return 'stopped';
    if (choice !== 'skip') return applyChoice(direction, opId, choice, notify);
    skipStep(opId);
    return 'skipped';
  }
}

async function requestStep(
  direction: Direction,
  opId: string,
  on_conflict: 'ask' | 'leave' | 'overwrite',
): Promise<StepResult> {
  return await api.history[direction]({ on_conflict, expect: opId, skip: skippedSteps() });
}

type Notify = (direction: Direction, opId: string, result: StepResult) => void;

/** Takes the step as the person chose. If others changed everything since, reports that nothing remains to undo. */
async function applyChoice(
  direction: Direction,
  opId: string,
  choice: 'leave' | 'overwrite',
  notify: Notify,
): Promise<Outcome> {
  try {
    notify(direction, opId, await requestStep(direction, opId, choice));
    return 'done';
  } catch (error) {
    if (!faultData(error, 'UNDO_CONFLICT')) throw error;
    notice({
      id: 'undo',
      title: capitalised(say('steps:gone')),
      more: say('frame:nothingLeftMore'),
      action: skipAction(direction, opId),
    });
    return 'stopped';
  }
}

/** Reports that the actor's current role does not allow the step, and offers to skip it. */
function reportForbidden(opId: string, rule: string): Outcome {
  notice({
    id: 'undo',
    title: say('faults:FORBIDDEN.title'),
    more: permissionText(rule),
    action: skipAction('undo', opId),
  });
  return 'stopped';
}

function skipAction(direction: Direction, opId: string): NoticeAction {
  return {
    label: say('frame:passOver'),
    run: () => {
      skipStep(opId);
      void takeStep(direction);
    },
  };
}

/** Skips a change that cannot be undone, so that earlier ones can. */
function skipStep(opId: string): void {
  skipOp(opId);
  void queryClient.invalidateQueries({ queryKey: queryKeys.undo });
  void queryClient.invalidateQueries({ queryKey: queryKeys.steps });
}

function notifyUndone(direction: Direction, opId: string, { label, params, left }: StepResult): void {
  dropNotice(noticeKeyOf(opId));
  const reverse: Direction = direction === 'undo' ? 'redo' : 'undo';
  const what = describeTransaction(label, params);
  notice({
    id: 'undo',
    title: say(direction === 'undo' ? 'audit:undo' : 'audit:redo', { what }),
    ...(left.length > 0 ? { more: say('frame:left', { count: left.length }) } : {}),
    action: {
      label: say(`common:${reverse}`),
      run: () => void takeStep(reverse),
      step: { direction: reverse, op: opId },
    },
  });
}

/** Undoes the change of a notice. If another change came since, reports that instead. */
export function undoOp(opId: string): Promise<void> {
  return runQueued(async () => {
    const { undo } = await readNextSteps();
    if (undo?.op_id === opId) {
      if ((await attemptStep('undo', undo)) === 'skipped') void takeStep('undo');
      return;
    }
    notice({ title: say('frame:notLatest'), more: say('frame:notLatestMore') });
  });
}

/** Undoes one change by itself, by any author and at any age: completely, or not at all, with a report of the conflicts. */
export function revertChange({
  op_id,
  label,
  params,
}: Pick<Step, 'op_id' | 'label' | 'params'>): Promise<void> {
  return runQueued(async () => {
    try {
      const result = await api.history.undoChange({ op_id });
      notifyUndone('undo', op_id, result);
    } catch (error) {
      const conflict = faultData(error, 'UNDO_CONFLICT');
      if (conflict) await reportUndoConflict(describeTransaction(label, params), op_id, conflict.conflicts);
      else if (faultData(error, 'NOTHING_TO_UNDO'))
        notice({ id: 'undo', title: say('history:alone.gone'), more: say('history:alone.goneMore') });
      else throw error;
    }
  });
}
