import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { CurrentTarget } from '#shared/domain/target.ts';
import { assertCanWrite } from '../model/permissions.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, longQuery } from '../model/pipeline.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { CallContext, Services } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { forkSandbox } from './fork.ts';
import { forkVersion } from './from-version.ts';
import type { SandboxFolder } from '../kernel/db/sandbox-folder.ts';
import { withNamesFromLive } from '../model/names-from-live.ts';
import { listSandboxes, readSandbox } from './list.ts';
import { renameSandbox, setArchived } from './rename-archive.ts';
import { discardSandbox, emptyTrash, recoverSandbox } from './trash.ts';

const os = operationBuilder.sandboxes;

const backupPrefix = 'backup:';
type SandboxSource =
  | CurrentTarget
  | { kind: 'backup'; id: string }
  | { kind: 'golden'; version: number | undefined };

/** Resolves `live`, `backup:<id>`, `golden`, `golden:<number>` or the id of a sandbox. */
function parseSource(from: string): SandboxSource {
  if (from === 'live') return { kind: 'live' };
  const golden = /^golden(?::(\d{1,6}))?$/.exec(from);
  if (golden) return { kind: 'golden', version: golden[1] === undefined ? undefined : Number(golden[1]) };
  if (!from.startsWith(backupPrefix)) return { kind: 'sandbox', id: from };
  return { kind: 'backup', id: from.slice(backupPrefix.length) };
}

async function createSandbox(
  call: CallContext,
  from: SandboxSource,
  name: string,
  pace: JobPace,
): Promise<Sandbox> {
  const { services, session } = call;
  const { read, files, source, log, resources } = services;
  checkCancelled(pace.signal);
  const actor = actorOf(actingProfile(read, session));
  assertCanWrite(actor, { type: 'sandbox', id: '' });
  const { ids, salt } = source;
  const options = { files, name, by: actor.id, ids, salt, log, ...pace };
  return describeSandbox(call, await fork());

  function fork(): Promise<string> {
    if (from.kind === 'backup' || from.kind === 'golden')
      return forkVersion({ ...options, source: from, resources });
    return forkSandbox({ ...options, from });
  }
}

const describeSandbox = (
  { services }: CallContext,
  id: string,
  folder: SandboxFolder = 'sandboxes',
): Sandbox =>
  withNamesFromLive(services, readSandbox(services.read, services.files, folder, id), ({ by }) => [by]);

function* listFolder(services: Services, folder: SandboxFolder): Generator<number, Sandbox[], void> {
  const sandboxes = yield* listSandboxes(services.read, services.files, folder);
  return withNamesFromLive(services, sandboxes, () => sandboxes.map(({ by }) => by));
}

export const sandboxHandlers = {
  create: os.create.handler(
    backgroundJob(({ input: { name, from }, context }, pace) =>
      createSandbox(context, parseSource(from), name, pace),
    ),
  ),
  duplicate: os.duplicate.handler(
    backgroundJob(({ input: { id, name }, context }, pace) =>
      createSandbox(context, { kind: 'sandbox', id }, name, pace),
    ),
  ),
  list: os.list.handler(longQuery((_db, _input, { services }) => listFolder(services, 'sandboxes'))),
  rename: os.rename.handler(async ({ input: { id, name }, context }) => {
    await renameSandbox(context, id, name);
    return describeSandbox(context, id);
  }),
  archive: os.archive.handler(async ({ input: { id }, context }) => {
    await setArchived(context, id, true);
    return describeSandbox(context, id);
  }),
  unarchive: os.unarchive.handler(async ({ input: { id }, context }) => {
    await setArchived(context, id, false);
    return describeSandbox(context, id);
  }),
  discard: os.discard.handler(async ({ input: { id }, context }) => {
    await discardSandbox(context, id);
    return describeSandbox(context, id, 'trash');
  }),
  trash: os.trash.handler(longQuery((_db, _input, { services }) => listFolder(services, 'trash'))),
  recover: os.recover.handler(async ({ input: { id, name }, context }) => {
    await recoverSandbox(context, id, name);
    return describeSandbox(context, id);
  }),
  emptyTrash: os.emptyTrash.handler(({ input: { only }, context }) => emptyTrash(context, only)),
};
