import type { Difference } from '#shared/contract/compare.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readTitle, readUniversityTitle } from '../model/titles.ts';
import type { ComparisonInput, Copies } from './between.ts';
import { actionOf } from './classify.ts';
import type { RecordDifference } from './classify.ts';

/** The title of a record in `theirs`; if missing there, in `ours`; if missing in both, at the base. */
export function titleOf(copies: Copies, difference: RecordDifference): string {
  const { db, payload } = shownRecord(copies, difference);
  return readTitle(db, difference.type, payload);
}

function shownRecord(
  { ours, theirs }: Copies,
  difference: RecordDifference,
): { db: ReadHandle; payload: JsonObject } {
  if (difference.theirs.payload) return { db: theirs, payload: difference.theirs.payload };
  return { db: ours, payload: difference.ours.payload ?? difference.base.payload ?? {} };
}

/** Like `titleOf`; in a two-way comparison, an empty title is replaced by the id. */
export function shownTitle(compared: ComparisonInput, difference: RecordDifference): string {
  const title = titleOf(compared, difference);
  return title === '' && !('mergeBase' in compared) && !isEntityType(difference.type) ? difference.id : title;
}

export function toDifference(compared: ComparisonInput, difference: RecordDifference): Difference {
  const { type, id, base, ours, theirs, conflict, fields } = difference;
  const { db, payload } = shownRecord(compared, difference);
  return {
    type,
    id,
    title: shownTitle(compared, difference),
    university: readUniversityTitle(db, { type, id, payload }),
    class: difference.class,
    play: actionOf(base, theirs),
    live: actionOf(base, ours),
    conflict,
    fields,
  };
}
