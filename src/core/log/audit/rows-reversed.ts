import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { AuditLogRow } from '../../kernel/db/schema.ts';

const pageSize = 1000;
const rowsQuery = 'SELECT * FROM audit_logs WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?';

/** Yields the rows of one transaction in reverse. Reads one page at a time, so that the caller can write in between. */
export function* rowsReversed(
  db: ReadHandle,
  transaction: { id: number; changes: number },
): Generator<AuditLogRow, void, void> {
  for (let end = transaction.id + transaction.changes; end > transaction.id;) {
    const page = db.all<AuditLogRow>(rowsQuery, [transaction.id, end, pageSize]);
    if (page.length === 0) return;
    yield* page;
    end = page.at(-1)?.id ?? 0;
  }
}
