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

/** Missing, deleted or hidden references that `find` returns, direct and indirect. Yields the number found. */
export function* missingReferences(
  db: ReadHandle,
  records: readonly TargetRecord[],
  find: (id: string) => TargetRecord | null,
): Generator<number, TargetRecord[], void> {
  const known = new Set(records.map(({ id }) => id));
  const found: TargetRecord[] = [];
  const queue = [...records];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { type, payload } = next;
    for (const { key } of isEntityType(type) ? referencesOf(type) : []) {
      for (const id of referencedIds(payload[key])) {
        if (known.has(id)) continue;
        known.add(id);
        const current = locateRecord(db, id);
        const target = current && !current.deleted && !current.hidden ? null : find(id);
        if (!target) continue;
        // A hidden record needs only what hides it.
        if (!current || current.deleted) found.push(target);
        queue.push(target);
      }
    }
    yield found.length;
  }
  return found;
}

/** Changes that create and delete again a record's university, if `source` has it deleted and `db` never had it. */
export function deletedUniversities(
  db: ReadHandle,
  source: ReadHandle,
): (payload: JsonObject | null) => readonly PlannedChange[] {
  const given = new Set<string>();
  return (payload) => {
    const id = payload?.university_id;
    if (typeof id !== 'string' || given.has(id) || locateIn(db, 'university', id)) return [];
    given.add(id);
    const found = locateIn(source, 'university', id);
    if (!found?.deleted) return [];
    const change = { type: 'university', id } as const;
    return [
      { ...change, payload: found.payload },
      { ...change, payload: null },
    ];
  };
}
