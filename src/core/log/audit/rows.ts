import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { AuditLogRow } from '../../kernel/db/schema.ts';

const page = 1000;
const rows = 'SELECT * FROM audit_logs WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?';

/**
 * The rows of one transaction, last to first: those from its id up to the next transaction's. They are read a page at a time, so
 * that others may be written meanwhile.
 */
export function* rowsReversed(
  db: ReadHandle,
  transaction: { id: number; changes: number },
): Generator<AuditLogRow, void, void> {
  for (let end = transaction.id + transaction.changes; end > transaction.id;) {
    const found = db.all<AuditLogRow>(rows, [transaction.id, end, page]);
    if (found.length === 0) return;
    yield* found;
    end = found.at(-1)?.id ?? 0;
  }
}
