import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { Stream } from '#shared/contract/progress.ts';
import type { Target } from '#shared/domain/target.ts';
import { permitChanges } from '../entities/permit.ts';
import { operations } from '../implement.ts';
import { job, longQuery } from '../pipeline.ts';
import { checkCancelled } from '../progress.ts';
import type { CallContext } from '../services.ts';
import { actorOf, profileById } from '../session.ts';
import { fork } from './fork.ts';
import type { Shelf } from './folder.ts';
import { listSandboxes, readSandbox } from './list.ts';
import { archiveSandbox, renameSandbox } from './settle.ts';
import { discardSandbox, emptyTrash, recoverSandbox } from './trash.ts';

const os = operations.sandboxes;

const targetOf = (from: string): Target =>
  from === 'live' ? { kind: 'live' } : { kind: 'sandbox', id: from };

function take(call: CallContext, from: Target, name: string, signal?: AbortSignal): Stream<Sandbox> {
  const { services, session } = call;
  const { read, files, source, log } = services;
  return services.jobs.stream(async (tell, given) => {
    checkCancelled(given);
    permitChanges(actorOf(profileById(read, session.actor)), { type: 'sandbox', id: '' });
    const { clock, ids } = source;
    const id = await fork({ files, from, name, by: session.actor, clock, ids, log, tell, signal: given });
    return readSandbox(read, files, 'sandboxes', id);
  }, signal);
}

/** The sandbox as it is after something was done with it. */
const after = ({ services }: CallContext, id: string, shelf: Shelf = 'sandboxes'): Sandbox =>
  readSandbox(services.read, services.files, shelf, id);

export const sandboxHandlers = {
  create: os.create.handler(
    job(({ input: { name, from }, context, signal }) => take(context, targetOf(from), name, signal)),
  ),
  duplicate: os.duplicate.handler(
    job(({ input: { id, name }, context, signal }) => take(context, { kind: 'sandbox', id }, name, signal)),
  ),
  list: os.list.handler(
    longQuery((db, _input, { services }) => listSandboxes(db, services.files, 'sandboxes')),
  ),
  rename: os.rename.handler(async ({ input: { id, name }, context }) => {
    await renameSandbox(context, id, name);
    return after(context, id);
  }),
  archive: os.archive.handler(async ({ input: { id }, context }) => {
    await archiveSandbox(context, id, true);
    return after(context, id);
  }),
  unarchive: os.unarchive.handler(async ({ input: { id }, context }) => {
    await archiveSandbox(context, id, false);
    return after(context, id);
  }),
  discard: os.discard.handler(async ({ input: { id }, context }) => {
    await discardSandbox(context, id);
    return after(context, id, 'trash');
  }),
  trash: os.trash.handler(
    longQuery((db, _input, { services }) => listSandboxes(db, services.files, 'trash')),
  ),
  recover: os.recover.handler(async ({ input: { id, name }, context }) => {
    await recoverSandbox(context, id, name);
    return after(context, id);
  }),
  emptyTrash: os.emptyTrash.handler(({ context }) => emptyTrash(context)),
};
