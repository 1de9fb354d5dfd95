import { jsonEqual } from '#shared/domain/json.ts';
import type { PlannedRecord } from '../plan.ts';

/** Which fields of records that are here would change, each with in how many of them, the most first. */
export function changedFields(records: readonly PlannedRecord[]): { field: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { effect, payload, existing } of records) {
    if (effect !== 'update' || !existing) continue;
    for (const [field, value] of Object.entries(payload)) {
      if (!jsonEqual(existing.payload[field] ?? null, value)) counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  return [...counts].map(([field, count]) => ({ field, count })).toSorted((a, b) => b.count - a.count);
}
