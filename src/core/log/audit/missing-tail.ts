import { clause } from '#shared/texts/sentence.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import type { Missing } from '#shared/contract/salvage.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { readKeptHead, readHead, isInLog } from './head.ts';
import type { KeptHead } from './head.ts';

export interface Behind {
  /** `behind`: the log ends before the kept head. `another_line`: the log is at least as long but diverges. */
  reason: 'behind' | 'another_line';
  /** When the kept head was made, ISO 8601; null if not recorded. */
  until: string | null;
}

const lastIdQuery = 'SELECT max(id) AS id FROM audit_transactions';

/** Returns how the log falls short of the kept head; null if nothing is known to be missing. Works for any schema version. */
export const behindIn = (head: string, db: ReadHandle): Behind | null => behindOf(readKeptHead(head), db);

/** Like `behindIn`, but safe when the head file was read first. A commit made in between is in the file and not yet in our copy of the head. */
export function behindOf(kept: KeptHead | null, db: ReadHandle): Behind | null {
  if (kept === null || isInLog(db, kept)) return null;
  const lastId = db.get<{ id: number | null }>(lastIdQuery)?.id ?? 0;
  return { reason: lastId < kept.id ? 'behind' : 'another_line', until: kept.created_at };
}

/** Throws WORKSPACE (`behind` or `another_line`) if live's log lacks the kept head. Skips sandboxes. Changes nothing. */
export function refuseBehind(files: WorkspaceFiles, db: ReadHandle): void {
  const behind = files.target.kind === 'live' ? behindIn(files.head, db) : null;
  if (behind) throw behindFault(behind);
}

export function behindFault({ reason, until }: Behind): Fault {
  const time = until?.slice(0, 19).replace('T', ' ');
  return workspaceFault(reason, time === undefined ? {} : { why: clause('changesUntil', { time }) }, until);
}

/** Returns the period of the changes that are lost when `db` replaces the file of the kept head; null if none are known. */
export function missingChangesIn(head: string, db: ReadHandle): Missing | null {
  const behind = behindIn(head, db);
  if (behind === null) return null;
  return { since: behind.reason === 'behind' ? readHead(db).created_at : null, until: behind.until };
}

export const missingParams = ({ until, maybe }: Missing): JsonObject => ({
  missing_until: until,
  ...(maybe === true && { missing_maybe: true }),
});
