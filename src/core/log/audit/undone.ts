import type { ReadHandle } from '../../kernel/db/connection.ts';

const latest = `SELECT undoes FROM audit_transactions WHERE undoes = :change OR redoes = :change ORDER BY id DESC LIMIT 1`;

/** Whether the change with that op_id has been undone and not redone since. */
export function isUndone(db: ReadHandle, change: string): boolean {
  return db.get<{ undoes: string | null }>(latest, { change })?.undoes === change;
}

/** The transaction that had the effect of a change last: the change itself, its latest undo or its latest redo. */
export function latestOf(db: ReadHandle, change: string): { id: number; changes: number } | undefined {
  return db.get(
    'SELECT id, changes FROM audit_transactions WHERE op_id = :change OR undoes = :change OR redoes = :change ORDER BY id DESC LIMIT 1',
    { change },
  );
}
