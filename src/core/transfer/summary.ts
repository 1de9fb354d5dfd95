import type { ImportPlan } from '#shared/contract/transfer.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import { titleBy } from '../model/titles.ts';
import { listedProblems } from './limits.ts';
import type { Effect } from './merge.ts';
import type { PlannedRecord, Prepared } from './plan.ts';
import type { FileText } from './read-file.ts';

/** How many records of each table a plan shows. */
const shown = 5;

/** What a plan tells whoever asked for a preview. */
export function summarize(
  file: Omit<FileText, 'text' | 'textBytes'>,
  prepared: Prepared,
  workspaceEmpty: boolean,
): ImportPlan {
  const { records, problems } = prepared;
  return {
    source: file.name,
    sha256: file.sha256,
    bytes: file.bytes,
    counts: countBy(records),
    creates: countBy(records, ['create']),
    updates: countBy(records, ['update']),
    restores: countBy(records, ['restore']),
    unchanged: countBy(records, ['unchanged']),
    duration_unit: prepared.duration_unit,
    problems: problems.list.slice(0, listedProblems),
    problem_counts: { ...problems.counts },
    sample: sampleOf(prepared),
    changed: changedOf(prepared),
    workspace_empty: workspaceEmpty,
  };
}

/** How many of the records there are in each table; with `effects`, of those that it will happen to. */
export function countBy(
  records: readonly PlannedRecord[],
  effects?: readonly Effect[],
): Record<string, number> {
  const counts = Object.fromEntries(entityTypes.map((type) => [tableOf[type], 0])) as Record<string, number>;
  for (const { type, effect } of records) {
    if (!effects || effects.includes(effect)) counts[tableOf[type]] = (counts[tableOf[type]] as number) + 1;
  }
  return counts;
}

function sampleOf({ records, find }: Prepared): ImportPlan['sample'] {
  const sample: ImportPlan['sample'] = {};
  for (const record of records) {
    const rows = (sample[tableOf[record.type]] ??= []);
    if (rows.length < shown) rows.push({ id: record.id, title: titleBy(find, record.type, record.payload) });
  }
  return sample;
}

/** The first records that would change, each with what differs: a field that one side lacks is in the other only. */
export function changedOf({ records, find }: Pick<Prepared, 'records' | 'find'>): ImportPlan['changed'] {
  const changed = records.filter(({ effect }) => effect === 'update').slice(0, shown);
  return changed.map(({ type, id, payload, existing }) => {
    const before = existing?.payload ?? {};
    const differs = Object.keys({ ...before, ...payload }).filter(
      (field) => !same(before[field], payload[field]),
    );
    const of = (side: JsonObject): JsonObject =>
      Object.fromEntries(Object.entries(side).filter(([field]) => differs.includes(field)));
    return { type, id, title: titleBy(find, type, before), before: of(before), after: of(payload) };
  });
}

/** Null and "not there" are two things. */
function same(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : jsonEqual(one, other);
}
