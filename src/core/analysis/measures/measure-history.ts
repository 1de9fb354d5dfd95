import type { RequestPace } from '../../kernel/progress.ts';
import type { MeasuredHistory, MeasuredPoint, MeasuredState } from '#shared/contract/dashboards.ts';
import { isFault } from '#shared/contract/faults.ts';
import { readHead } from '../../log/audit/head.ts';
import { runYielding } from '../../kernel/progress.ts';
import type { Point } from '../../model/point-in-time.ts';
import type { Services } from '../../model/services.ts';
import { openPointInTime } from '../../moments/open-moment.ts';
import { newestPoint, nowOf, pointAt } from '../../moments/point.ts';
import { termEnd } from '#shared/domain/terms.ts';
import { MeasureCache } from './measure-cache.ts';
import { measureOnWorker } from '../scenarios/simulation-target.ts';
import { compareUniversities } from './universities.ts';

/** The points in time at the ends of the last terms, newest first, without points before the beginning of the log. */
function pastTermEnds(services: Services, terms: number): { at: string; point: Point }[] {
  const { read } = services.home;
  const newest = services.moment?.point ?? newestPoint(read);
  const endTimes = Array.from({ length: terms }, (_, termsBack) => termEnd(nowOf(services), -termsBack));
  return endTimes.flatMap((time) => {
    const point = pointOrNull(services, time);
    return point && point.id <= newest.id ? [{ at: time, point }] : [];
  });
}

function pointOrNull({ home }: Services, time: string): Point | null {
  try {
    return pointAt(home.read, time);
  } catch (error) {
    if (isFault(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Measures the open target now and at the ends of its last terms. Results are cached. Throws CANCELLED. */
export async function measureHistory(
  services: Services,
  { terms }: { terms: number },
  { onProgress: report, signal }: RequestPace,
): Promise<MeasuredHistory> {
  const { home } = services;
  const cache = new MeasureCache(home.files, home.log);
  const ends = pastTermEnds(services, terms);
  const total = ends.length + 1;
  const onProgress = (done: number): void => report({ kind: 'progress', step: 'checking', done, total });
  onProgress(0);
  const current = await measureTarget(services, cache, signal);
  const points: MeasuredPoint[] = [{ ...current, at: current.head.at, now: true }];
  let pastTarget: Awaited<ReturnType<typeof openPointInTime>> | undefined;
  try {
    for (const { at, point } of ends) {
      onProgress(points.length);
      let state = cache.get(point.hash);
      if (!state) {
        if (pastTarget) await pastTarget.services.moment?.moveTo(point.id);
        else pastTarget = await openPointInTime(home, point.id, home.files.target, signal);
        state = await measureTarget(pastTarget.services, cache, signal);
      }
      points.push({ ...state, at, now: false });
    }
  } finally {
    await pastTarget?.close();
  }
  const firstPoint = pointOrNull(services, 'first');
  return { points: points.reverse(), begins: firstPoint?.created_at ?? null };
}

async function measureTarget(
  services: Services,
  cache: MeasureCache,
  signal: AbortSignal,
): Promise<MeasuredState> {
  const { clock } = services.source;
  const cachedState = cache.get(readHead(services.read).hash);
  if (cachedState) return cachedState;
  const { comparison, organisation } = await runYielding(compareUniversities(services), { clock, signal });
  const measures = await measureOnWorker(services, organisation, signal);
  const state = { ...comparison, measures, head: organisation.head };
  cache.put(state);
  return state;
}
