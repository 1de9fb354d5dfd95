import type { Profile } from '#shared/contract/workspace.ts';
import type { WriteContext } from '../commands/context.ts';
import { locateIn } from '../entities/locate.ts';
import type { Located } from '../entities/locate.ts';
import { permit } from '../entities/permit.ts';
import { findProfile } from '../session.ts';

/**
 * Gives a profile, by its id or name, another name; what it did before is told under that one too. Returns the profile, and whether
 * anything changed. Throws UNKNOWN_ACTOR, FORBIDDEN.
 */
export function renameProfile(
  write: WriteContext,
  wanted: string,
  name: string,
): { profile: Profile; changed: boolean } {
  const profile = findProfile(write.db, wanted);
  const { id, name: was } = profile;
  const record = locateIn(write.db, 'profile', id) as Located<'profile'>;
  permit(write.db, write.actor, {
    type: 'profile',
    id,
    before: record.payload,
    after: { ...record.payload, name },
  });
  if (name === was) return { profile, changed: false };
  write.records.update(record, { name });
  write.audit.label('profile.rename', { id, title: name, was });
  return { profile: { ...profile, name }, changed: true };
}
