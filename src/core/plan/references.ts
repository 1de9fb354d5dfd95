import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locate } from '../log/records/locate.ts';
import { referencesOf } from '../model/validate.ts';

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
      const id = payload[key];
      if (typeof id !== 'string' || known.has(id)) continue;
      known.add(id);
      const current = locate(db, id);
      const target = current && !current.deleted && !current.hidden ? null : find(id);
      if (!target) continue;
      // What is hidden is as it is; only what hides it is looked for.
      if (!current || current.deleted) found.push(target);
      queue.push(target);
    }
    yield found.length;
  }
  return found;
}
