import type { ResultOf } from '#shared/contract/base.ts';
import type { setFields } from '#shared/contract/bulk.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { editedFields } from '#shared/domain/patch.ts';
import type { FieldEdit } from '#shared/domain/patch.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { withProblem } from '#shared/texts/issues.ts';
import { verbatim } from '#shared/texts/sentence.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { visibleRecord, patchRecord } from '../model/commands.ts';
import { readTitle } from '../model/titles.ts';
import { CommonValues } from './common-values.ts';

/** Sets and removes the same fields in each record. Yields the number done. Throws NOT_FOUND, FORBIDDEN and INVALID. */
export function* editRecords(
  write: WriteContext,
  type: EntityType,
  ids: readonly string[],
  edit: FieldEdit,
): Generator<number, ResultOf<typeof setFields>, void> {
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

/** Runs the work for one of many records, and adds the record's name to issues of INVALID. */
function withRecordName<T>(write: WriteContext, { type, id, payload }: LocatedRecord, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isFault(error) || !('issues' in error.data)) throw error;
    const title = readTitle(write.db, type, payload) || id;
    const issues = error.data.issues.map((issue) => {
      const problem = issue.problem ?? verbatim(issue.message);
      return withProblem(issue, 'in_record', { problem, title });
    });
    throw new Fault('INVALID', { issues });
  }
}
