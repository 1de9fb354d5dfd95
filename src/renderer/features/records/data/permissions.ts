import { useMemo } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isShared, mayChange } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useMe } from '../../../stores/profile.ts';
import { permissionText } from '../../../text/faults.ts';

type Subject = Pick<EntityRecord, 'id' | 'type' | 'university_id' | 'payload' | 'derived'>;

function universitiesOf({ id, type, university_id, derived }: Subject): readonly (string | null)[] {
  if (type === 'university') return [id];
  if (type !== 'interface') return [university_id];
  return [derived.from_university, derived.to_university].map((one) =>
    typeof one === 'string' ? one : null,
  );
}

/**
 * Why the actor may not change the record, as a sentence; null if allowed. `wholeRecord`: delete or restore it. Core decides; this is shown
 * in advance.
 */
export function whyNot(actor: Actor | undefined, record: Subject, wholeRecord = false): string | null {
  if (!actor) return null;
  const { type, payload } = record;
  const universities = universitiesOf(record);
  const verdict = mayChange(actor, { type, universities, shared: isShared(type, payload), wholeRecord });
  return verdict.allowed ? null : permissionText(verdict.rule);
}

/** Why the actor may not create records of the type; null if allowed. */
export function whyNotNew(actor: Actor | undefined, type: EntityType): string | null {
  if (!actor) return null;
  // Types without a university have none.
  const owned = type === 'interface' || fieldOf(type, 'university_id') !== undefined;
  const universities = [owned ? actor.university_id : null];
  const verdict = mayChange(actor, { type, universities, wholeRecord: true });
  return verdict.allowed ? null : permissionText(verdict.rule);
}

/** Why the current actor may not change the record, as a sentence; null if allowed. */
export function useMayChange(record: Subject, wholeRecord = false): string | null {
  const me = useMe();
  return useMemo(() => whyNot(me, record, wholeRecord), [me, record, wholeRecord]);
}
