import { idPrefix } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { nameOfWorkspace, nameRecord } from '../log/workspace-name.ts';
import { permit } from '../model/permissions.ts';

/**
 * Renames the workspace, not its folder. Its row stays forever: undoing the first name removes it, and the next name restores it. Returns
 * whether anything changed. Throws FORBIDDEN.
 */
export function renameWorkspace(write: WriteContext, name: string): boolean {
  const was = nameOfWorkspace(write.db);
  const record = nameRecord(write.db);
  const id = record?.id ?? `${idPrefix.workspace}_${write.ids.uuid()}`;
  const before = record && !record.deleted ? record.payload : null;
  permit(write.db, write.actor, { type: 'workspace', id, before, after: { name } });
  if (name === was) return false;
  if (!record) write.records.create({ type: 'workspace', id, payload: { name } });
  else {
    if (record.deleted) write.records.restore(record);
    write.records.update(record, { name });
  }
  write.audit.label('workspace.rename', { title: name, was });
  return true;
}
