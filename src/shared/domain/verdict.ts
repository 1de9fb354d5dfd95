import type { Json, JsonObject } from './json.ts';
import { jsonEqual } from './json.ts';
import { isShared, mayChange } from './permissions.ts';
import type { Actor, Verdict } from './permissions.ts';
import type { AuditedType } from './types.ts';

/** A requested change: the payload before (null if new) and after (null if deleted). */
export interface ProposedChange {
  type: AuditedType;
  id: string;
  before: JsonObject | null;
  after: JsonObject | null;
  upkeep?: boolean;
}

export type EndsOf = (payload: JsonObject) => readonly (string | null)[];

function universitiesOf(
  change: ProposedChange,
  payload: JsonObject,
  endsOf: EndsOf,
): readonly (string | null)[] {
  if (change.type === 'university') return [change.id];
  if (change.type === 'interface') return endsOf(payload);
  const university: Json | undefined = payload.university_id;
  return [typeof university === 'string' ? university : null];
}

function ownerOf({ type, id }: ProposedChange, payload: JsonObject): string | null {
  if (type === 'profile') return id;
  return type === 'view' && typeof payload.owner === 'string' ? payload.owner : null;
}

function changesOnlyName({ before, after }: ProposedChange): boolean {
  if (before === null || after === null) return false;
  return jsonEqual({ ...before, name: null }, { ...after, name: null });
}

/** Whether the actor may make the change. Checks the record before and after it. */
export function verdictOn(actor: Actor, change: ProposedChange, endsOf: EndsOf): Verdict {
  const { type, before, after, upkeep = false } = change;
  if (actor.role === 'admin' || (actor.role === 'researcher' && type !== 'profile' && !upkeep))
    return { allowed: true };
  const onlyName = type === 'profile' && changesOnlyName(change);
  for (const payload of [before, after]) {
    if (!payload) continue;
    const universities = universitiesOf(change, payload, endsOf);
    const wholeRecord = before === null || after === null;
    const owner = ownerOf(change, payload);
    const shared = isShared(type, payload);
    const verdict = mayChange(actor, { type, universities, shared, wholeRecord, owner, onlyName, upkeep });
    if (!verdict.allowed) return verdict;
  }
  return { allowed: true };
}
