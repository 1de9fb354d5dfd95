import { foldText } from '#shared/domain/fold.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { assertMayChange } from '../model/permissions.ts';
import { readTitle } from '../model/titles.ts';
import { checkReferences, invalidFault } from '../model/validate.ts';
import { findProfile, isLastAdmin, profilesOf } from '../log/session.ts';

/** New values; fields that are not given stay. */
export interface ProfileChange {
  name?: string | undefined;
  role?: Role | undefined;
  university_id?: string | null | undefined;
}

/** Profiles are found by name, so a taken name could impersonate; only an admin may give two people one name. */
function checkFree(write: WriteContext, id: string, name: string): void {
  if (write.actor.role === 'admin') return;
  const foldedName = foldText(name);
  if (profilesOf(write.db).some((other) => other.id !== id && foldText(other.name) === foldedName))
    throw invalidFault([
      { path: 'name', code: 'taken', message: `is already the name of another profile: "${name}"` },
    ]);
}

function differing(was: Profile, { name, role, university_id }: ProfileChange): ProfileChange {
  return {
    ...(name !== undefined && name !== was.name ? { name } : {}),
    ...(role !== undefined && role !== was.role ? { role } : {}),
    ...(university_id !== undefined && university_id !== was.university_id ? { university_id } : {}),
  };
}

/** A change of the name alone is a renaming; others are labelled with the new value. */
function labelChange(write: WriteContext, was: Profile, { name, role, university_id }: ProfileChange): void {
  const { id } = was;
  const named = { id, title: name ?? was.name, ...(name === undefined ? {} : { was: was.name }) };
  if (role === undefined && university_id === undefined) return write.audit.label('profile.rename', named);
  write.audit.label('profile.change', {
    ...named,
    ...(role === undefined ? {} : { role }),
    ...(university_id === undefined ? {} : { university: universityTitle(write.db, university_id) }),
  });
}

function universityTitle(db: ReadHandle, id: string | null): string | null {
  const found = id === null ? undefined : locateIn(db, 'university', id);
  return found ? readTitle(db, 'university', found.payload) : null;
}

/**
 * Changes a profile, found by id or name. `op_id` is null if nothing changed. Only admins give a name that another profile has, and the
 * last admin stays one. Throws UNKNOWN_ACTOR, FORBIDDEN, INVALID.
 */
export function changeProfile(
  write: WriteContext,
  idOrName: string,
  change: ProfileChange,
): { profile: Profile; op_id: string | null } {
  const profile = findProfile(write.db, idOrName);
  const { id } = profile;
  const record = locateIn(write.db, 'profile', id) as Located<'profile'>;
  const set = differing(profile, change);
  const after = { ...record.payload, ...set } as JsonObject;
  assertMayChange(write.db, write.actor, { type: 'profile', id, before: record.payload, after });
  if (Object.keys(set).length === 0) return { profile, op_id: null };
  if (set.name !== undefined) checkFree(write, id, set.name);
  checkReferences(write.db, 'profile', set as JsonObject);
  if (set.role !== undefined && isLastAdmin(write.db, id)) {
    const message =
      'must stay admin, because no other profile is one: make another an admin first. Nothing was changed.';
    throw invalidFault([{ path: 'role', code: 'last_admin', message }]);
  }
  write.records.update(record, set as JsonObject);
  labelChange(write, profile, set);
  return { profile: { ...profile, ...(set as Partial<Profile>) }, op_id: write.audit.op_id };
}
