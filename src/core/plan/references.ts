import type { JsonObject } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locate, locateIn } from '../log/records/locate.ts';
import { referencesOf } from '../model/validate.ts';
import type { PlannedChange } from './plan.ts';

/** A record as it is to be. */
export interface TargetRecord {
  type: AuditedType;
  id: string;
  payload: JsonObject;
}

/**
 * What records refer to, and that in turn, as far as it is missing, deleted or hidden in `db` and `find` has it: without it they would be hidden or
 * read as empty. Yields how many it has found.
 */
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
        const current = locate(db, id);
        const target = current && !current.deleted && !current.hidden ? null : find(id);
        if (!target) continue;
        // What is hidden is as it is; only what hides it is looked for.
        if (!current || current.deleted) found.push(target);
        queue.push(target);
      }
    }
    yield found.length;
  }
  return found;
}

/**
 * Gives for each record the changes that bring its university where `source` has it deleted and `db` has never had it: it comes and is deleted
 * again, once, since its row is needed by what it hides.
 */
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
