import type { ForecastTerm } from '#shared/contract/forecasts.ts';
import type { Head } from '../../log/audit/head.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import { inTurns } from '../../kernel/progress.ts';
import { runInWorkerOrHere } from '../../kernel/workers/worker-pool.ts';
import type { Services } from '../../model/services.ts';
import { openMoment } from '../../moments/open-moment.ts';
import { newestPoint, pointAt } from '../../moments/point.ts';
import { measureTask } from '../measures/history.ts';
import { MeasureCache } from '../measures/measure-cache.ts';
import { againstOf } from './measured.ts';
import { declaredModules } from '../measures/network-model.ts';
import { withoutNames } from '../organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';

/** A term that has come, and the head of the log that was simulated. */
export interface Due {
  head: Pick<Head, 'id' | 'hash'>;
  term: ForecastTerm;
}

interface Pace {
  tell: OnProgress;
  signal: AbortSignal;
}

/**
 * The reach at each of the terms when it was due, as a share of what would have reached at the head if nothing were lost on any link; of a team as
 * much is there as it has members of those that it had then. What was measured once is kept. Throws CANCELLED.
 */
export async function measureActuals(
  home: Services,
  due: readonly Due[],
  { tell, signal }: Pace,
): Promise<number[]> {
  const cache = new MeasureCache(home.files, home.log);
  const pace = { clock: home.source.clock, signal };
  let past: Awaited<ReturnType<typeof openMoment>> | undefined;
  /** What was there after a transaction. */
  const organisationAt = async (id: number): Promise<NamedOrganisation> => {
    if (id === newestPoint(home.read).id) {
      const live = await inTurns(readOrganisation(home), pace);
      // Somebody may have written meanwhile.
      if (live.head.id === id) return live;
    }
    if (past) await past.services.moment?.go(id);
    else past = await openMoment(home, id, home.files.target, signal);
    return inTurns(readOrganisation(past.services), pace);
  };
  let base: { id: number; named: NamedOrganisation } | undefined;
  const reached: number[] = [];
  try {
    for (const { head, term } of due) {
      tell({ kind: 'progress', step: 'checking', done: reached.length, total: due.length });
      const found = pointAt(home.read, term.due);
      // A clock that was set back: then nothing was written since.
      const point = found.id < head.id ? { id: head.id, hash: head.hash } : found;
      const pair = `${head.hash} ${point.hash}`;
      let reach = cache.reached(pair);
      if (reach === undefined) {
        if (base?.id !== head.id) base = { id: head.id, named: await organisationAt(head.id) };
        const named = await organisationAt(point.id);
        const measures = await runInWorkerOrHere(
          measureTask,
          {
            organisation: withoutNames(named),
            modules: declaredModules(named.nodes),
            against: againstOf(base.named, named),
          },
          { signal, log: home.log, onProgress: () => {} },
        );
        reach = measures.reach;
        cache.putReached(pair, reach);
      }
      reached.push(reach);
    }
  } finally {
    await past?.close();
  }
  return reached;
}
