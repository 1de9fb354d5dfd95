import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BroughtBack } from '#shared/contract/backups.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { readHead } from '../audit/head.ts';
import { openConnection, fold } from '../db/connection.ts';
import { schemaVersion } from '../db/migrate.ts';
import { permitChanges, permitGolden } from '../entities/permit.ts';
import { findBySum, nextVersion, sealFolder, withGolden } from '../golden/keep.ts';
import { longestManifest, unsealGolden } from '../golden/manifest.ts';
import { imageIn, versionPlace } from '../golden/place.ts';
import { checkCancelled } from '../progress.ts';
import { readSandboxFacts } from '../sandboxes/facts.ts';
import { placeOf, standing } from '../sandboxes/folder.ts';
import { build } from '../sandboxes/fork.ts';
import { factsOf, lookInto } from '../sandboxes/look.ts';
import type { CallContext } from '../services.ts';
import { actorOf, profileById } from '../session.ts';
import { syncFolder } from '../sync-folder.ts';
import { declared } from './declared.ts';
import { insideOf, manifestContent } from './inside.ts';
import { workFolder } from './leftovers.ts';
import { withBackups } from './lock.ts';
import { badBackup, packsOf, readUsable } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { readPlain } from './plain-file.ts';
import { onlyLive } from './prune-job.ts';
import { checkRoom } from './room.ts';
import { PageSource } from './store.ts';
import { whyDamaged } from './verify.ts';
import type { Verifying } from './verify.ts';

interface Asked {
  id: string;
  contents: readonly string[];
}

interface Bringing {
  call: CallContext;
  reading: Verifying;
  manifest: BackupManifest;
  content: BackupContent;
}

/**
 * Brings back what a backup holds besides live, one after the other, each checked as a whole before it gets its name: a sandbox as one of
 * its own, a golden version as a version. Nothing that is here is replaced: what has the id or number of something else gets another. Throws BACKUP, also
 * for what it does not hold, FORBIDDEN, WORKSPACE, GOLDEN, BUSY, CANCELLED; what was brought back before stays.
 */
export function bringBack(call: CallContext, asked: Asked, given?: AbortSignal): Stream<BroughtBack[]> {
  const { services, session } = call;
  const { files, read, source, log } = services;
  return services.jobs.stream(async (tell, signal) => {
    onlyLive(call);
    const actor = actorOf(profileById(read, session.actor));
    permitChanges(actor, { type: 'backup', id: asked.id });
    const reading = { files, id: asked.id, clock: source.clock, log, tell, signal };
    try {
      return await withBackups(files.backups, 'together', { signal }, async () => {
        const manifest = await readUsable(files.backups, asked.id);
        const wanted = [...new Set(asked.contents)].map((name) => contentOf(manifest, name));
        if (wanted.some(({ name }) => insideOf(name)?.kind === 'golden')) permitGolden(actor);
        const done: BroughtBack[] = [];
        for (const content of wanted) done.push(await bring({ call, reading, manifest, content }));
        return done;
      });
    } catch (error) {
      throw declared(error);
    }
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

async function bring(bringing: Bringing): Promise<BroughtBack> {
  const { content, reading, manifest } = bringing;
  const inside = insideOf(content.name);
  await checkRoom(manifest.id, reading.files.folder, content.bytes, reading.look);
  return inside?.kind === 'sandbox'
    ? bringSandbox(bringing, inside.id)
    : bringGolden(bringing, inside?.version ?? 0);
}

/** Writes one of its files to `target`, checked as a whole. Throws BACKUP `damaged`. */
async function retrieve(
  { manifest, reading }: Bringing,
  content: BackupContent,
  target: string,
): Promise<void> {
  const { signal, tell, files, id } = reading;
  const pages = new PageSource(packsOf(files.backups), manifest.packs);
  const step = (done: number): void => {
    checkCancelled(signal);
    tell({ kind: 'progress', step: 'reading', done, total: content.bytes });
  };
  try {
    const why = await whyDamaged(manifest, content, pages, target, { ...reading, step });
    if (why !== null) throw badBackup('damaged', id, `Backup ${id} is damaged. ${why} Nothing was changed.`);
  } finally {
    await pages.close();
  }
}

async function bringSandbox(bringing: Bringing, id: string): Promise<BroughtBack> {
  const { call, content, reading, manifest } = bringing;
  const { files, signal, tell, log, clock } = reading;
  const { ids } = call.services.source;
  const told = { name: content.name, kind: 'sandbox' as const };
  const here = sandboxHere(files, id, content.about?.head.hash ?? '');
  if (here?.same) return { ...told, title: here.name, id, outcome: 'there' };
  const as = here ? `sbx_${ids.uuid()}` : id;
  const name = freeName(files, content.about?.title ?? '');
  const how = { files, name, by: call.session.actor, clock, ids, log, tell, signal };
  await build({ ...how, as, from: `backup:${manifest.id}` }, async (image) => {
    await retrieve(bringing, content, image);
    const db = openConnection(image, { mode: 'read', log });
    try {
      const facts = readSandboxFacts(db);
      if (facts?.id === id) return facts.base;
    } finally {
      db.close();
    }
    throw badBackup(
      'damaged',
      manifest.id,
      `What backup ${manifest.id} calls "${content.name}" is another sandbox. Nothing was changed.`,
    );
  });
  return { ...told, title: name, id: as, outcome: as === id ? 'back' : 'renamed' };
}

type Folders = Verifying['files'];

/** The sandbox that has that id here, and whether it is as far as that; one in the trash or that cannot be read is another. */
function sandboxHere(files: Folders, id: string, hash: string): { same: boolean; name: string } | null {
  if (standing(files, 'trash').ids.includes(id)) return { same: false, name: '' };
  if (!standing(files, 'sandboxes').ids.includes(id)) return null;
  const place = placeOf(files, 'sandboxes', id);
  const facts = factsOf(place, id);
  const same = facts !== null && lookInto(place, id, (db) => readHead(db).hash) === hash;
  return { same, name: facts?.name ?? '' };
}

/** The name, or where another sandbox has it, with a number. */
function freeName(files: Folders, wanted: string): string {
  const taken = new Set(
    standing(files, 'sandboxes').ids.map((id) =>
      fold(factsOf(placeOf(files, 'sandboxes', id), id)?.name ?? ''),
    ),
  );
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} (${number})`;
    if (!taken.has(fold(name))) return name;
  }
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
