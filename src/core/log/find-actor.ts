import { isFault } from '#shared/contract/faults.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { findProfile } from './session.ts';

export interface FoundActor {
  profile: Profile;
  /** The actor is unknown, so the first admin acts; the audit records this. */
  recovery?: true;
}

/** Finds the actor. The file's first admin acts if `actor` is null, or in recovery if the actor is unknown. Throws UNKNOWN_ACTOR. */
export function findActor(
  db: ReadHandle,
  { actor, recovery }: { actor?: string | null | undefined; recovery?: boolean | undefined },
): FoundActor {
  if (actor === null) return { profile: findProfile(db, null), recovery: true };
  try {
    return { profile: findProfile(db, actor) };
  } catch (error) {
    if (!recovery || !isFault(error) || error.code !== 'UNKNOWN_ACTOR') throw error;
    return { profile: findProfile(db, null), recovery: true };
  }
}
