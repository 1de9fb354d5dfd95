import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { describeTransaction } from '../text/audit.ts';
import { joined, capital } from '../text/names.ts';
import { dropNotice, notice, report } from '../ui/notices.tsx';
import { skip, passOver, readNext } from './next-steps.ts';
import { faultData, permissionText } from '../text/faults.ts';
import { askAboutConflicts, reportUndoConflict } from '../ui/conflicts.tsx';
import type { NoticeAction } from './notices.ts';
import type { Direction, Step } from './next-steps.ts';
import { keys, queries } from './queries.ts';

/** Changes that are named in the notice; of more only how many. */
const named = 3;

const most = 200;

async function wayTo(direction: Direction, opId: string): Promise<ReadonlySet<string>> {
  const { undo, redo } = await api.history.steps({ limit: most, skip: skip() });
  const ops = (direction === 'undo' ? undo : redo).map(({ op_id }) => op_id);
  const at = ops.indexOf(opId);
  return new Set(at < 0 ? [] : ops.slice(0, at + 1));
}

/**
 * Undoes or redoes one change after the other up to and with the one meant, never one beyond it. A conflict is asked about as with a
 * single step; whoever chooses to do nothing stops there. Says at the end how many were taken, with the way back for all.
 */
export function stepsTo(direction: Direction, opId: string): Promise<void> {
  return inTurn(async () => {
    const way = await wayTo(direction, opId);
    const taken: { op: string; what: string }[] = [];
    let left = 0;
    let stopped = false;
    try {
      while (!stopped) {
        const step = (await api.history.state({ skip: skip() }))[direction];
        // What lies beyond the one meant is never touched, also when that one turned out to be gone.
        if (!step || !way.has(step.op_id)) break;
        const outcome = await attempt(direction, step, (_direction, op, undone) => {
          dropNotice(noticeOf(op));
          left += undone.left.length;
          taken.push({ op, what: describeTransaction(undone.label, undone.params) });
        });
        stopped = outcome === 'stopped';
        if (step.op_id === opId) break;
      }
    } finally {
      tell(direction, taken, { left, stopped });
    }
  });
}

function tell(
  direction: Direction,
  taken: readonly { op: string; what: string }[],
  { left, stopped }: { left: number; stopped: boolean },
): void {
  const [first] = taken;
  if (!first) return;
  const back: Direction = direction === 'undo' ? 'redo' : 'undo';
  const more = [
    taken.length <= named ? joined(taken.map(({ what }) => what)) : '',
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
      // The one that was taken last is the first on the way back.
      step: { direction: back, op: taken.at(-1)?.op ?? first.op },
    },
  });
}

type Undone = Awaited<ReturnType<typeof api.history.undo>>;
/** What came of a step: it was taken, the person passed it over, or chose to do nothing. */
export type Outcome = 'done' | 'passed' | 'stopped';

/** What a notice about a new change needs: an id, and the way back. A call that changed nothing has none to go. */
export function undoable(opId: string | null): { id?: string; action?: NoticeAction } {
  if (opId === null) return {};
  // What was undone before can no longer be redone.
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

/** A notice about a change carries this id, so that it goes when the change is undone another way. */
export function noticeOf(opId: string): string {
  return `op:${opId}`;
}

let running: Promise<void> = Promise.resolve();

/** One step after the other: what comes next is looked up when the step before is done. Failures are told in a notice. */
export function inTurn(work: () => Promise<unknown>): Promise<void> {
  running = running
    .then(async () => void (await work()))
    .catch((error: unknown) => {
      if (faultData(error, 'UNDO_CHANGED')) void queries.invalidateQueries({ queryKey: keys.undo });
      report(error);
    });
  return running;
}

/**
 * Undoes or redoes the actor's next change, and says what it was. Where
 * somebody else has changed the same since, it asks; where another change came in between, it undoes nothing and says so. Failures are
 * told in a notice.
 */
export function stepBack(direction: Direction): Promise<void> {
  return inTurn(async () => {
    const step = (await readNext())[direction];
    if (step) {
      if ((await attempt(direction, step)) === 'passed') void stepBack(direction);
      return;
    }
    notice({
      id: 'undo',
      title: say(direction === 'undo' ? 'faults:NOTHING_TO_UNDO.title' : 'frame:nothingToRedo'),
      stays: 3000,
    });
  });
}

/** Takes one step, asking where there is a conflict. `tell` says what was done; without it nothing is said of a step that was taken. */
export async function attempt(direction: Direction, step: Step, tell: Tell = told): Promise<Outcome> {
  const expect = step.op_id;
  try {
    tell(direction, expect, await taken(direction, expect, 'ask'));
    return 'done';
  } catch (error) {
    const forbidden = faultData(error, 'FORBIDDEN');
    if (forbidden && direction === 'undo') return refused(expect, forbidden.rule);
    const conflict = faultData(error, 'UNDO_CONFLICT');
    if (!conflict) throw error;
    const what = describeTransaction(step.label, step.params);
    const choice = await askAboutConflicts(direction, what, expect, conflict.conflicts);
    if (choice === null) return 'stopped';
    if (choice !== 'pass') return decided(direction, expect, choice, tell);
    skipStep(expect);
    return 'passed';
  }
}

async function taken(
  direction: Direction,
  expect: string,
  on_conflict: 'ask' | 'leave' | 'overwrite',
): Promise<Undone> {
  return await api.history[direction]({ on_conflict, expect, skip: skip() });
}

type Tell = (direction: Direction, opId: string, undone: Undone) => void;

/** Undoes as the person chose. Where everything was changed since, leaving that leaves nothing to undo. */
async function decided(
  direction: Direction,
  expect: string,
  choice: 'leave' | 'overwrite',
  tell: Tell,
): Promise<Outcome> {
  try {
    tell(direction, expect, await taken(direction, expect, choice));
    return 'done';
  } catch (error) {
    if (!faultData(error, 'UNDO_CONFLICT')) throw error;
    notice({
      id: 'undo',
      title: capital(say('steps:gone')),
      more: say('frame:nothingLeftMore'),
      action: pastIt(direction, expect),
    });
    return 'stopped';
  }
}

/** Says why what was changed may not be taken back any more by whoever has another role since, and offers what lies before it. */
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

/** What cannot be taken back must not be in the way of what lies before it. */
function skipStep(opId: string): void {
  passOver(opId);
  void queries.invalidateQueries({ queryKey: keys.undo });
  void queries.invalidateQueries({ queryKey: keys.steps });
}

function told(direction: Direction, opId: string, { label, params, left }: Undone): void {
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

/** Undoes the change that a notice tells of. When something else was done since, that is said instead of undoing the wrong one. */
export function undoOp(opId: string): Promise<void> {
  return inTurn(async () => {
    const { undo } = await readNext();
    if (undo?.op_id === opId) {
      if ((await attempt('undo', undo)) === 'passed') void stepBack('undo');
      return;
    }
    notice({ title: say('frame:notLatest'), more: say('frame:notLatestMore') });
  });
}

/**
 * Undoes one change by itself, whoever made it and whatever came after it. Where something of it was changed since, nothing is undone,
 * and it is said what stands in the way.
 */
export function undoOne({ op_id, label, params }: Pick<Step, 'op_id' | 'label' | 'params'>): Promise<void> {
  return inTurn(async () => {
    try {
      const undone = await api.history.undoChange({ op_id });
      told('undo', op_id, undone);
    } catch (error) {
      const conflict = faultData(error, 'UNDO_CONFLICT');
      if (conflict) await reportUndoConflict(describeTransaction(label, params), op_id, conflict.conflicts);
      else if (faultData(error, 'NOTHING_TO_UNDO'))
        notice({ id: 'undo', title: say('history:alone.gone'), more: say('history:alone.goneMore') });
      else throw error;
    }
  });
}
