import type { ReadHandle } from '../db/connection.ts';
import type { AuditTransactionRow } from '../db/schema.ts';

type Entry = Pick<AuditTransactionRow, 'id' | 'op_id' | 'undoes' | 'redoes' | 'changes'>;

/** A change that can be undone or redone, and the transaction whose effect is to be inverted for that. */
export interface Step {
  /** op_id of the change itself. */
  change: string;
  /** The transaction that had the effect last: the change, its latest undo or its latest redo. */
  inverts: { id: number; changes: number };
}

/** Making the workspace is nobody's to undo. */
const newestFirst = `SELECT id, op_id, undoes, redoes, changes FROM audit_transactions
  WHERE actor = ? AND label <> 'workspace.create' ORDER BY id DESC`;

/**
 * What the actor would undo next: the latest own change that is not undone. Read from the log backwards, where the first
 * entry about a change says whether it stands. Those in `passed` are left out.
 */
export function nextUndo(db: ReadHandle, actor: string, passed?: ReadonlySet<string>): Step | null {
  const settled = new Map<string, Entry>();
  for (const entry of db.iterate<Entry>(newestFirst, [actor])) {
    const about = entry.undoes ?? entry.redoes;
    if (about) {
      if (!settled.has(about)) settled.set(about, entry);
      continue;
    }
    const latest = settled.get(entry.op_id);
    if (!latest?.undoes && !passed?.has(entry.op_id))
      return { change: entry.op_id, inverts: latest ?? entry };
  }
  return null;
}

/** What the actor would redo next: what was undone last and not redone, as long as no new change came after it. */
export function nextRedo(db: ReadHandle, actor: string, passed?: ReadonlySet<string>): Step | null {
  const redone = new Set(passed);
  for (const entry of db.iterate<Entry>(newestFirst, [actor])) {
    if (entry.undoes) {
      if (!redone.has(entry.undoes)) return { change: entry.undoes, inverts: entry };
    } else if (entry.redoes) redone.add(entry.redoes);
    else return null;
  }
  return null;
}
