import { isFault } from '#shared/contract/faults.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { findProfile } from './session.ts';

/** In whose name something is done with a closed file. */
export interface Acting {
  by: Profile;
  /** The first admin, as nobody knows who acts: the audit says so. */
  recovery?: true;
}

/**
 * Who acts, by the profiles of the file that is read. In recovery somebody whom it does not have, as an older backup does not, is nobody
 * known: then it is done in the name of its first admin, and noted as that. Throws UNKNOWN_ACTOR.
 */
export function whoActs(
  db: ReadHandle,
  { actor, recovery }: { actor?: string | null | undefined; recovery?: boolean | undefined },
): Acting {
  if (actor === null) return { by: findProfile(db, null), recovery: true };
  try {
    return { by: findProfile(db, actor) };
  } catch (error) {
    if (!recovery || !isFault(error) || error.code !== 'UNKNOWN_ACTOR') throw error;
    return { by: findProfile(db, null), recovery: true };
  }
}
