import type { BroughtBack } from '#shared/contract/backups.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { schemaVersion } from '../db/migrate.ts';
import { permitChanges, permitGolden } from '../entities/permit.ts';
import type { CallContext } from '../services.ts';
import { actorOf, profileById } from '../session.ts';
import { keepGolden, takeOutGolden } from './bring-golden.ts';
import type { TakenOut } from './bring-golden.ts';
import { bringSandbox } from './bring-sandbox.ts';
import type { Bringing } from './bringing.ts';
import { declared } from './declared.ts';
import { insideOf } from './inside.ts';
import { withBackups } from './lock.ts';
import { badBackup, readUsable } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { onlyLive } from './prune-job.ts';
import { checkRoom } from './room.ts';

interface Asked {
  id: string;
  contents: readonly string[];
}

/**
 * Brings back what a backup holds besides live, one after the other, each checked as a whole before it gets its name: a sandbox as one of
 * its own, a golden version as a version, which the audit says. Nothing that is here is replaced: what has the id or number of
 * something else gets another. Throws BACKUP, also for what it does not hold, FORBIDDEN, WORKSPACE, GOLDEN, BUSY, CANCELLED; what was brought back before stays.
 */
export function bringBack(call: CallContext, asked: Asked, given?: AbortSignal): Stream<BroughtBack[]> {
  const { services, session } = call;
  const { files, read, source, log } = services;
  return services.jobs.stream(async (tell, signal) => {
    onlyLive(call);
    const actor = actorOf(profileById(read, session.actor));
    permitChanges(actor, { type: 'backup', id: asked.id });
    const reading = { files, id: asked.id, clock: source.clock, log, tell, signal };
    const found: (BroughtBack | TakenOut)[] = [];
    const failed: unknown[] = [];
    try {
      await withBackups(files.backups, 'together', { signal }, async () => {
        const manifest = await readUsable(files.backups, asked.id);
        const wanted = [...new Set(asked.contents)].map((name) => contentOf(manifest, name));
        if (wanted.some(({ name }) => insideOf(name)?.kind === 'golden')) permitGolden(actor);
        for (const content of wanted) found.push(await bring({ call, reading, manifest, content }));
      });
    } catch (error) {
      failed.push(declared(error));
    }
    const done: BroughtBack[] = [];
    // Not while the backups are held: an import holds the records and then waits for them.
    for (const one of found) {
      try {
        done.push('copy' in one ? await keepGolden(call, one, asked.id) : one);
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw failed[0];
    return done;
  }, given);
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

async function bring(bringing: Bringing): Promise<BroughtBack | TakenOut> {
  const { content, reading, manifest } = bringing;
  const inside = insideOf(content.name);
  await checkRoom(manifest.id, reading.files.folder, content.bytes, reading.look);
  return inside?.kind === 'sandbox'
    ? bringSandbox(bringing, inside.id)
    : takeOutGolden(bringing, inside?.version ?? 0);
}
