import type { BroughtBack } from '#shared/contract/backups.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { permitChanges, permitGolden } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { keepGolden, takeOutGolden } from './bring-golden.ts';
import type { TakenOut } from './bring-golden.ts';
import { keepSandbox, takeOutSandbox } from './bring-sandbox.ts';
import type { TakenSandbox } from './bring-sandbox.ts';
import type { Bringing } from './bringing.ts';
import { declared } from './declared.ts';
import { insideOf } from './inside.ts';
import { withBackups } from './lock.ts';
import { badBackup } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { readUsable } from './read-manifest.ts';
import { onlyLive } from './prune-job.ts';
import { checkRoom } from './room.ts';

interface Asked {
  id: string;
  contents: readonly string[];
}

type Found = BroughtBack | TakenSandbox | TakenOut;

/**
 * Brings back what a backup holds besides live: a sandbox as one of its own, a golden version as a version, which the audit says. All of it is
 * taken out and checked as a whole before any of it gets its name. Nothing that is here is replaced: what has the id or number of
 * something else gets another. Throws BACKUP, also for what it does not hold, FORBIDDEN, WORKSPACE, GOLDEN, BUSY, CANCELLED. Nobody can cancel giving
 * names; where one of them fails, what got its own before stays, and the message says so.
 */
export function bringBack(call: CallContext, asked: Asked, given?: AbortSignal): Stream<BroughtBack[]> {
  const { services, session } = call;
  const { files, read, source, log } = services;
  return services.jobs.stream(async (tell, signal) => {
    onlyLive(call);
    const actor = actorOf(actingProfile(read, session));
    permitChanges(actor, { type: 'backup', id: asked.id });
    const reading = { files, id: asked.id, clock: source.clock, log, tell, signal };
    const found: Found[] = [];
    try {
      await withBackups(files.backups, 'together', { signal }, async () => {
        const manifest = await readUsable(files.backups, asked.id);
        const wanted = [...new Set(asked.contents)].map((name) => contentOf(manifest, name));
        if (wanted.some(({ name }) => insideOf(name)?.kind === 'golden')) permitGolden(actor);
        for (const content of wanted) found.push(await takeOut({ call, reading, manifest, content }));
        checkCancelled(signal);
        await named(found, (one) => ('bringing' in one ? keepSandbox(one) : one));
      });
      // Not while the backups are held: an import holds the records and then waits for them.
      await named(found, (one) => ('manifest' in one ? keepGolden(call, one, asked.id) : one));
      return found as BroughtBack[];
    } catch (error) {
      throw besides(declared(error), found, log);
    } finally {
      for (const one of found) if ('copy' in one) one.copy.drop();
    }
  }, given);
}

/** Puts what came of each in its place. */
async function named(found: Found[], keep: (one: Found) => Found | Promise<Found>): Promise<void> {
  for (const [at, one] of found.entries()) found[at] = await keep(one);
}

/** What went wrong, and what had come back by then. */
function besides(error: unknown, found: readonly Found[], log: Log): unknown {
  const back = found.flatMap((one) =>
    'outcome' in one && one.outcome !== 'there' ? `${one.kind} "${one.title}"` : [],
  );
  if (back.length === 0) return error;
  log.error({ error: String(error), back }, 'bringing back ended before all was there');
  if (!isFault(error)) return error;
  const message = `${error.message.replace(/ Nothing was changed\.$/, '')} What was brought back before that stays: ${back.join(', ')}.`;
  return new Fault(error.code, message, error.data);
}

/** A workspace in the backup by its name. Throws BACKUP `missing`, and `newer` for one of a newer schema. */
function contentOf({ id, contents }: BackupManifest, name: string): BackupContent {
  const content = contents.find((one) => one.name === name);
  if (!content?.about || !insideOf(name))
    throw badBackup(
      'missing',
      id,
      `Backup ${id} holds no sandbox or golden version "${name}". Nothing was changed.`,
    );
  if (content.about.schema_version <= schemaVersion) return content;
  throw badBackup('newer', id, `"${name}" was made by a newer version of FRAMES. Nothing was changed.`);
}

async function takeOut(bringing: Bringing): Promise<Found> {
  const { content, reading, manifest } = bringing;
  const inside = insideOf(content.name);
  await checkRoom(manifest.id, reading.files.folder, content.bytes, reading.look);
  return inside?.kind === 'sandbox'
    ? takeOutSandbox(bringing, inside.id)
    : takeOutGolden(bringing, inside?.version ?? 0);
}
