import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { showingItself } from '../../stores/own-changes.ts';
import { whileSaving } from '../../stores/saving.ts';
import { queries } from '../../stores/queries.ts';
import { undoable } from '../../stores/undo.ts';
import { notice, report } from '../../ui/notices.tsx';
import type { Point } from './model/model.ts';
import { putInto } from './put-into.ts';

const most = 20_000;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Keeps where nodes are, as one undoable change. False when that failed, which is told. */
export async function keepPositions(places: ReadonlyMap<string, Point>, tell?: string): Promise<boolean> {
  const kept = [...places].slice(0, most).map(([id, { x, y }]) => ({ id, x: rounded(x), y: rounded(y) }));
  if (kept.length === 0) return true;
  try {
    const { op_id, changed } = await whileSaving(() =>
      showingItself(
        () => api.network.arrange({ places: kept }),
        () => putInto(queries, kept),
      ),
    );
    // A drag is seen; only what was done to many by a command needs to be said.
    if (tell !== undefined)
      notice({ ...undoable(op_id), title: say('network:saved', { count: changed, title: tell }) });
    return true;
  } catch (error) {
    report(error, say('network:arrangeFailed'));
    return false;
  }
}

/** Forgets where nodes were put; null all of them. False when nothing was changed, which is told. */
export async function releasePositions(ids: readonly string[] | null): Promise<boolean> {
  try {
    const { op_id, changed } = await whileSaving(() =>
      api.network.release({ ids: ids && ids.slice(0, most) }),
    );
    notice({
      ...undoable(op_id),
      title: changed === 0 ? say('network:nothingReleased') : say('network:released', { count: changed }),
    });
    return changed > 0;
  } catch (error) {
    report(error, say('network:arrangeFailed'));
    return false;
  }
}
