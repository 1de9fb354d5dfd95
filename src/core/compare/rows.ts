import type { Difference } from '#shared/contract/compare.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readTitle, readUniversity } from '../model/titles.ts';
import type { Compared, Copies } from './between.ts';
import { actionOf } from './classify.ts';
import type { Differing } from './classify.ts';

/** The title of a record in `play`, in `live` if `play` does not have it, or at the base. */
export function titleOf(copies: Copies, found: Differing): string {
  const { db, payload } = readFrom(copies, found);
  return readTitle(db, found.type, payload);
}

function readFrom({ live, play }: Copies, found: Differing): { db: ReadHandle; payload: JsonObject } {
  if (found.play.payload) return { db: play, payload: found.play.payload };
  return { db: live, payload: found.live.payload ?? found.base.payload ?? {} };
}

/** Like `titleOf`; in a two-way comparison, a record without a title has its id. */
export function shownTitle(compared: Compared, found: Differing): string {
  const title = titleOf(compared, found);
  return title === '' && !('mergeBase' in compared) && !isEntityType(found.type) ? found.id : title;
}

export function toDifference(compared: Compared, found: Differing): Difference {
  const { type, id, base, live, play, conflict, fields } = found;
  const { db, payload } = readFrom(compared, found);
  return {
    type,
    id,
    title: shownTitle(compared, found),
    university: readUniversity(db, { type, id, payload }),
    class: found.class,
    play: actionOf(base, play),
    live: actionOf(base, live),
    conflict,
    fields,
  };
}
