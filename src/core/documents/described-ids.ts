import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';

/** The ids of the records that visible documents are about. */
export const describedIds = (read: ReadHandle): ReadonlySet<string> =>
  new Set(
    read.column<string>(
      `SELECT DISTINCT j.value FROM documents r, json_each(r.payload, '$.record_ids') j WHERE ${visibleCondition('r')}`,
    ),
  );
