import type { z } from 'zod';
import type { change } from '#shared/contract/bulk.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { Json } from '#shared/domain/json.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { createRecord, updateRecord } from '../model/commands.ts';
import { locateIn } from '../log/records/locate.ts';
import { SameValues } from './same-values.ts';

type Changes = z.output<(typeof change)['~orpc']['inputSchema'] & z.ZodType>['changes'];
type Change = Changes[number];

export interface Changed {
  op_id: string | null;
  ids: string[];
  changed: number;
}

/** Makes the changes in order. Yields the number done. Issues of INVALID name the change by its index. */
export function* makeChanges(write: WriteContext, changes: Changes): Generator<number, Changed, void> {
  const ids: string[] = [];
  const changed = new Set<string>();
  const same = sameOf(changes);
  for (const [place, change] of changes.entries()) {
    const { id, done } = placed(place, () => makeOne(write, change, same));
    ids.push(id);
    if (done) changed.add(id);
    yield ids.length;
  }
  if (changes.length > 1) {
    const labelParams = { ...summary(changes, changed.size), ...same?.params(write.db) };
    write.audit.label('records.change', labelParams);
  }
  return { op_id: write.audit.changes === 0 ? null : write.audit.op_id, ids, changed: changed.size };
}

function makeOne(
  write: WriteContext,
  change: Change,
  same: SameValues | null,
): { id: string; done: boolean } {
  if (change.kind === 'create') return { id: createRecord(write, change), done: true };
  const { type, id, data } = change;
  const before = same && locateIn(write.db, type, id);
  const done = updateRecord(write, change);
  if (before && done) same.add(before.payload, data);
  return { id, done };
}

/** The common values of updates of one field in several records of a type; null otherwise. */
function sameOf(changes: Changes): SameValues | null {
  const updates = changes.flatMap((one) => (one.kind === 'update' ? [one] : []));
  const [first] = updates;
  if (!first || changes.length < 2 || updates.length < changes.length) return null;
  const fields = new Set(updates.flatMap(({ data, unset }) => [...Object.keys(data), ...unset]));
  const [field] = fields;
  if (field === undefined || fields.size > 1 || updates.some(({ type }) => type !== first.type)) return null;
  return new SameValues(first.type, field);
}

/** Parameters of the label: the count, the type if all records share it, and the fields if all changes are updates. */
function summary(changes: Changes, count: number): Record<string, Json> {
  const types = new Set(changes.map(({ type }) => type));
  const created = changes.filter(({ kind }) => kind === 'create').length;
  const fields = new Set(
    changes.flatMap((one) => (one.kind === 'update' ? [...Object.keys(one.data), ...one.unset] : [])),
  );
  return {
    count,
    created,
    ...(types.size === 1 ? { type: [...types][0] as string } : {}),
    ...(created === 0 ? { fields: [...fields].slice(0, 10) } : {}),
  };
}

/** Prefixes the issues of INVALID with the index of the change: `changes.3.size`. */
function placed<T>(place: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isFault(error) || !('issues' in error.data)) throw error;
    const path = (field: string): string => (field === '' ? `changes.${place}` : `changes.${place}.${field}`);
    const issues = error.data.issues.map((issue) => ({ ...issue, path: path(issue.path) }));
    throw new Fault('INVALID', { issues });
  }
}
