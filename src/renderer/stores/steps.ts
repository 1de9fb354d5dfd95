import { api } from '../api/client.ts';
import { say } from '../i18n/setup.ts';
import { describeTransaction } from '../text/audit.ts';
import { joined } from '../text/names.ts';
import { dropNotice, notice } from '../ui/notices.tsx';
import type { Direction } from './alongside.ts';
import { skip } from './skipped.ts';
import { attempt, inTurn, noticeOf } from './undo.ts';

/** Changes that are named in the notice; of more only how many. */
const named = 3;

/** More steps than the list ever shows. */
const most = 200;

/** The changes from the next one to the one meant, each once, as they would be taken now. */
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
