import { lookAlone } from '#core/log/audit/foreign-wal.ts';
import type { ReadHandle } from '#core/kernel/db/connection.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { findProfile, actorOf } from '#core/log/session.ts';
import { lookAtAny } from '#core/workspace/read-only.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Context } from './command.ts';
import { pathOf } from './files.ts';
import { actorFor } from './workspace.ts';
import type { Chosen } from './workspace.ts';

/**
 * Who acts in a command that works beside a workspace and does not open it. `permit` throws where they may not. Of a workspace that cannot be
 * read nobody knows who may act in it, and nobody is refused. Throws UNKNOWN_ACTOR, and what `permit` throws; BUSY where somebody replaces the
 * file, and nobody can tell.
 */
export async function actsHere(
  context: Context,
  chosen: Chosen,
  permit: (actor: Actor) => void = () => {},
): Promise<void> {
  const actor = await actorIn(context, chosen);
  if (actor) permit(actor);
}

async function actorIn(context: Context, chosen: Chosen): Promise<Actor | null> {
  const wanted = actorFor(context, chosen, false);
  const folder = pathOf(context, chosen.workspace);
  const who = (db: ReadHandle): Actor => actorOf(findProfile(db, wanted));
  try {
    return await lookAtAny(folder, ({ read }) => Promise.resolve(who(read)));
  } catch (error) {
    if (isFault(error) && error.code === 'UNKNOWN_ACTOR') throw error;
    return isFault(error) && error.code === 'BUSY' ? inCopy(folder, who, error) : null;
  }
}

/** Who acts where somebody holds the file alone, by a copy of it: to read it would be in their way. Throws UNKNOWN_ACTOR, and `busy` where it cannot be copied. */
function inCopy(folder: string, who: (db: ReadHandle) => Actor, busy: Error): Actor | null {
  try {
    return lookAlone(workspaceFiles(folder), silentLog, who);
  } catch (error) {
    throw isFault(error) ? error : busy;
  }
}
