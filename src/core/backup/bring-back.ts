import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BroughtBack } from '#shared/contract/backups.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { schemaVersion } from '../db/migrate.ts';
import { permitChanges, permitGolden } from '../entities/permit.ts';
import { findBySum, nextVersion, sealFolder, withGolden } from '../golden/keep.ts';
import { longestManifest, unsealGolden } from '../golden/manifest.ts';
import { imageIn, versionPlace } from '../golden/place.ts';
import type { CallContext } from '../services.ts';
import { actorOf, profileById } from '../session.ts';
import { syncFolder } from '../sync-folder.ts';
import { noteAct } from '../workspace/upkeep.ts';
import { bringSandbox } from './bring-sandbox.ts';
import { retrieve } from './bringing.ts';
import type { Bringing } from './bringing.ts';
import { declared } from './declared.ts';
import { insideOf, manifestContent } from './inside.ts';
import { workFolder } from './leftovers.ts';
import { withBackups } from './lock.ts';
import { badBackup, readUsable } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { readPlain } from './plain-file.ts';
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
    const done: BroughtBack[] = [];
    try {
      await withBackups(files.backups, 'together', { signal }, async () => {
        const manifest = await readUsable(files.backups, asked.id);
        const wanted = [...new Set(asked.contents)].map((name) => contentOf(manifest, name));
        if (wanted.some(({ name }) => insideOf(name)?.kind === 'golden')) permitGolden(actor);
        for (const content of wanted) done.push(await bring({ call, reading, manifest, content }));
      });
    } catch (error) {
      throw declared(error);
    } finally {
      // Not while the backups are held: an import holds the records and then waits for them.
      for (const one of done) if (isNewGolden(one)) await noteGolden(call, one, asked.id);
    }
    return done;
  }, given);
}

const isNewGolden = ({ kind, outcome }: BroughtBack): boolean => kind === 'golden' && outcome !== 'there';

/** Says in the audit that a version was brought back; what cannot be said is taken away again: it is in the backup still. */
async function noteGolden(
  { services, session }: CallContext,
  { title }: BroughtBack,
  backup: string,
): Promise<void> {
  const { files, queue } = services;
  const version = Number(title);
  try {
    await queue.command(session, (write) => {
      permitGolden(write.actor);
      noteAct(write, 'golden.brought', { version, backup });
      write.audit.label('golden.brought', { version, backup });
    });
  } catch (error) {
    const away = () => rm(versionPlace(files, version).folder, { recursive: true, force: true });
    await withGolden({ files }, 'alone', away);
    throw error;
  }
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

async function bring(bringing: Bringing): Promise<BroughtBack> {
  const { content, reading, manifest } = bringing;
  const inside = insideOf(content.name);
  await checkRoom(manifest.id, reading.files.folder, content.bytes, reading.look);
  return inside?.kind === 'sandbox'
    ? bringSandbox(bringing, inside.id)
    : bringGolden(bringing, inside?.version ?? 0);
}

async function bringGolden(bringing: Bringing, number: number): Promise<BroughtBack> {
  const { content, reading, manifest } = bringing;
  const { files } = reading;
  const said = manifest.contents.find(({ name }) => name === manifestContent(number));
  const unsaid = `Backup ${manifest.id} does not say what golden version ${number} is. Nothing was changed.`;
  if (!said) throw badBackup('damaged', manifest.id, unsaid);
  const told = { name: content.name, kind: 'golden' as const, id: null };
  return withGolden(reading, 'alone', async () => {
    const known = await findBySum(files, content.sha256);
    if (known !== null) return { ...told, title: String(known), outcome: 'there' as const };
    const building = await workFolder(files.golden, 'building');
    try {
      const beside = join(building, 'said');
      await retrieve(bringing, said, beside);
      const golden = unsealGolden(await readPlain(beside, longestManifest), number);
      await rm(beside);
      if (golden.sha256 !== content.sha256) throw badBackup('damaged', manifest.id, unsaid);
      const free = !existsSync(versionPlace(files, number).folder);
      const version = free ? number : await nextVersion(files);
      await retrieve(bringing, content, imageIn({ folder: building, version }));
      // Its size is looked at here, its hash was when it was read.
      await sealFolder(building, { ...golden, version });
      await rename(building, versionPlace(files, version).folder);
      await syncFolder(files.golden);
      reading.log.info({ version, backup: manifest.id }, 'golden version brought back');
      return { ...told, title: String(version), outcome: free ? ('back' as const) : ('renamed' as const) };
    } catch (error) {
      await rm(building, { recursive: true, force: true });
      throw error;
    }
  });
}
