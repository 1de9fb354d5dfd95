import { clause } from '#shared/texts/sentence.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import type { MissingChanges } from '#shared/contract/salvage.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { readRecordedHead, readHead, isInLog } from './head.ts';
import type { RecordedHead } from './head.ts';

export interface MissingTail {
  /** `behind`: the log ends before the recorded head. `another_line`: the log is at least as long but diverges. */
  reason: 'behind' | 'another_line';
  /** When the recorded head was made, ISO 8601; null if unknown. */
  until: string | null;
  /** The head file was altered after it was written, so possibly nothing is missing. `until` is unknown then. */
  altered?: true;
}

const lastIdQuery = 'SELECT max(id) AS id FROM audit_transactions';

/** Returns how the log falls short of the recorded head; null if nothing is known to be missing. Works for any schema version. */
export const missingTailIn = (head: string, db: ReadHandle): MissingTail | null =>
  missingTailOf(readRecordedHead(head), db);

/** Like `missingTailIn`, but safe when the head file was read first: a commit made in between is in `db` and not yet in `recordedHead`. */
export function missingTailOf(recordedHead: RecordedHead | null, db: ReadHandle): MissingTail | null {
  if (recordedHead === null || isInLog(db, recordedHead)) return null;
  const lastId = db.get<{ id: number | null }>(lastIdQuery)?.id ?? 0;
  const reason = lastId < recordedHead.id ? 'behind' : 'another_line';
  if (recordedHead.isAltered === true) return { reason, until: null, altered: true };
  return { reason, until: recordedHead.created_at };
}

/** Throws WORKSPACE (`behind` or `another_line`) if live's log lacks the recorded head. Skips sandboxes. Changes nothing. */
export function refuseMissingTail(
  { data, live, head }: Pick<WorkspaceFiles, 'data' | 'live' | 'head'>,
  db: ReadHandle,
): void {
  const missingTail = data === live ? missingTailIn(head, db) : null;
  if (missingTail) throw missingTailFault(missingTail);
}

export function missingTailFault({ reason, until, altered }: MissingTail): Fault {
  if (altered) return workspaceFault(reason, { why: clause('byAlteredHead', { file: 'head.json' }) });
  const time = until?.slice(0, 19).replace('T', ' ');
  return workspaceFault(reason, time === undefined ? {} : { why: clause('changesUntil', { time }) }, until);
}

/** Returns the period of the changes that are lost when `db` replaces the file of the recorded head; null if none are known. */
export function missingChangesIn(head: string, db: ReadHandle): MissingChanges | null {
  const missingTail = missingTailIn(head, db);
  if (missingTail === null) return null;
  return {
    since: missingTail.reason === 'behind' ? readHead(db).created_at : null,
    until: missingTail.until,
    ...(missingTail.altered && { maybe: true }),
  };
}

export const missingParams = ({ until, maybe }: MissingChanges): JsonObject => ({
  missing_until: until,
  ...(maybe === true && { missing_maybe: true }),
});
