import type { JsonObject } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import { referencesOf } from '../model/validate.ts';
import type { PlannedChange } from './plan.ts';

export interface TargetRecord {
  type: AuditedType;
  id: string;
  payload: JsonObject;
}

/** Returns from `find` the records to which `records` refer, directly or not, and that `db` lacks or has deleted. Yields their number. */
export function* missingReferences(
  db: ReadHandle,
  records: readonly TargetRecord[],
  find: (id: string) => TargetRecord | null,
): Generator<number, TargetRecord[], void> {
  const seenIds = new Set(records.map(({ id }) => id));
  const missing: TargetRecord[] = [];
  const queue = [...records];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { type, payload } = next;
    for (const { key } of isEntityType(type) ? referencesOf(type) : []) {
      for (const id of referencedIds(payload[key])) {
        if (seenIds.has(id)) continue;
        seenIds.add(id);
        const current = locateRecord(db, id);
        const target = current && !current.deleted && !current.hidden ? null : find(id);
        if (!target) continue;
        // A hidden record is not missing, but the records that hide it can be.
        if (!current || current.deleted) missing.push(target);
        queue.push(target);
      }
    }
    yield missing.length;
  }
  return missing;
}

/** Returns a planner that creates a record's university and deletes it again, if `source` has it deleted and `db` never had it. */
export function universityPlanner(
  db: ReadHandle,
  source: ReadHandle,
): (payload: JsonObject | null) => readonly PlannedChange[] {
  const plannedIds = new Set<string>();
  return (payload) => {
    const id = payload?.university_id;
    if (typeof id !== 'string' || plannedIds.has(id) || locateIn(db, 'university', id)) return [];
    plannedIds.add(id);
    const university = locateIn(source, 'university', id);
    if (!university?.deleted) return [];
    const change = { type: 'university', id } as const;
    return [
      { ...change, payload: university.payload },
      { ...change, payload: null },
    ];
  };
}
