import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import type { Wanted } from '../../compare/choose.ts';
import { locate, locateIn } from '../../log/records/locate.ts';
import type { Located } from '../../log/records/locate.ts';
import { readTitle, readUniversity, universityTitleBy } from '../../model/titles.ts';
import { fieldsBetween } from './between.ts';
import type { Chosen } from './choose.ts';
import type { Found, Kept } from './found.ts';

type Told = RestoredRecords['records'][number];

/** What becomes of each record. Yields how many it has looked at. */
export function* tellEach(
  write: WriteContext,
  chosen: readonly Chosen[],
  found: Found,
): Generator<number, Told[], void> {
  const records: Told[] = [];
  for (const one of chosen) yield records.push(told(write, one, found));
  return records;
}

/** The most ends of links that are named. */
const mostEnds = 5;

/** What ends of links are called. */
export const tellEnds = (
  { db }: WriteContext,
  ends: readonly Kept[],
): Pick<RestoredRecords['links_apart'], 'ends' | 'named'> => ({
  ends: ends.length,
  named: ends
    .slice(0, mostEnds)
    .map(({ type, id, payload }) => ({ type, id, title: readTitle(db, type, payload) })),
});

/** What the label says of a single record. */
export function onlyOne(records: readonly Told[]): { type?: string; title?: string } {
  const [one, ...more] = records.filter(({ action }) => action !== 'none');
  return one && more.length === 0 ? { type: one.type, title: one.title } : {};
}

function told({ db }: WriteContext, { kept, set, why }: Chosen, { all }: Found): Told {
  const { type, id, payload } = kept;
  const now = locateIn(db, type, id);
  const live = now && !now.deleted ? now.payload : null;
  return {
    type,
    id,
    title: readTitle(db, type, payload),
    university: set ? readUniversity(db, kept) : universityTitleBy((one) => all.get(one), kept),
    why,
    action: actionOf(now, live !== null && jsonEqual(live, payload)),
    fields: why === 'contents' ? [] : fieldsBetween(payload, live),
  };
}

function actionOf(now: Located<Kept['type']> | undefined, same: boolean): Told['action'] {
  if (!now) return 'created';
  if (now.deleted) return 'restored';
  return same ? 'none' : 'updated';
}

/** As what it is written. */
export function toWanted({ db }: WriteContext, { kept: { type, id, payload }, set }: Chosen): Wanted {
  const other = isEntityType(type) ? locate(db, id) : undefined;
  const patch = set && { set, unset: [] };
  return { type, id, payload, patch, twoTypes: other !== undefined && other.type !== type };
}
