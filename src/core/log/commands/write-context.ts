import type { Actor } from '#shared/domain/permissions.ts';
import type { AuditTransaction } from '../audit/audit-transaction.ts';
import type { WriteHandle } from '../../kernel/db/connection.ts';
import type { RecordWriter } from '../records/record-writer.ts';
import type { Ids } from '../../kernel/system.ts';

/** All that a command may touch: the open transaction, the audit it goes into, and who acts. */
export interface WriteContext {
  readonly db: WriteHandle;
  readonly audit: AuditTransaction;
  /** The only way to change a record: it writes the record and its audit row together. */
  readonly records: RecordWriter;
  readonly actor: Actor;
  readonly ids: Ids;
}
