import type { Difference } from '#shared/contract/compare.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readTitle, readUniversity } from '../model/titles.ts';
import type { ComparisonInput, Copies } from './between.ts';
import { actionOf } from './classify.ts';
import type { RecordDifference } from './classify.ts';

/** The title of a record in `theirs`; if missing there, in `ours`; if missing in both, at the base. */
export function titleOf(copies: Copies, found: RecordDifference): string {
  const { db, payload } = shownRecord(copies, found);
  return readTitle(db, found.type, payload);
}

function shownRecord(
  { ours, theirs }: Copies,
  found: RecordDifference,
): { db: ReadHandle; payload: JsonObject } {
  if (found.theirs.payload) return { db: theirs, payload: found.theirs.payload };
  return { db: ours, payload: found.ours.payload ?? found.base.payload ?? {} };
}

/** Like `titleOf`; in a two-way comparison, an empty title is replaced by the id. */
export function shownTitle(compared: ComparisonInput, found: RecordDifference): string {
  const title = titleOf(compared, found);
  return title === '' && !('mergeBase' in compared) && !isEntityType(found.type) ? found.id : title;
}

export function toDifference(compared: ComparisonInput, found: RecordDifference): Difference {
  const { type, id, base, ours, theirs, conflict, fields } = found;
  const { db, payload } = shownRecord(compared, found);
  return {
    type,
    id,
    title: shownTitle(compared, found),
    university: readUniversity(db, { type, id, payload }),
    class: found.class,
    play: actionOf(base, theirs),
    live: actionOf(base, ours),
    conflict,
    fields,
  };
}
