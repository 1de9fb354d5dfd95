import type { Profile } from '#shared/contract/workspace.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { whyNothing } from '../../../stores/profile.ts';
import { tellCountLocked, tellLocked } from '../../../ui/locked.ts';
import { whyNot } from './mayChange.ts';
import type { Subjects } from './subjects.ts';

/** Says why some of what is meant cannot be deleted by who acts. True when that is so, as far as the window knows. */
export function tellUndeletable(
  me: Profile | undefined,
  type: EntityType,
  { records, count }: Subjects,
): boolean {
  const refused = (records ?? []).filter((record) => whyNot(me, record, true) !== null);
  const [first] = refused;
  const why = first ? whyNot(me, first, true) : whyNothing(me);
  if (why === null) return false;
  if (first) tellLocked(type, refused, why);
  else tellCountLocked(type, count, why);
  return true;
}
