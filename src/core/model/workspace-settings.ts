import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { erasuresId } from '../log/audit/erased-rows.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';

/** The settings of a workspace: rows of `workspaces` with fixed ids, so that merged copies have one of each. */
const idByName = {
  retention: 'ws_retention',
  /** The last act that changed no record; the log has all of them. */
  acts: 'ws_acts',
  checkpoints: 'ws_checkpoints',
  forecasts: 'ws_forecasts',
  /** Retention periods of deleted records and inactive people. */
  clean_up: 'ws_clean_up',
  ranking: 'ws_ranking',
  approval: 'ws_approval',
  erasures: erasuresId,
} as const;
type SettingName = keyof typeof idByName;

export const settingIds: readonly string[] = Object.values(idByName);

const idSet: ReadonlySet<string> = new Set(settingIds);

/** Whether a record is a setting of the workspace, which only admins may change. */
export const isSetting = (type: AuditedType, id: string): boolean => type === 'workspace' && idSet.has(id);

export const settingId = (name: SettingName): string => idByName[name];

/** Sets and removes fields of a setting. Returns whether the transaction changed anything so far. The caller checks the permission. */
export function writeSetting(
  write: WriteContext,
  name: SettingName,
  fields: JsonObject,
  unset: readonly string[] = [],
): boolean {
  const id = settingId(name);
  const record = locateIn(write.db, 'workspace', id);
  if (!record) write.records.create({ type: 'workspace', id, payload: fields });
  else {
    if (record.deleted) write.records.restore(record);
    write.records.update(record, fields, unset);
  }
  return write.audit.changes > 0;
}

/** Audits an act that changed no record, such as removing backups. Undo skips it: see `shared/domain/administrative-acts.ts`. */
export function recordAct(write: WriteContext, act: string, params: JsonObject): void {
  writeSetting(write, 'acts', { last: { act, op_id: write.audit.op_id, ...params } });
}
