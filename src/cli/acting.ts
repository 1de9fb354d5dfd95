import { findProfile, actorOf } from '#core/session.ts';
import { lookAt } from '#core/workspace/read-only.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Context } from './command.ts';
import { pathOf } from './files.ts';
import { actorFor } from './workspace.ts';
import type { Chosen } from './workspace.ts';

/**
 * Who acts in a command that works beside a workspace and does not open it. `permit` throws where they may not. Of a workspace that cannot be
 * read nobody knows who may act in it, and nobody is refused. Throws UNKNOWN_ACTOR, and what `permit` throws.
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
  try {
    return await lookAt(pathOf(context, chosen.workspace), ({ read }) =>
      Promise.resolve(actorOf(findProfile(read, wanted))),
    );
  } catch (error) {
    if (error instanceof Fault && error.code === 'UNKNOWN_ACTOR') throw error;
    return null;
  }
}
