import { auditedTypes } from '#shared/domain/types.ts';
import type { Head } from '../log/audit/head.ts';
import { standsIn } from '../log/audit/head.ts';
import { withLive } from '../compare/sides.ts';
import { keysOf, rowsOf, stateBefore, stateOf } from '../compare/states.ts';
import { touchedIn } from '../plan/touched.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { beginning, pointAt } from '../moments/point.ts';
import { portions } from '../kernel/chunks.ts';
import { inTurns } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { changeOf, isCompared } from './changes.ts';

/** Records read together. */
const together = 500;

/**
 * How many records of live are not as at a head that stands in its log: as many as comparing with the golden version finds. Null where the
 * head does not stand there: then only the two files could tell. Throws BUSY, WORKSPACE.
 */
export function differingSince(
  services: Services,
  head: Pick<Head, 'id' | 'hash'> | undefined,
): Promise<number | null> {
  return withLive(services, async (live) =>
    head && standsIn(live, head) ? inTurns(count(live, head), { clock: services.source.clock }) : null,
  );
}

function* count(live: ReadHandle, { id }: Pick<Head, 'id'>): Generator<number, number, void> {
  const { end } = id === 0 ? beginning : pointAt(live, id);
  const touched = yield* touchedIn(live, end);
  let differing = 0;
  let done = 0;
  for (const type of auditedTypes.filter(isCompared))
    for (const ids of portions([...(touched.get(type) ?? [])], together)) {
      for (const row of rowsOf(live, type, keysOf(live, type, ids)).values()) {
        const sides = { golden: stateBefore(live, row, end), live: stateOf(row) };
        if (changeOf(sides) !== null) differing += 1;
        yield (done += 1);
      }
    }
  return differing;
}
