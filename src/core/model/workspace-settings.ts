import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { erasuresId } from '../log/audit/erased-rows.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';

/** Rows of `workspaces` besides the workspace's own, with fixed ids, so that merged copies have one of each. */
const rows = {
  retention: 'ws_retention',
  /** The last act that changed no record; the log has all of them. */
  acts: 'ws_acts',
  checkpoints: 'ws_checkpoints',
  forecasts: 'ws_forecasts',
  /** Retention periods of deleted records and inactive people. */
  clean_up: 'ws_clean_up',
  ranking: 'ws_ranking',
  erasures: erasuresId,
} as const;
type UpkeepRow = keyof typeof rows;

export const upkeepIds: readonly string[] = Object.values(rows);

const ids: ReadonlySet<string> = new Set(upkeepIds);

/** Whether a record is a setting of the workspace, which only admins may change. */
export const isUpkeep = (type: AuditedType, id: string): boolean => type === 'workspace' && ids.has(id);

export const upkeepId = (row: UpkeepRow): string => rows[row];

/** Sets and removes fields of such a row. Returns whether anything changed. The caller checks the permission. */
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

/** Audits an act that changed no record, such as removing backups. Undo skips it: see `shared/domain/acts.ts`. */
export function noteAct(write: WriteContext, act: string, what: JsonObject): void {
  writeUpkeep(write, 'acts', { last: { act, op_id: write.audit.op_id, ...what } });
}
