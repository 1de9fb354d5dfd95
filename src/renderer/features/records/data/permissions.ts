import { useMemo } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isSharedProject, changeVerdict } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useMe } from '../../../stores/profile.ts';
import { denialText } from '../../../text/faults.ts';

type ProtectedRecord = Pick<EntityRecord, 'id' | 'type' | 'university_id' | 'payload' | 'derived'>;

function universitiesOf({ id, type, university_id, derived }: ProtectedRecord): readonly (string | null)[] {
  if (type === 'university') return [id];
  if (type !== 'interface') return [university_id];
  return [derived.from_university, derived.to_university].map((university) =>
    typeof university === 'string' ? university : null,
  );
}

/** Why the actor is not allowed to change the record; null if allowed. `isWholeRecord`: to delete or restore it. Core decides. */
export function changeRefusal(
  actor: Actor | undefined,
  record: ProtectedRecord,
  isWholeRecord = false,
): string | null {
  if (!actor) return null;
  const { type, payload } = record;
  const universities = universitiesOf(record);
  const verdict = changeVerdict(actor, {
    type,
    universities,
    isShared: isSharedProject(type, payload),
    isWholeRecord,
  });
  return denialText(verdict);
}

/** Why the actor is not allowed to create records of the type; null if allowed. */
export function creationRefusal(actor: Actor | undefined, type: EntityType): string | null {
  if (!actor) return null;
  // Records without the field belong to no university.
  const hasUniversity = type === 'interface' || fieldOf(type, 'university_id') !== undefined;
  const universities = [hasUniversity ? actor.university_id : null];
  return denialText(changeVerdict(actor, { type, universities, isWholeRecord: true }));
}

/** Why the current actor is not allowed to change the record, as a sentence; null if allowed. */
export function useChangeRefusal(record: ProtectedRecord, isWholeRecord = false): string | null {
  const me = useMe();
  return useMemo(() => changeRefusal(me, record, isWholeRecord), [me, record, isWholeRecord]);
}
