import type { RequestPace } from '../../kernel/progress.ts';
import type { ForecastTerm } from '#shared/contract/forecasts.ts';
import type { Head } from '../../log/audit/head.ts';
import { runYielding } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { openPointInTime } from '../../moments/open-moment.ts';
import { newestPoint, pointAt } from '../../moments/point.ts';
import { MeasureCache } from '../measures/measure-cache.ts';
import { measureOnWorker, referenceOf } from './simulation-target.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';

export interface DueTerm {
  head: Pick<Head, 'id' | 'hash'>;
  term: ForecastTerm;
  /** When the term before was due; null for the first term. */
  previousDue: string | null;
}

/** Organisations kept in memory: the simulated one, that of the term and that of the term before. */
const maxRecent = 3;

/**
 * The reach when each term was due, as a share of the reach at the head without any loss. The presence of a team is measured by the members
 * that it had then; newcomers of the last term know half, as in a simulation. Results are cached. Throws CANCELLED.
 */
export async function measureActuals(
  home: Services,
  dueTerms: readonly DueTerm[],
  { onProgress, signal }: RequestPace,
): Promise<number[]> {
  const cache = new MeasureCache(home.files, home.log);
  const pace = { clock: home.source.clock, signal };
  let pastTarget: Awaited<ReturnType<typeof openPointInTime>> | undefined;
  const recentOrganisations = new Map<number, NamedOrganisation>();
  /** The organisation after a transaction; the last few stay in memory, because the terms of a forecast follow each other. */
  const organisationAt = async (id: number): Promise<NamedOrganisation> => {
    const cachedOrganisation = recentOrganisations.get(id);
    if (cachedOrganisation) return cachedOrganisation;
    const organisation = await readAt(id);
    recentOrganisations.set(id, organisation);
    const [oldest] = recentOrganisations.keys();
    if (recentOrganisations.size > maxRecent && oldest !== undefined) recentOrganisations.delete(oldest);
    return organisation;
  };
  const readAt = async (id: number): Promise<NamedOrganisation> => {
    if (id === newestPoint(home.read).id) {
      const newest = await runYielding(readOrganisation(home), pace);
      // Another process can have written in the meantime.
      if (newest.head.id === id) return newest;
    }
    if (pastTarget) await pastTarget.services.moment?.moveTo(id);
    else pastTarget = await openPointInTime(home, id, home.files.target, signal);
    return runYielding(readOrganisation(pastTarget.services), pace);
  };
  const reaches: number[] = [];
  try {
    for (const { head, term, previousDue } of dueTerms) {
      onProgress({ kind: 'progress', step: 'checking', done: reaches.length, total: dueTerms.length });
      /** The log position at a time; the head if the clock was set back, so that no position is before it. */
      const pointOf = (time: string): Pick<Head, 'id' | 'hash'> => {
        const located = pointAt(home.read, time);
        return located.id < head.id ? head : located;
      };
      const point = pointOf(term.due);
      const previousPoint = previousDue === null ? head : pointOf(previousDue);
      const key = `${head.hash} ${previousPoint.hash} ${point.hash}`;
      let reach = cache.reachOf(key);
      if (reach === undefined) {
        const base = await organisationAt(head.id);
        const previousOrganisation = await organisationAt(previousPoint.id);
        const organisation = await organisationAt(point.id);
        const reference = referenceOf(base, organisation, { previous: previousOrganisation });
        const measures = await measureOnWorker(home, organisation, signal, reference);
        reach = measures.reach ?? 0;
        cache.putReach(key, reach);
      }
      reaches.push(reach);
    }
  } finally {
    await pastTarget?.close();
  }
  return reaches;
}
