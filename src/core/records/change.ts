import type { InputOf, OutputOf } from '#shared/contract/base.ts';
import type { applyChanges } from '#shared/contract/bulk.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { createRecord, updateRecord } from '../model/commands.ts';
import { locateIn } from '../log/records/locate.ts';
import { CommonValues } from './common-values.ts';

type Changes = InputOf<typeof applyChanges>['changes'];
type Change = Changes[number];

/** Makes the changes in order. Yields the number done. Issues of INVALID name the change by its index. */
export function* makeChanges(
  write: WriteContext,
  changes: Changes,
): Generator<number, OutputOf<typeof applyChanges>, void> {
  const ids: string[] = [];
  const changedIds = new Set<string>();
  const commonValues = commonValuesOf(changes);
  for (const [index, change] of changes.entries()) {
    const { id, isChanged } = withIndexInIssues(index, () => applyChange(write, change, commonValues));
    ids.push(id);
    if (isChanged) changedIds.add(id);
    yield ids.length;
  }
  if (changes.length > 1) {
    const labelParams = { ...labelParamsOf(changes, changedIds.size), ...commonValues?.params(write.db) };
    write.audit.label('records.change', labelParams);
  }
  return { op_id: write.audit.changes === 0 ? null : write.audit.op_id, ids, changed: changedIds.size };
}

function applyChange(
  write: WriteContext,
  change: Change,
  commonValues: CommonValues | null,
): { id: string; isChanged: boolean } {
  if (change.kind === 'create') return { id: createRecord(write, change), isChanged: true };
  const { type, id, data } = change;
  const before = commonValues && locateIn(write.db, type, id);
  const isChanged = updateRecord(write, change);
  if (before && isChanged) commonValues.add(before.payload, data);
  return { id, isChanged };
}

/** The common values of updates of one field in several records of a type; null otherwise. */
function commonValuesOf(changes: Changes): CommonValues | null {
  const updates = changes.flatMap((one) => (one.kind === 'update' ? [one] : []));
  const [firstUpdate] = updates;
  if (!firstUpdate || changes.length < 2 || updates.length < changes.length) return null;
  const fields = new Set(updates.flatMap(({ data, unset }) => [...Object.keys(data), ...unset]));
  const [field] = fields;
  if (field === undefined || fields.size > 1 || updates.some(({ type }) => type !== firstUpdate.type))
    return null;
  return new CommonValues(firstUpdate.type, field);
}

const maxLabelFields = 10;

/** Parameters of the label: the count, the type if all records share it, and the fields if all changes are updates. */
function labelParamsOf(changes: Changes, count: number): Record<string, Json> {
  const types = new Set(changes.map(({ type }) => type));
  const created = changes.filter(({ kind }) => kind === 'create').length;
  const fields = new Set(
    changes.flatMap((one) => (one.kind === 'update' ? [...Object.keys(one.data), ...one.unset] : [])),
  );
  return {
    count,
    created,
    ...(types.size === 1 ? { type: [...types][0] as string } : {}),
    ...(created === 0 ? { fields: [...fields].slice(0, maxLabelFields) } : {}),
  };
}

/** Prefixes the issues of INVALID with the index of the change: `changes.3.size`. */
function withIndexInIssues<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isFault(error) || !('issues' in error.data)) throw error;
    const pathOf = (field: string): string =>
      field === '' ? `changes.${index}` : `changes.${index}.${field}`;
    const issues = error.data.issues.map((issue) => ({ ...issue, path: pathOf(issue.path) }));
    throw new Fault('INVALID', { issues });
  }
}
