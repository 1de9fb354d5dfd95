import { statSync } from 'node:fs';
import type { ContractRouterClient } from '@orpc/contract';
import { recheckNoted } from '#core/versions/check.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { installGolden } from '#core/versions/golden-store.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { troubleIn } from '#core/model/pipeline.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { shippedResources } from '#core/kernel/resources.ts';
import type { Session } from '#core/log/session.ts';
import type { Shelf } from '#core/sandboxes/folder.ts';
import { findSandbox } from '#core/sandboxes/names.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Contract } from '#shared/contract/index.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Home, Target } from '#shared/domain/target.ts';
import { needed, text } from './args/option.ts';
import type { Context } from './command.ts';
import { pathOf } from './files.ts';
import { workspaceLog } from './log.ts';
import { orLost } from './lost.ts';
import { Failed, tell } from './output/errors.ts';

/** Options of every command that works on a workspace as a whole. */
export const onLive = {
  workspace: needed('DIR', 'Folder of the workspace'),
  actor: text('PROFILE', 'Who acts: id or name of a profile (else FRAMES_ACTOR, else the first profile)'),
};

/** Options of every command that works on the records of a workspace, or on those of a sandbox of it. */
export const onWorkspace = {
  ...onLive,
  sandbox: text('ID', 'Work in this sandbox (id or name) instead of live'),
};

/** Options of commands that only read: also what it was at a moment. */
export const onMoment = {
  ...onWorkspace,
  at: text(
    'MOMENT',
    'As it was then: a time (UTC; a day or a minute to its end), the id of a transaction, a checkpoint, "first" or "now"',
  ),
};

export interface Chosen {
  workspace: string;
  actor: string | undefined;
  sandbox?: string | undefined;
  at?: string | undefined;
}

/** An open workspace with somebody acting on it. */
export interface Open {
  readonly core: Core;
  readonly session: Session;
  readonly client: ContractRouterClient<Contract>;
}

/**
 * Whether there is no workspace in the folder at all; a damaged or foreign one is no missing one. Looks at names only: opening
 * the file would leave traces. Who wants a sandbox means one that is there.
 */
export function folderIsMissing(context: Context, { workspace, sandbox }: Chosen): boolean {
  if (sandbox !== undefined) return false;
  const { live } = workspaceFiles(pathOf(context, workspace));
  try {
    return statSync(live, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** The id of a sandbox that somebody names by its id or name. Throws NOT_FOUND, INVALID. */
export function sandboxIn(context: Context, { workspace }: Chosen, wanted: string, shelf?: Shelf): string {
  return findSandbox(workspaceFiles(pathOf(context, workspace)), wanted, shelf);
}

/** What is to be opened where no moment is named. Throws NOT_FOUND for a sandbox that is not there. */
export function targetOf(context: Context, chosen: Chosen): Home {
  const { sandbox } = chosen;
  return sandbox === undefined
    ? { kind: 'live' }
    : { kind: 'sandbox', id: sandboxIn(context, chosen, sandbox) };
}

function momentOr(home: Home, at: string | undefined): Target {
  if (at === undefined) return home;
  return { kind: 'moment', at, sandbox: home.kind === 'sandbox' ? home.id : null };
}

/**
 * Who acts, by id or name; undefined for the workspace's first profile. A missing workspace would get one profile, that of the
 * system's user. Throws UNKNOWN_ACTOR when it is somebody else.
 */
export function actorFor(context: Context, chosen: Chosen, missing: boolean): string | undefined {
  const actor = chosen.actor ?? (context.environment['FRAMES_ACTOR'] || undefined);
  const owner = ownerName(context.environment);
  if (!missing || actor === undefined || actor === owner) return actor;
  const message = `There is no profile "${actor}": the workspace does not exist yet, and would get the profile "${owner}".`;
  throw new Fault('UNKNOWN_ACTOR', message, { actor });
}

/**
 * Opens the workspace or the chosen sandbox, lets `work` use it, and closes it whatever happens. `label` tells others who holds it. With
 * `create` a missing workspace is made, owned by the system's user. Throws what `openCore` throws: WORKSPACE, NOT_FOUND,
 * UNKNOWN_ACTOR, BUSY.
 */
export async function withWorkspace<T>(
  context: Context,
  chosen: Chosen,
  label: string,
  work: (open: Open) => Promise<T>,
  create = false,
): Promise<T> {
  const folder = pathOf(context, chosen.workspace);
  const fresh = create && folderIsMissing(context, chosen);
  const actor = actorFor(context, chosen, fresh);
  const home = targetOf(context, chosen);
  const { signal } = context;
  await recheckNoted(workspaceFiles(folder, home), { log: workspaceLog(folder), clock: systemClock, signal });
  const core = await openCore({
    workspace: folder,
    target: momentOr(home, chosen.at),
    clock: systemClock,
    random: systemRandom,
    ids: createIds(systemClock, systemRandom),
    log: workspaceLog(folder),
    holder: { kind: 'command', label: `frames ${label}` },
    resources: shippedResources(),
    ...(create ? { create: { owner: ownerName(context.environment) } } : {}),
  }).catch(async (error: unknown) => {
    throw await orLost(error, folder);
  });
  try {
    if (fresh) await installGolden(core.services);
    const session = core.session(actor, context.requestId);
    return await work({ core, session, client: core.client(session) });
  } catch (error) {
    const said = (isOfSqlite(error) && troubleIn(error, core.services)) || error;
    throw fresh && isEmpty(core) ? alsoMade(said) : said;
  } finally {
    await core.close();
  }
}

/** What the system refuses of a path is told with that path. */
const isOfSqlite = (error: unknown): boolean =>
  String((error as { code?: unknown } | null)?.code).startsWith('SQLITE_');

/** Nothing has been committed but that the workspace was made. */
function isEmpty({ services }: Core): boolean {
  try {
    return services.read.get<{ n: number }>('SELECT count(*) AS n FROM audit_transactions')?.n === 1;
  } catch {
    // What went wrong already is told; that the file cannot be asked is no news beside it.
    return false;
  }
}

/** The error, which says besides that a workspace was made on the way: that is a change. One that nobody foresaw stays as it is. */
function alsoMade(error: unknown): unknown {
  const told = tell(error);
  if (told?.exit !== 1) return error;
  const { code, details } = told;
  const message = `${told.message.replace(/ Nothing was changed\.$/, '')} The workspace was made, and is empty.`;
  return new Failed(code, message, { ...(details as object | null), workspace_made: true });
}
