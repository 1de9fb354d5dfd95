import { issueOf } from '#shared/texts/issues.ts';
import { foldText } from '#shared/domain/fold.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { assertCanChange } from '../model/permissions.ts';
import { readTitle } from '../model/titles.ts';
import { checkReferences, invalidFault } from '../model/validate.ts';
import { findProfile, isLastAdmin, profilesOf } from '../log/session.ts';

/** New values; fields that are not given stay. */
export interface ProfileChange {
  name?: string | undefined;
  role?: Role | undefined;
  university_id?: string | null | undefined;
}

/** Profiles are found by name, so a taken name could impersonate; only an admin can give two people one name. */
function checkNameIsFree(write: WriteContext, id: string, name: string): void {
  if (write.actor.role === 'admin') return;
  const foldedName = foldText(name);
  if (profilesOf(write.db).some((other) => other.id !== id && foldText(other.name) === foldedName))
    throw invalidFault([issueOf('name', 'taken')]);
}

function changedValues(before: Profile, { name, role, university_id }: ProfileChange): ProfileChange {
  return {
    ...(name !== undefined && name !== before.name ? { name } : {}),
    ...(role !== undefined && role !== before.role ? { role } : {}),
    ...(university_id !== undefined && university_id !== before.university_id ? { university_id } : {}),
  };
}

/** A change of the name alone is a renaming; others are labelled with the new value. */
function labelChange(
  write: WriteContext,
  before: Profile,
  { name, role, university_id }: ProfileChange,
): void {
  const { id } = before;
  const labelParams = { id, title: name ?? before.name, ...(name === undefined ? {} : { was: before.name }) };
  if (role === undefined && university_id === undefined)
    return write.audit.label('profile.rename', labelParams);
  write.audit.label('profile.change', {
    ...labelParams,
    ...(role === undefined ? {} : { role }),
    ...(university_id === undefined ? {} : { university: universityTitle(write.db, university_id) }),
  });
}

function universityTitle(db: ReadHandle, id: string | null): string | null {
  const university = id === null ? undefined : locateIn(db, 'university', id);
  return university ? readTitle(db, 'university', university.payload) : null;
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
  const record = locateIn(write.db, 'profile', id) as LocatedRecord<'profile'>;
  const changes = changedValues(profile, change);
  const after = { ...record.payload, ...changes } as JsonObject;
  assertCanChange(write.db, write.actor, { type: 'profile', id, before: record.payload, after });
  if (Object.keys(changes).length === 0) return { profile, op_id: null };
  if (changes.name !== undefined) checkNameIsFree(write, id, changes.name);
  checkReferences(write.db, 'profile', changes as JsonObject);
  if (changes.role !== undefined && isLastAdmin(write.db, id))
    throw invalidFault([issueOf('role', 'last_admin')]);
  write.records.update(record, changes as JsonObject);
  labelChange(write, profile, changes);
  return { profile: { ...profile, ...(changes as Partial<Profile>) }, op_id: write.audit.op_id };
}
