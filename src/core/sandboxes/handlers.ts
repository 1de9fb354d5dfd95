import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { Home } from '#shared/domain/target.ts';
import { permitChanges } from '../model/permissions.ts';
import { operationBuilder } from '../model/implement.ts';
import { backgroundJob, longQuery } from '../model/pipeline.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { CallContext, Services } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { forkSandbox } from './fork.ts';
import { forkVersion } from './from-version.ts';
import type { Shelf } from '../kernel/db/sandbox-folder.ts';
import { withGuests } from '../model/guest-names.ts';
import { listSandboxes, readSandbox } from './list.ts';
import { archiveSandbox, renameSandbox } from './settle.ts';
import { discardSandbox, emptyTrash, recoverSandbox } from './trash.ts';

const os = operationBuilder.sandboxes;

const ofBackup = 'backup:';
type Source = Home | { kind: 'backup'; id: string } | { kind: 'golden'; version: number | undefined };

/** Resolves `live`, `backup:<id>`, `golden`, `golden:<number>` or the id of a sandbox. */
function sourceOf(from: string): Source {
  if (from === 'live') return { kind: 'live' };
  const golden = /^golden(?::(\d{1,6}))?$/.exec(from);
  if (golden) return { kind: 'golden', version: golden[1] === undefined ? undefined : Number(golden[1]) };
  if (!from.startsWith(ofBackup)) return { kind: 'sandbox', id: from };
  return { kind: 'backup', id: from.slice(ofBackup.length) };
}

async function take(call: CallContext, from: Source, name: string, pace: JobPace): Promise<Sandbox> {
  const { services, session } = call;
  const { read, files, source, log, resources } = services;
  checkCancelled(pace.signal);
  const actor = actorOf(actingProfile(read, session));
  permitChanges(actor, { type: 'sandbox', id: '' });
  const { ids, salt } = source;
  const how = { files, name, by: actor.id, ids, salt, log, ...pace };
  return after(call, await made());

  function made(): Promise<string> {
    if (from.kind === 'backup' || from.kind === 'golden')
      return forkVersion({ ...how, source: from, resources });
    return forkSandbox({ ...how, from });
  }
}

const after = ({ services }: CallContext, id: string, shelf: Shelf = 'sandboxes'): Sandbox =>
  withGuests(services, readSandbox(services.read, services.files, shelf, id), ({ by }) => [by]);

function* listed(services: Services, shelf: Shelf): Generator<number, Sandbox[], void> {
  const all = yield* listSandboxes(services.read, services.files, shelf);
  return withGuests(services, all, () => all.map(({ by }) => by));
}

export const sandboxHandlers = {
  create: os.create.handler(
    backgroundJob(({ input: { name, from }, context }, pace) => take(context, sourceOf(from), name, pace)),
  ),
  duplicate: os.duplicate.handler(
    backgroundJob(({ input: { id, name }, context }, pace) =>
      take(context, { kind: 'sandbox', id }, name, pace),
    ),
  ),
  list: os.list.handler(longQuery((_db, _input, { services }) => listed(services, 'sandboxes'))),
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
  trash: os.trash.handler(longQuery((_db, _input, { services }) => listed(services, 'trash'))),
  recover: os.recover.handler(async ({ input: { id, name }, context }) => {
    await recoverSandbox(context, id, name);
    return after(context, id);
  }),
  emptyTrash: os.emptyTrash.handler(({ input: { only }, context }) => emptyTrash(context, only)),
};
