import { Fault } from '#shared/contract/faults.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

/** Who calls over one port or from one command. */
export interface Session {
  /** Id of the profile that was chosen for it. Not always who acts: `actingProfile` says that, at each call, because joining or leaving a server changes it. */
  profile: string;
  /** The profile of live, where the open sandbox is older than it. */
  guest?: Profile | undefined;
  /** The name of the agent that acts for the profile's person. Every transaction of the session stores it. */
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

const one = 'SELECT id, payload, university_id, created_at FROM profiles WHERE id = ? AND deleted_at IS NULL';
/** In the order of the log: a clock that was set back must not make somebody else the first. */
const all = `SELECT id, payload, university_id, created_at FROM profiles p WHERE deleted_at IS NULL
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

/** Everybody who may act on this workspace, oldest first. */
export function profilesOf(db: ReadHandle): Profile[] {
  return db.all<ProfileRow>(all).map(toProfile);
}

/** Whether the profile of that id is the only admin that there is: a workspace keeps one. */
export function isLastAdmin(db: ReadHandle, id: string): boolean {
  const admins = profilesOf(db).filter(({ role }) => role === 'admin');
  return admins.length === 1 && admins[0]?.id === id;
}

/**
 * The profile that a session acts as: of what is open, or else the guest from live; where the workspace is shared with a server, whoever is signed
 * in there. Throws UNKNOWN_ACTOR.
 */
export function actingProfile(db: ReadHandle, { profile, guest }: Session): Profile {
  const joined = joinedUser(db);
  const signedIn = joined === null ? undefined : db.get<ProfileRow>(one, [joined]);
  if (signedIn) return toProfile(signedIn);
  if (guest?.id !== profile) return profileById(db, profile);
  const row = db.get<ProfileRow>(one, [profile]);
  return row ? toProfile(row) : guest;
}

/** The profile by its id. Throws UNKNOWN_ACTOR. */
export function profileById(db: ReadHandle, id: string): Profile {
  const row = db.get<ProfileRow>(one, [id]);
  if (!row) throw unknownActor(id);
  return toProfile(row);
}

/**
 * The profile by id or by name, when exactly one has it; in a workspace that is shared with a server, whoever is signed in there and nobody else. Without a name the workspace's first; with null, where nobody can be asked for one,
 * its first admin. Throws UNKNOWN_ACTOR, which names those that a name may mean.
 */
export function findProfile(db: ReadHandle, wanted: string | null | undefined): Profile {
  const profiles = profilesOf(db);
  const signedIn = profiles.find(({ id }) => id === joinedUser(db));
  if (signedIn) {
    if (wanted === null || [signedIn.id, signedIn.name].includes(wanted ?? signedIn.id)) return signedIn;
    throw notSignedIn(wanted ?? '', signedIn);
  }
  const found = profiles.find(({ id, role }) => (wanted === null ? role === 'admin' : id === (wanted ?? id)));
  if (found) return found;
  const named = profiles.filter((profile) => profile.name === wanted);
  if (named.length === 1) return named[0] as Profile;
  if (named.length > 1) throw ambiguous(wanted ?? '', named);
  throw unknownActor(wanted ?? '');
}

export function actorOf(profile: Profile): Actor {
  return { id: profile.id, role: profile.role, university_id: profile.university_id };
}

/** A value of what is kept about the server, as text; null where there is none, and in a file that is older than sync. */
function readSyncValue(db: ReadHandle, key: string): string | null {
  const there = db.get('SELECT 1 FROM sqlite_master WHERE name = ?', ['sync_state']);
  if (!there) return null;
  return db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', [key])?.value ?? null;
}

/** Who is signed in at the server that the workspace is shared with; null where it is shared with none. */
export function joinedUser(db: ReadHandle): string | null {
  const state = readSyncValue(db, 'state');
  return state === null ? null : ((JSON.parse(state) as { user?: { id?: string } }).user?.id ?? null);
}

/** A profile of this workspace, and the user as whom its person joined a server. */
export type Identity = readonly [profile: string, user: string];

/** Who joined as whom. It outlasts leaving the server, because their changes stay theirs. */
export const identitiesIn = (db: ReadHandle): Identity[] =>
  JSON.parse(readSyncValue(db, 'identities') ?? '[]') as Identity[];

/** The ids under which the log names one person: before they joined a server, while joined, and after leaving it. */
export function idsOfPerson(db: ReadHandle, actor: string): ReadonlySet<string> {
  return new Set([
    actor,
    ...identitiesIn(db)
      .filter((pair) => pair.includes(actor))
      .flat(),
  ]);
}

function notSignedIn(actor: string, { name }: Profile): Fault {
  const message = `This workspace is shared with a server, where ${name} is signed in. Nobody else can act in it.`;
  return new Fault('UNKNOWN_ACTOR', message, { actor });
}

function unknownActor(actor: string): Fault {
  return new Fault('UNKNOWN_ACTOR', `There is no profile "${actor}" in this workspace.`, { actor });
}

function ambiguous(actor: string, named: readonly Profile[]): Fault {
  const ids = named.map(({ id, role }) => `${id} (${role})`).join(', ');
  const message = `${named.length} profiles are named "${actor}". Use one of these ids: ${ids}.`;
  return new Fault('UNKNOWN_ACTOR', message, { actor });
}
