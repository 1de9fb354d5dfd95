import type { ContractRouterClient } from '@orpc/contract';
import { inspect } from '#core/db/inspect.ts';
import { workspaceFiles } from '#core/db/files.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import type { Session } from '#core/session.ts';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import type { Contract } from '#shared/contract/index.ts';
import { Fault } from '#shared/contract/faults.ts';
import { needed, text } from './args/option.ts';
import type { Context } from './command.ts';
import { pathOf } from './files.ts';
import { workspaceLog } from './log.ts';
import { ownerName } from './owner.ts';

/** Options of every command that works on a workspace. */
export const onWorkspace = {
  workspace: needed('DIR', 'Folder of the workspace'),
  actor: text('PROFILE', 'Who acts: id or name of a profile (else FRAMES_ACTOR, else the first profile)'),
};

export interface Chosen {
  workspace: string;
  actor: string | undefined;
}

/** An open workspace with somebody acting on it. */
export interface Open {
  readonly core: Core;
  readonly session: Session;
  readonly client: ContractRouterClient<Contract>;
}

/** Whether the folder holds no workspace at all; a damaged or foreign one is no missing one. */
export function isMissing(context: Context, workspace: string): boolean {
  return inspect(workspaceFiles(pathOf(context, workspace)).live).kind === 'missing';
}

/**
 * Opens the workspace, lets `work` use it, and closes it whatever happens. `label` tells others who holds it. With `create` a
 * missing workspace is made, owned by the system's user. Throws what `openCore` throws: WORKSPACE, UNKNOWN_ACTOR, BUSY.
 */
export async function withWorkspace<T>(
  context: Context,
  chosen: Chosen,
  label: string,
  work: (open: Open) => Promise<T>,
  create = false,
): Promise<T> {
  const folder = pathOf(context, chosen.workspace);
  const actor = chosen.actor ?? (context.environment['FRAMES_ACTOR'] || undefined);
  const owner = ownerName(context.environment);
  const fresh = create && isMissing(context, chosen.workspace);
  if (fresh && actor !== undefined && actor !== owner) {
    const message = `There is no profile "${actor}": the workspace does not exist yet, and would get the profile "${owner}".`;
    throw new Fault('UNKNOWN_ACTOR', message, { actor });
  }
  const core = await openCore({
    workspace: folder,
    clock: systemClock,
    random: systemRandom,
    ids: createIds(systemClock, systemRandom),
    log: workspaceLog(folder),
    holder: { kind: 'command', label: `frames ${label}` },
    ...(create ? { create: { owner } } : {}),
  });
  try {
    const session = core.session(actor, context.requestId);
    return await work({ core, session, client: core.client(session) });
  } catch (error) {
    if (fresh) context.output.note('The workspace was made, and is empty.');
    throw error;
  } finally {
    await core.close();
  }
}
