import type { MeasuredHistory, MeasuredPoint, MeasuredState } from '#shared/contract/dashboards.ts';
import type { ScenarioMeasures } from '#shared/contract/simulation.ts';
import { isFault } from '#shared/contract/faults.ts';
import { readHead } from '../../log/audit/head.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import { inTurns } from '../../kernel/progress.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { runInWorkerOrHere } from '../../kernel/workers/worker-pool.ts';
import type { Point } from '../../model/point-in-time.ts';
import type { Services } from '../../model/services.ts';
import { openMoment } from '../../moments/open-moment.ts';
import { newestPoint, pointAt } from '../../moments/point.ts';
import { termEnd } from '../questions/changes.ts';
import { MeasureCache } from './measure-cache.ts';
import { declaredModules } from './network-model.ts';
import { withoutNames } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';
import { keysOf } from '../scenarios/places.ts';
import type { Keys, ReferenceOrganisation } from '../scenarios/places.ts';
import { measureOrganisation } from '../scenarios/simulate-task.ts';
import { compareUniversities } from './universities.ts';

export interface Measurable {
  organisation: Organisation;
  keys: Keys;
  modules: Uint32Array;
  against: ReferenceOrganisation | null;
}

export const measureTask = defineTask<Measurable, ScenarioMeasures>('measure', measureOrganisation);

/** The current time of the open target: that of a point in time, otherwise the clock's. */
export const nowOf = ({ moment, source }: Pick<Services, 'moment' | 'source'>): Date =>
  new Date(moment ? moment.point.created_at : source.clock.now());

/** The points in time at the ends of the last terms, newest first, without those before the log begins. */
function endsOfTerms(services: Services, terms: number): { at: string; point: Point }[] {
  const { read } = services.home;
  const now = services.moment?.point ?? newestPoint(read);
  const ends = Array.from({ length: terms }, (_, back) => termEnd(nowOf(services), -back));
  return ends.flatMap((at) => {
    const point = pointBefore(services, at);
    return point && point.id <= now.id ? [{ at, point }] : [];
  });
}

function pointBefore({ home }: Services, at: string): Point | null {
  try {
    return pointAt(home.read, at);
  } catch (error) {
    if (isFault(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

interface Pace {
  onProgress: OnProgress;
  signal: AbortSignal;
}

/** Measures the open target now and at the ends of its last terms. Results are cached. Throws CANCELLED. */
export async function measureHistory(
  services: Services,
  { terms }: { terms: number },
  { onProgress: report, signal }: Pace,
): Promise<MeasuredHistory> {
  const { home } = services;
  const cache = new MeasureCache(home.files, home.log);
  const ends = endsOfTerms(services, terms);
  const total = ends.length + 1;
  const onProgress = (done: number): void => report({ kind: 'progress', step: 'checking', done, total });
  onProgress(0);
  const now = await measureOpen(services, cache, signal);
  const points: MeasuredPoint[] = [{ ...now, at: now.head.at, now: true }];
  let past: Awaited<ReturnType<typeof openMoment>> | undefined;
  try {
    for (const { at, point } of ends) {
      onProgress(points.length);
      let measured = cache.get(point.hash);
      if (!measured) {
        if (past) await past.services.moment?.go(point.id);
        else past = await openMoment(home, point.id, home.files.target, signal);
        measured = await measureOpen(past.services, cache, signal);
      }
      points.push({ ...measured, at, now: false });
    }
  } finally {
    await past?.close();
  }
  const first = pointBefore(services, 'first');
  return { points: points.reverse(), begins: first?.created_at ?? null };
}

async function measureOpen(
  services: Services,
  cache: MeasureCache,
  signal: AbortSignal,
): Promise<MeasuredState> {
  const { clock } = services.source;
  const known = cache.get(readHead(services.read).hash);
  if (known) return known;
  const { comparison, organisation: named } = await inTurns(compareUniversities(services), { clock, signal });
  const { nodes, head } = named;
  const measures = await runInWorkerOrHere(
    measureTask,
    {
      organisation: withoutNames(named),
      keys: keysOf(named),
      modules: declaredModules(nodes),
      against: null,
    },
    { signal, log: services.log, onProgress: () => {} },
  );
  const measured = { ...comparison, measures, head };
  cache.put(measured);
  return measured;
}
