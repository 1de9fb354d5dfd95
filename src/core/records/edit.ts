import { editedFields } from '#shared/domain/patch.ts';
import type { FieldEdit } from '#shared/domain/patch.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { visibleRecord, patchRecord } from '../model/commands.ts';
import { readTitle } from '../model/titles.ts';
import { withRecordName } from './record-name-in-issues.ts';
import { CommonValues } from './common-values.ts';

export interface EditResult {
  op_id: string | null;
  changed: number;
  unchanged: number;
}

/** Sets and removes the same fields in each record. Yields the number done. Throws NOT_FOUND, FORBIDDEN and INVALID. */
export function* editRecords(
  write: WriteContext,
  type: EntityType,
  ids: readonly string[],
  edit: FieldEdit,
): Generator<number, EditResult, void> {
  let changed = 0;
  let done = 0;
  let title = '';
  const fields = editedFields(edit);
  const commonValues = fields.length === 1 ? new CommonValues(type, fields[0] as string) : null;
  for (const id of ids) {
    const current = visibleRecord(write.db, type, id);
    if (ids.length === 1) title = readTitle(write.db, type, current.payload);
    if (withRecordName(write, current, () => patchRecord(write, current, edit))) {
      changed += 1;
      commonValues?.add(current.payload, edit.set);
    }
    yield ++done;
  }
  if (ids.length === 1) write.audit.label(`${type}.update`, { type, id: ids[0] as string, title, fields });
  else write.audit.label('records.edit', { type, count: changed, fields, ...commonValues?.params(write.db) });
  return { op_id: changed === 0 ? null : write.audit.op_id, changed, unchanged: ids.length - changed };
}
