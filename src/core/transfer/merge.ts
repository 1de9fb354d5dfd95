import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { followingKind, withKind } from '../model/link-kind.ts';
import type { Claim } from './claims.ts';
import { asideKey } from './keys.ts';
import type { Problems } from './problems.ts';
import { show } from './problems.ts';
import { referenceFields } from './references.ts';
import type { Targets } from './targets.ts';

/** What an import does to one record. */
export type Effect = 'create' | 'update' | 'restore' | 'unchanged';

export interface Merged {
  effect: Effect;
  /** The whole payload as it will be. */
  payload: JsonObject;
}

/**
 * Lays a record of the file over what the workspace has under its id: a field that the file lacks stays as it is, and what
 * earlier imports set aside is kept; the kind of a link that the file moves follows its ends. A deleted record comes back; a reference of it that leads nowhere by now is cleared.
 */
export function mergeRecord(
  claim: Claim,
  fromFile: JsonObject,
  targets: Targets,
  problems: Problems,
): Merged {
  const { existing } = claim;
  if (!existing) return { effect: 'create', payload: fromFile };
  const laid: JsonObject = { ...existing.payload, ...fromFile, ...asideOf(existing.payload, fromFile) };
  const payload = Object.hasOwn(fromFile, 'interface_type') ? laid : followEnds(claim, laid, targets);
  if (!existing.deleted) {
    return { effect: jsonEqual(existing.payload, payload) ? 'unchanged' : 'update', payload };
  }
  return {
    effect: 'restore',
    payload: { ...payload, ...clearLost(claim, payload, fromFile, targets, problems) },
  };
}

/** What the file lacks and the workspace has not either is not made up. */
function followEnds({ type, existing }: Claim, payload: JsonObject, targets: Targets): JsonObject {
  if (type !== 'interface' || typeof existing?.payload.interface_type !== 'string') return payload;
  const typeOf = (id: string) => targets.typeOf(id) ?? targets.existing(id)?.type;
  return withKind(payload, followingKind(existing.payload, payload, typeOf));
}

function asideOf(old: JsonObject, fromFile: JsonObject): JsonObject {
  const before = Object.hasOwn(old, asideKey) ? old[asideKey] : undefined;
  const now = Object.hasOwn(fromFile, asideKey) ? fromFile[asideKey] : undefined;
  return isJsonObject(before) && isJsonObject(now) ? { [asideKey]: { ...before, ...now } } : {};
}

function clearLost(
  claim: Claim,
  payload: JsonObject,
  fromFile: JsonObject,
  targets: Targets,
  problems: Problems,
): Record<string, null> {
  const cleared: Record<string, null> = {};
  for (const [field, wanted] of referenceFields[claim.type]) {
    const id = payload[field];
    if (Object.hasOwn(fromFile, field) || typeof id !== 'string' || targets.typeOf(id) === wanted) continue;
    cleared[field] = null;
    const message = `The deleted record comes back; the ${wanted} ${show(id)} that it named is gone, so ${field} is cleared.`;
    problems.add(claim.path, 'dangling_reference', 'cleared', message);
  }
  return cleared;
}
