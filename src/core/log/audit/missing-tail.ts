import { Fault } from '#shared/contract/faults.ts';
import type { Missing } from '#shared/contract/salvage.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { keptHead, readHead, standsIn } from './head.ts';
import type { KeptHead } from './head.ts';

/** A file whose history lacks the newest entry that was written down beside it. */
export interface Behind {
  /**
   * `behind`: its history ends before that entry, as an older copy's does. `another_line`: it goes as far, and another way: another
   * workspace's, or a copy that was written to.
   */
  reason: 'behind' | 'another_line';
  /** When that entry was made, ISO 8601; null where that was not written down. */
  until: string | null;
}

const last = 'SELECT max(id) AS id FROM audit_transactions';

/** What a file of any schema lacks of what was written down beside it; null where nothing is known to be missing. */
export const behindIn = (head: string, db: ReadHandle): Behind | null => behindOf(keptHead(head), db);

/** As `behindIn`, for who read what was written down before the file: what others write meanwhile is written down, and is not in what is read. */
export function behindOf(kept: KeptHead | null, db: ReadHandle): Behind | null {
  if (kept === null || standsIn(db, kept)) return null;
  const reached = db.get<{ id: number | null }>(last)?.id ?? 0;
  return { reason: reached < kept.id ? 'behind' : 'another_line', until: kept.created_at };
}

/**
 * Throws WORKSPACE, reason `behind` or `another_line`, where live's file is not the one whose newest entry was written down. Sandboxes are
 * passed over: nothing leads back from them but live. Changes nothing.
 */
export function refuseBehind(files: WorkspaceFiles, db: ReadHandle): void {
  const behind = files.target.kind === 'live' ? behindIn(files.head, db) : null;
  if (behind) throw behindFault(behind);
}

/** WORKSPACE, with when the newest missing change was made. */
export const behindFault = (behind: Behind): Fault =>
  new Fault('WORKSPACE', sentenceOf(behind), { ...behind });

function sentenceOf({ reason, until }: Behind): string {
  const when = until === null ? '' : `, until ${until.slice(0, 19).replace('T', ' ')} (UTC),`;
  const what =
    reason === 'behind'
      ? `frames.sqlite is an older copy, or another file: its newest changes${when} are missing.`
      : `frames.sqlite is another file, or a copy that went another way: the changes that were here${when} are not in it.`;
  return `${what} Nothing was changed; put the newer file back, restore a backup, or say that it is meant (frames accept).`;
}

/** What is missing of the changes that were written down, where `db` is what takes the place of their file; null where nothing is known to be. */
export function missingIn(head: string, db: ReadHandle): Missing | null {
  const behind = behindIn(head, db);
  if (behind === null) return null;
  return { since: behind.reason === 'behind' ? readHead(db).created_at : null, until: behind.until };
}

/** What the audit says of changes that are missing. */
export const missingParams = ({ until, maybe }: Missing): JsonObject => ({
  missing_until: until,
  ...(maybe === true && { missing_maybe: true }),
});
