import { isForged } from './actor-fields.ts';
import type { Json, JsonObject } from './json.ts';
import { jsonEqual } from './json.ts';
import { agreementVerdict, changeVerdict, hookVerdict, isSharedProject } from './permissions.ts';
import type { Actor, Verdict } from './permissions.ts';
import type { AuditedType } from './types.ts';

/** A requested change: the payload before (null if new) and after (null if deleted). */
export interface ProposedChange {
  type: AuditedType;
  id: string;
  before: JsonObject | null;
  after: JsonObject | null;
  isSettings?: boolean;
  /** A state of the record that was written before, which the change brings back. It can name other people as its authors. */
  recorded?: JsonObject | null | undefined;
  /** An import or a push, whose new records can name the author that they had at the source. */
  isSubmitted?: boolean | undefined;
}

export type EndUniversities = (payload: JsonObject) => readonly (string | null)[];

function universitiesOf(
  change: ProposedChange,
  payload: JsonObject,
  endsOf: EndUniversities,
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

/** Whether a repair gets another proposer than it had, unless that is a recorded one. */
function isReattributed({ before, after, recorded = null }: ProposedChange): boolean {
  const [stored = null, proposer = null] = [before?.['proposed_by'], after?.['proposed_by']];
  if (after === null || stored === null || stored === '') return false;
  return !jsonEqual(proposer, stored) && !(recorded && jsonEqual(proposer, recorded['proposed_by'] ?? null));
}

/** Whether the actor is allowed to make the change. Checks the record before and after the change. */
export function verdictOn(actor: Actor, change: ProposedChange, endsOf: EndUniversities): Verdict {
  const { type, before, after, isSettings = false } = change;
  if (actor.repository !== undefined) return hookVerdict(actor, change);
  if (isForged(actor, type, change)) return { allowed: false, rule: 'own_name_only' };
  if (type === 'repair') {
    const isChanged = (field: string): boolean =>
      !jsonEqual(
        before?.[field] ?? null,
        after === null ? (before?.[field] ?? null) : (after[field] ?? null),
      );
    const verdict = agreementVerdict(actor, isChanged);
    if (!verdict.allowed) return verdict;
    if (isReattributed(change)) return { allowed: false, rule: 'own_name_only' };
  }
  if (actor.role === 'admin' || (actor.role === 'researcher' && type !== 'profile' && !isSettings))
    return { allowed: true };
  const isNameChange = type === 'profile' && changesOnlyName(change);
  for (const payload of [before, after]) {
    if (!payload) continue;
    const universities = universitiesOf(change, payload, endsOf);
    const isWholeRecord = before === null || after === null;
    const owner = ownerOf(change, payload);
    const isShared = isSharedProject(type, payload);
    const verdict = changeVerdict(actor, {
      type,
      universities,
      isShared,
      isWholeRecord,
      owner,
      isNameChange,
      isSettings,
    });
    if (!verdict.allowed) return verdict;
  }
  return { allowed: true };
}
