import type { ReadHandle } from '../../kernel/db/connection.ts';

const latestQuery = `SELECT undoes FROM audit_transactions WHERE undoes = :change OR redoes = :change ORDER BY id DESC LIMIT 1`;

export function isUndone(db: ReadHandle, opId: string): boolean {
  return db.get<{ undoes: string | null }>(latestQuery, { change: opId })?.undoes === opId;
}

/** Returns the latest transaction that applied or reverted a change: the change itself, its latest undo or its latest redo. */
export function latestTransactionOf(
  db: ReadHandle,
  opId: string,
): { id: number; changes: number } | undefined {
  return db.get(
    'SELECT id, changes FROM audit_transactions WHERE op_id = :change OR undoes = :change OR redoes = :change ORDER BY id DESC LIMIT 1',
    { change: opId },
  );
}
