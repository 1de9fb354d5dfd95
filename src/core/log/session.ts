import { Fault } from '#shared/contract/faults.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

export interface Session {
  /** Id of the chosen profile. `actingProfile` determines the actor at each call, because joining or leaving a server changes the actor. */
  profile: string;
  /** A profile of live that the open sandbox lacks, because the sandbox is older. */
  guest?: Profile | undefined;
  agent?: string | undefined;
  readonly requestId: string;
}

interface ProfileRow {
  id: string;
  payload: string;
  /** Null while its university is deleted. */
  university_id: string | null;
  created_at: string;
}

const byIdQuery =
  'SELECT id, payload, university_id, created_at FROM profiles WHERE id = ? AND deleted_at IS NULL';
/** Ordered by the log, so that a clock that was set back does not change which profile is first. */
const allQuery = `SELECT id, payload, university_id, created_at FROM profiles p WHERE deleted_at IS NULL
  ORDER BY (SELECT min(l.id) FROM audit_logs l WHERE l.entity_id = p.id)`;

function toProfile(row: ProfileRow): Profile {
  const payload = JSON.parse(row.payload) as Omit<Profile, 'id' | 'created_at'>;
  return {
    id: row.id,
    name: payload.name,
    role: payload.role,
    university_id: row.university_id,
    created_at: row.created_at,
  };
}

export function profilesOf(db: ReadHandle): Profile[] {
  return db.all<ProfileRow>(allQuery).map(toProfile);
}

/** A workspace must keep one admin. */
export function isLastAdmin(db: ReadHandle, id: string): boolean {
  const admins = profilesOf(db).filter(({ role }) => role === 'admin');
  return admins.length === 1 && admins[0]?.id === id;
}

/**
 * Returns the profile that a session acts as. In a workspace shared with a server that is the signed-in user; otherwise the open file's profile, or
 * the guest from live. Throws UNKNOWN_ACTOR.
 */
export function actingProfile(db: ReadHandle, { profile, guest }: Session): Profile {
  const userId = joinedUserId(db);
  const userRow = userId === null ? undefined : db.get<ProfileRow>(byIdQuery, [userId]);
  if (userRow) return toProfile(userRow);
  if (guest?.id !== profile) return profileById(db, profile);
  const row = db.get<ProfileRow>(byIdQuery, [profile]);
  return row ? toProfile(row) : guest;
}

/** The name of a profile, also of a deleted one; the id if it is not here. */
export const profileName = (db: ReadHandle, id: string): string =>
  db.get<{ name: string }>('SELECT name FROM profiles WHERE id = ?', [id])?.name ?? id;

/** Throws UNKNOWN_ACTOR. */
export function profileById(db: ReadHandle, id: string): Profile {
  const row = db.get<ProfileRow>(byIdQuery, [id]);
  if (!row) throw unknownActorFault(id);
  return toProfile(row);
}

/**
 * Finds a profile by id, or by name if unique. In a workspace shared with a server only the signed-in user is found. Without a name, returns the
 * first profile; with null, when no one can be asked, the first admin. Throws UNKNOWN_ACTOR, listing the candidates of an ambiguous name.
 */
export function findProfile(db: ReadHandle, idOrName: string | null | undefined): Profile {
  const profiles = profilesOf(db);
  const user = profiles.find(({ id }) => id === joinedUserId(db));
  if (user) {
    if (idOrName === null || [user.id, user.name].includes(idOrName ?? user.id)) return user;
    throw notSignedInFault(idOrName ?? '', user);
  }
  const defaultProfile = idOrName === null ? profiles.find(({ role }) => role === 'admin') : profiles[0];
  const byIdOrDefault = idOrName == null ? defaultProfile : profiles.find(({ id }) => id === idOrName);
  if (byIdOrDefault) return byIdOrDefault;
  const byName = profiles.filter((profile) => profile.name === idOrName);
  if (byName.length === 1) return byName[0] as Profile;
  if (byName.length > 1) throw ambiguousFault(idOrName ?? '', byName);
  throw unknownActorFault(idOrName ?? '');
}

export function actorOf(profile: Profile): Actor {
  const { id, name, role, university_id } = profile;
  return { id, name, role, university_id };
}

/** A value of the sync state; null if missing, or if the schema predates sync. */
function readSyncValue(db: ReadHandle, key: string): string | null {
  const hasSyncState = db.get('SELECT 1 FROM sqlite_master WHERE name = ?', ['sync_state']);
  if (!hasSyncState) return null;
  return db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', [key])?.value ?? null;
}

/** Id of the user signed in at the server; null if the workspace is not shared. */
export const joinedUserId = (db: ReadHandle): string | null => signedInUser(db)?.id ?? null;

/** Whether the server requires that a second person approves repairs. False if the workspace is not shared. */
export function serverHasFourEyes(db: ReadHandle): boolean {
  const state = readSyncValue(db, 'state');
  return state !== null && (JSON.parse(state) as { own_approval?: boolean }).own_approval !== true;
}

/** The user signed in at the server, by the name that the server knows; null if the workspace is not shared. */
export function signedInUser(db: ReadHandle): { id: string; name: string } | null {
  const state = readSyncValue(db, 'state');
  return state === null
    ? null
    : ((JSON.parse(state) as { user?: { id: string; name: string } }).user ?? null);
}

/** A profile of this workspace and the server user that its person joined as. */
export type Identity = readonly [profile: string, user: string];

/** Kept after leaving the server, because earlier changes still belong to these people. */
export const identitiesIn = (db: ReadHandle): Identity[] =>
  JSON.parse(readSyncValue(db, 'identities') ?? '[]') as Identity[];

/** All ids of one person in the log: before joining a server, while joined, and after leaving. */
export function idsOfPerson(db: ReadHandle, actor: string): ReadonlySet<string> {
  return new Set([
    actor,
    ...identitiesIn(db)
      .filter((pair) => pair.includes(actor))
      .flat(),
  ]);
}

function notSignedInFault(actor: string, { name }: Profile): Fault {
  return new Fault('UNKNOWN_ACTOR', { actor, signed_in: name });
}

function unknownActorFault(actor: string): Fault {
  return new Fault('UNKNOWN_ACTOR', { actor });
}

function ambiguousFault(actor: string, candidates: readonly Profile[]): Fault {
  return new Fault('UNKNOWN_ACTOR', {
    actor,
    candidates: candidates.map(({ id, role }) => `${id} (${role})`),
  });
}
