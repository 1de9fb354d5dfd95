import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { lostWith } from '../../model/emptied.ts';
import { locateIn } from '../../log/records/locate.ts';
import { referredBy } from './found.ts';
import type { Found, Kept } from './found.ts';

export interface Chosen {
  /** As it is to be. */
  kept: Kept;
  /** What alone is set of it; null where all of it is. */
  set: JsonObject | null;
  why: RestoredRecords['records'][number]['why'];
}

/** What comes along where it is wanted. */
export interface Along {
  /** What went with it, of which `went` says what that is. */
  contents: boolean;
  links: boolean;
}

/**
 * What is asked for, what went with it, what of these refers to nothing in live, and that in turn; and links whose both ends are there then.
 */
export function choose(
  write: WriteContext,
  { asked, links, all }: Found,
  went: readonly Kept[],
  along: Along,
): Chosen[] {
  const chosen = new Map<string, Chosen>(asked.map((kept) => [kept.id, { kept, set: null, why: 'asked' }]));
  for (const kept of along.contents ? went : []) chosen.set(kept.id, { kept, set: null, why: 'contents' });
  const complete = (): void => {
    // What is added is looked at in its turn.
    for (const { kept } of chosen.values())
      for (const id of referredBy(kept)) {
        const other = all.get(id);
        if (other && !chosen.has(id) && !isThere(write, other))
          chosen.set(id, { kept: other, set: null, why: 'needed' });
      }
  };
  complete();
  if (!along.links) return [...chosen.values()];
  for (const kept of links) {
    if (chosen.has(kept.id) || isThere(write, kept)) continue;
    if (missingEnds(write, all, kept, chosen).length === 0)
      chosen.set(kept.id, { kept, set: null, why: 'link' });
  }
  complete();
  return [...chosen.values()];
}

/** Ids of the ends of a link that are gone, and do not come either. */
const missingEnds = (
  write: WriteContext,
  all: Found['all'],
  link: Kept,
  coming: Pick<ReadonlySet<string>, 'has'>,
): string[] =>
  referredBy(link).filter((id) => {
    const end = all.get(id);
    return !end || !(coming.has(id) || isThere(write, end));
  });

/** Links that are not brought back: how many could be, how many have an end that is gone, and those ends. */
export function linksLeft(
  write: WriteContext,
  { links, all }: Found,
  chosen: readonly Chosen[],
): { possible: number; apart: number; ends: Kept[] } {
  const coming = new Set(chosen.map(({ kept }) => kept.id));
  const missing = links
    .filter((link) => !coming.has(link.id) && !isThere(write, link))
    .map((link) => missingEnds(write, all, link, coming));
  const apart = missing.filter((ends) => ends.length > 0);
  const ends = [...new Set(apart.flat())].flatMap((id) => all.get(id) ?? []);
  return { possible: missing.length - apart.length, apart: apart.length, ends };
}

/**
 * What names in the backup what comes, and is in live with nothing in that field: set again it is as before, but for that. Where what comes
 * is there, only what lost it when that went: what somebody emptied itself is as they want it.
 */
export function namingAgain(
  write: WriteContext,
  { naming, all }: Found,
  chosen: readonly Chosen[],
): Chosen[] {
  const coming = new Set(chosen.map(({ kept }) => kept.id));
  return naming.flatMap(({ type, id, field, to }): Chosen[] => {
    if (!coming.has(to) || coming.has(id)) return [];
    const live = locateIn(write.db, type, id);
    if (!live || live.deleted || (live.payload[field] ?? null) !== null) return [];
    const named = all.get(to);
    if (named && isThere(write, named) && !lostWith(write.db, { id, field, named: to })) return [];
    const set = { [field]: to };
    return [{ kept: { ...live, payload: { ...live.payload, ...set } }, set, why: 'reference' }];
  });
}

/** Whether live has a record of that id and type that is not deleted. */
export function isThere({ db }: WriteContext, { type, id }: Kept): boolean {
  const record = locateIn(db, type, id);
  return record !== undefined && !record.deleted;
}
