import type { Profile } from '#shared/contract/workspace.ts';
import { fold } from '../db/connection.ts';
import type { WriteContext } from '../commands/context.ts';
import { locateIn } from '../entities/locate.ts';
import type { Located } from '../entities/locate.ts';
import { permit } from '../entities/permit.ts';
import { invalid } from '../entities/validate.ts';
import { findProfile, profilesOf } from '../session.ts';

/** Who could take anybody's name would be read as that one; that two are really called the same is an admin's to say. */
function checkFree(write: WriteContext, id: string, name: string): void {
  if (write.actor.role === 'admin') return;
  const wanted = fold(name);
  if (profilesOf(write.db).some((other) => other.id !== id && fold(other.name) === wanted))
    throw invalid([{ path: 'name', code: 'taken', message: `is what another profile is called: "${name}"` }]);
}

/**
 * Gives a profile, by its id or name, another name; what it did before is told under that one too. Returns the profile, and whether
 * anything changed. A name that another profile has is given by admins only. Throws UNKNOWN_ACTOR,
 * FORBIDDEN, INVALID.
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
  checkFree(write, id, name);
  write.records.update(record, { name });
  write.audit.label('profile.rename', { id, title: name, was });
  return { profile: { ...profile, name }, changed: true };
}
