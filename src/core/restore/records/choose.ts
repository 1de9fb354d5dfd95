import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { WriteContext } from '../../commands/context.ts';
import { locateIn } from '../../entities/locate.ts';
import { referredBy } from './found.ts';
import type { Found, Kept } from './found.ts';

export interface Chosen {
  kept: Kept;
  why: RestoredRecords['records'][number]['why'];
}

/** What is asked for, what of it refers to nothing in live, and that in turn; with links those whose both ends are there then. */
export function choose(write: WriteContext, { asked, links, all }: Found, withLinks: boolean): Chosen[] {
  const chosen = new Map<string, Chosen>(asked.map((kept) => [kept.id, { kept, why: 'asked' }]));
  const complete = (): void => {
    // What is added is looked at in its turn.
    for (const { kept } of chosen.values())
      for (const id of referredBy(kept)) {
        const other = all.get(id);
        if (other && !chosen.has(id) && !isThere(write, other))
          chosen.set(id, { kept: other, why: 'needed' });
      }
  };
  complete();
  if (!withLinks) return [...chosen.values()];
  for (const kept of links) {
    if (chosen.has(kept.id) || isThere(write, kept)) continue;
    const ends = referredBy(kept).map((id) => all.get(id));
    if (ends.every((end) => end && (chosen.has(end.id) || isThere(write, end))))
      chosen.set(kept.id, { kept, why: 'link' });
  }
  complete();
  return [...chosen.values()];
}

/** Whether live has a record of that id and type that is not deleted. */
export function isThere({ db }: WriteContext, { type, id }: Kept): boolean {
  const record = locateIn(db, type, id);
  return record !== undefined && !record.deleted;
}
