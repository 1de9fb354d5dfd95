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
import { keysOf } from './places.ts';
import { withoutNames } from '../organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';

export interface Due {
  head: Pick<Head, 'id' | 'hash'>;
  term: ForecastTerm;
  previous: string | null;
}

/** Organisations kept in memory: the simulated one, that of the term and that of the term before. */
const mostRecent = 3;

interface Pace {
  onProgress: OnProgress;
  signal: AbortSignal;
}

/**
 * The reach when each term was due, as a share of the reach at the head without any loss. A team is present by the members that it had
 * then; newcomers of the last term know half, as in a simulation. Results are cached. Throws CANCELLED.
 */
export async function measureActuals(
  home: Services,
  due: readonly Due[],
  { onProgress, signal }: Pace,
): Promise<number[]> {
  const cache = new MeasureCache(home.files, home.log);
  const pace = { clock: home.source.clock, signal };
  let past: Awaited<ReturnType<typeof openMoment>> | undefined;
  const recent = new Map<number, NamedOrganisation>();
  /** The organisation after a transaction; the last few stay in memory, because the terms of a forecast follow each other. */
  const organisationAt = async (id: number): Promise<NamedOrganisation> => {
    const known = recent.get(id);
    if (known) return known;
    const found = await readAt(id);
    recent.set(id, found);
    const [oldest] = recent.keys();
    if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
    return found;
  };
  const readAt = async (id: number): Promise<NamedOrganisation> => {
    if (id === newestPoint(home.read).id) {
      const live = await inTurns(readOrganisation(home), pace);
      // Another process may have written meanwhile.
      if (live.head.id === id) return live;
    }
    if (past) await past.services.moment?.go(id);
    else past = await openMoment(home, id, home.files.target, signal);
    return inTurns(readOrganisation(past.services), pace);
  };
  const reached: number[] = [];
  try {
    for (const { head, term, previous } of due) {
      onProgress({ kind: 'progress', step: 'checking', done: reached.length, total: due.length });
      /** The log position at a time; the head if the clock was set back, so that nothing is later. */
      const pointOf = (time: string): Pick<Head, 'id' | 'hash'> => {
        const found = pointAt(home.read, time);
        return found.id < head.id ? head : found;
      };
      const point = pointOf(term.due);
      const before = previous === null ? head : pointOf(previous);
      const key = `${head.hash} ${before.hash} ${point.hash}`;
      let reach = cache.reached(key);
      if (reach === undefined) {
        const base = await organisationAt(head.id);
        const earlier = await organisationAt(before.id);
        const named = await organisationAt(point.id);
        const measures = await runInWorkerOrHere(
          measureTask,
          {
            organisation: withoutNames(named),
            keys: keysOf(named),
            modules: declaredModules(named.nodes),
            against: againstOf(base, named, { before: earlier }),
          },
          { signal, log: home.log, onProgress: () => {} },
        );
        reach = measures.reach ?? 0;
        cache.putReached(key, reach);
      }
      reached.push(reach);
    }
  } finally {
    await past?.close();
  }
  return reached;
}
