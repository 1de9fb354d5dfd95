import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { erasuresId } from '../log/audit/erased-rows.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';

/**
 * Rows of the table `workspaces` beside the one that holds the workspace's name. They are the same in every copy, so that copies which
 * are brought together have one of each.
 */
const rows = {
  retention: 'ws_retention',
  /** What was done beside the records last; the log tells of each time. */
  acts: 'ws_acts',
  checkpoints: 'ws_checkpoints',
  forecasts: 'ws_forecasts',
  /** How long deleted records and inactive people are kept. */
  clean_up: 'ws_clean_up',
  /** Whether rankings may name people. */
  ranking: 'ws_ranking',
  /** Rows of the log that were emptied. */
  erasures: erasuresId,
} as const;
type UpkeepRow = keyof typeof rows;

/** The ids of all of them. */
export const upkeepIds: readonly string[] = Object.values(rows);

const ids: ReadonlySet<string> = new Set(upkeepIds);

/** Whether a record belongs to the upkeep of the workspace, which is for admins. */
export const isUpkeep = (type: AuditedType, id: string): boolean => type === 'workspace' && ids.has(id);

/** The id of such a row. */
export const upkeepId = (row: UpkeepRow): string => rows[row];

/** Writes fields of such a row, and takes away those of `unset`. Returns whether anything changed. Who may do that is the caller's to check before. */
export function writeUpkeep(
  write: WriteContext,
  row: UpkeepRow,
  fields: JsonObject,
  unset: readonly string[] = [],
): boolean {
  const id = upkeepId(row);
  const record = locateIn(write.db, 'workspace', id);
  if (!record) write.records.create({ type: 'workspace', id, payload: fields });
  else {
    if (record.deleted) write.records.restore(record);
    write.records.update(record, fields, unset);
  }
  return write.audit.changes > 0;
}

/**
 * Notes in the audit what is done beside the records, as removing backups. Every transaction of the audit has a row; this one's says when
 * and what, so that replaying and verifying know nothing special. Undoing passes it over: see `shared/domain/acts.ts`.
 */
export function noteAct(write: WriteContext, act: string, what: JsonObject): void {
  writeUpkeep(write, 'acts', { last: { act, op_id: write.audit.op_id, ...what } });
}
