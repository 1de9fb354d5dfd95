import { problemOf } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupReport } from '#shared/contract/backups.ts';
import { isFault } from '#shared/contract/faults.ts';
import { refuseMissingPlace } from '../kernel/backups-folder.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { workerThreshold } from '../kernel/db/in-worker.ts';
import { freeBytes } from '../kernel/free-bytes.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { bringForward } from './check.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock } from '../kernel/system.ts';
import type { ContentFiles } from '../kernel/files/contents.ts';
import { runInWorkerOrHere, startWorkers } from '../kernel/workers/worker-pool.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { whyNotWorkspace } from './check.ts';
import { asDeclaredFault } from './declared.ts';
import { unpackVersion, unpackVersionTask, versionBytes } from './file.ts';
import { goldenFile, shippedFile } from './golden-file.ts';
import {
  backupFile,
  companionsAmong,
  namesIn,
  noteVerified,
  readBackup,
  readCompanion,
  readVersion,
} from './list.ts';
import { createReadFolder, sweepIdle, withVersions } from '../kernel/folder-lock.ts';
import { examinedOf, noRoom, ofVersion, spoiledVersion } from './manifest.ts';
import type { BackupManifest, VersionKey, VersionManifest } from './manifest.ts';

/** Returns the free bytes of a folder's disk. */
export type Look = (folder: string) => Promise<number>;

export interface Reading {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  onProgress: OnProgress;
  signal: AbortSignal;
  /** Returns the free bytes. */
  look?: Look | undefined;
  /** Folder for the documents' files; without it they are only checked. */
  contents?: ContentFiles | undefined;
  /** The program's resources, for its own golden version. */
  resources?: string | null | undefined;
}

export interface ReadingBackup extends Reading {
  id: string;
}

/**
 * Checks that the disk has room for the sizes in a manifest, since a small file may claim to be huge. For a missing folder, asks about its
 * parent. Throws BACKUP or GOLDEN, reason `no_room`.
 */
export async function checkRoom(key: VersionKey, folder: string, bytes: number, look?: Look): Promise<void> {
  const free = await roomAt(folder, look ?? freeBytes);
  if (free < bytes) throw noRoom(key, bytes, free);
}

async function roomAt(folder: string, look: Look): Promise<number> {
  try {
    return await look(folder);
  } catch (error) {
    const above = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    return roomAt(above, look);
  }
}

/**
 * Writes the database of a version file to `image`, a closed file, and checks its bytes, pages, schema, log and tables, and the manifest.
 * Returns the problem, or null. Throws errors that are not about the file, such as a full disk.
 */
export async function unpackChecked(
  file: string,
  manifest: VersionManifest,
  image: string,
  { log, clock, signal, onProgress, contents }: Reading,
): Promise<Sentence | null> {
  const step = (done: number): void => {
    checkCancelled(signal);
    onProgress({ kind: 'progress', step: 'reading', done, total: sizeOf(manifest) });
  };
  const input = { file, target: image, manifest: withoutId(manifest), contents };
  const large = sizeOf(manifest) > workerThreshold;
  if (large) startWorkers(2);
  const clear = (): Promise<void> => rm(image, { force: true });
  const why = large
    ? await runInWorkerOrHere(unpackVersionTask, input, { onProgress: step, signal, log, cleanUp: clear })
    : await unpackVersion(input, step);
  if (why !== null) return why;
  return whyNotWorkspace(image, examinedOf(manifest), { log, clock, signal });
}

export const sizeOf = ({ bytes, documents }: VersionManifest): number => bytes + (documents?.bytes ?? 0);

function withoutId(manifest: VersionManifest & { id?: string }): VersionManifest {
  const { id: _, ...rest } = manifest;
  return rest;
}

/** Writes a backup's workspace to `image` and checks it. The caller holds the lock of the backups. Throws BACKUP `damaged`, CANCELLED. */
export async function unpackBackup(
  manifest: BackupManifest,
  image: string,
  reading: Reading,
  companion?: { name: string; manifest: VersionManifest },
): Promise<void> {
  const file = backupFile(reading.files.backups, manifest.id, companion?.name);
  const why = await unpackChecked(file, companion?.manifest ?? manifest, image, reading);
  if (why !== null) throw spoiledVersion({ kind: 'backup', id: manifest.id })(why);
}

const folderOf = (files: WorkspaceFiles, { kind }: VersionKey): string =>
  kind === 'backup' ? files.backups : files.golden;

/** Reads every byte of a version's file. Throws BACKUP or GOLDEN. */
export const verifyBytes = (file: string, key: VersionKey): Promise<void> =>
  ofVersion(key, async () => {
    for await (const _ of versionBytes(file)) continue;
  });

function fileOf({ files, resources = null }: Reading, key: VersionKey): string {
  if (key.kind === 'backup') {
    refuseMissingPlace(files.backups);
    return backupFile(files.backups, key.id);
  }
  return key.version === 0 ? shippedFile(resources) : goldenFile(files, key.version);
}

/** Runs `work` holding the lock of a version's folder, shared with other readers. Throws BUSY, CANCELLED. */
export const whileStored = <T>(
  key: VersionKey,
  { files, signal }: Reading,
  work: () => Promise<T>,
): Promise<T> => withVersions(folderOf(files, key), 'together', { signal }, work);

/**
 * Writes the database of a version to `image`, a closed file, checked and migrated. The caller holds the lock of its folder. Throws BACKUP
 * or GOLDEN, CANCELLED.
 */
export async function unpackStored(
  key: VersionKey,
  image: string,
  reading: Reading,
): Promise<VersionManifest> {
  const file = fileOf(reading, key);
  const manifest = await readVersion(file, key);
  await checkRoom(key, dirname(image), manifest.bytes, reading.look);
  // Wrong bytes of a golden version mean that it was changed after publishing.
  if (key.kind === 'golden') await verifyBytes(file, key);
  const spoiled = spoiledVersion(key);
  const why = await unpackChecked(file, manifest, image, reading);
  if (why !== null) throw spoiled(why);
  await bringForward(image, { ...reading, spoiled });
  return manifest;
}

/**
 * Runs `work` on a temporary, checked and migrated copy of a version, holding the lock of its folder: `work` must not wait for a writer, who
 * may wait for that lock. Throws BACKUP or GOLDEN, BUSY, WORKSPACE, CANCELLED.
 */
export async function withVersion<T>(
  key: VersionKey,
  reading: Reading,
  work: (db: ReadHandle, manifest: VersionManifest) => Promise<T>,
): Promise<T> {
  const { files, log } = reading;
  const folder = folderOf(files, key);
  try {
    await sweepIdle(folder, log);
    return await whileStored(key, reading, async () => {
      const place = await createReadFolder(folder, 'verify');
      try {
        const image = join(place, 'image');
        const manifest = await unpackStored(key, image, reading);
        const db = openConnection(image, { mode: 'read', log });
        try {
          return await work(db, manifest);
        } finally {
          db.close();
        }
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    });
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/**
 * Checks a backup and its companions by restoring them to a temporary folder, and records the result. Problems are in the report. Throws
 * BACKUP `missing` and `no_room`, WORKSPACE, BUSY, CANCELLED.
 */
export async function verifyBackup(reading: ReadingBackup): Promise<BackupReport> {
  const { files, signal, log } = reading;
  try {
    await sweepIdle(files.backups, log);
    return await withVersions(files.backups, 'together', { signal }, () => reportOf(reading));
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

async function reportOf(reading: ReadingBackup): Promise<BackupReport> {
  const { files, id, look, clock, log } = reading;
  const report = (reason: string | null, ...problems: Sentence[]): BackupReport => ({
    id,
    ok: reason === null,
    reason,
    problems,
  });
  let manifest: BackupManifest;
  const companions: { name: string; manifest: VersionManifest }[] = [];
  try {
    manifest = await readBackup(files.backups, id);
    for (const name of companionsAmong(await namesIn(files.backups), id))
      companions.push({ name, manifest: await readCompanion(files.backups, id, name) });
  } catch (error) {
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    const { reason } = error.data as { reason: string };
    if (reason === 'missing') throw error;
    return report(reason, problemOf(error));
  }
  const folder = await createReadFolder(files.backups, 'verify');
  try {
    const all = [{ name: undefined, manifest }, ...companions];
    await checkRoom({ kind: 'backup', id }, folder, Math.max(...all.map((one) => one.manifest.bytes)), look);
    let problem: Sentence | null = null;
    for (const one of all) {
      const image = join(folder, 'image');
      const why = await unpackChecked(backupFile(files.backups, id, one.name), one.manifest, image, reading);
      await rm(image, { force: true });
      problem =
        why === null || one.name === undefined ? why : clause('ofPart', { part: one.name, problem: why });
      if (problem !== null) break;
    }
    await noteVerified(files.backups, id, { at: isoTime(clock.now()), ok: problem === null }, log);
    return problem === null
      ? report(null)
      : report('damaged', problemOf(spoiledVersion({ kind: 'backup', id })(problem)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
