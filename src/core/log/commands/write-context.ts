import type { Actor } from '#shared/domain/permissions.ts';
import type { AuditTransaction } from '../audit/audit-transaction.ts';
import type { WriteHandle } from '../../kernel/db/connection.ts';
import type { RecordWriter } from '../records/record-writer.ts';
import type { Ids } from '../../kernel/system.ts';

export interface WriteContext {
  readonly db: WriteHandle;
  readonly audit: AuditTransaction;
  /** The only way to change a record: writes the record and its audit row together. */
  readonly records: RecordWriter;
  readonly actor: Actor;
  readonly ids: Ids;
}
