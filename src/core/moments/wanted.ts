import type { Wanted } from '../compare/choose.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { portions } from '../kernel/chunks.ts';
import { comesBack, payloadsAt, wantedOf } from './as-then.ts';
import { Finding } from './finding.ts';
import type { Back } from './finding.ts';
import { namedBetween, together } from './past.ts';
import { newestPoint } from './point.ts';
import type { Point } from '../model/point-in-time.ts';

/** Everything that is not as it was at a moment. Yields how many rows and records it has looked at. */
export function* everything(db: ReadHandle, point: Point): Generator<number, Back, void> {
  const { end } = newestPoint(db);
  const named = yield* namedBetween(db, point.end, end);
  const wanted: Wanted[] = [];
  let done = end - point.end;
  for (const [type, ids] of named) {
    if (!comesBack(type)) continue;
    for (const some of portions([...ids], together)) {
      const then = payloadsAt(db, some, point);
      for (const id of some) wanted.push(...wantedOf(db, type, id, then.get(id) ?? null));
      yield (done += some.length);
    }
  }
  return { wanted, brought: new Set(), unknown: [] };
}

/**
 * Named records as they were at a moment; with `along` also what they referred to then and is gone by now, links that they had and that went
 * since, with a university what went with it, and of what named them then and lost that when they went, that field. Yields how many records it has looked at. Throws INVALID for what does not come back so.
 */
export function* named(
  db: ReadHandle,
  point: Point,
  ids: readonly string[],
  along: boolean,
): Generator<number, Back, void> {
  const finding = new Finding(db, point);
  for (const some of portions([...new Set(ids)], together)) yield finding.take(some, 'asked');
  if (along) {
    yield* finding.follow();
    yield* finding.nameAgain();
  }
  return yield* finding.back();
}
