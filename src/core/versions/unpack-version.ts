import { problemOf, isFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupReport } from '#shared/contract/backups.ts';
import type { DocumentCheck } from '#shared/contract/documents.ts';
import { refuseMissingFolder } from '../kernel/backups-folder.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { workerThresholdBytes } from '../kernel/db/worker-queries.ts';
import { freeBytes } from '../kernel/free-bytes.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { migrateCopy, workspaceProblem } from './check.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock } from '../kernel/system.ts';
import type { ContentTarget } from '../kernel/files/content-stream.ts';
import { runWithFallback, startWorkers } from '../kernel/workers/worker-pool.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { ContentState } from '../kernel/files/contents.ts';
import { checkDocuments, documentNames } from '../log/audit/verify-documents.ts';
import { asDeclaredFault } from './declared-fault.ts';
import { unpackVersion, unpackVersionTask, versionBytes } from './file.ts';
import type { Unpacked } from './file.ts';
import { goldenFile, shippedFile } from './golden-file.ts';
import {
  backupFile,
  companionNamesOf,
  backupFileNames,
  writeCheckResult,
  readBackup,
  readCompanion,
  readVersion,
} from './list.ts';
import { createReadFolder, sweepIfUnlocked, withVersionsLock } from '../kernel/folder-lock.ts';
import { summaryOf, noRoomFault, withVersionFault, damagedVersionFault } from './manifest.ts';
import type { BackupManifest, VersionKey, VersionManifest } from './manifest.ts';

/** Returns the free bytes of a folder's disk. */
export type FreeBytesOf = (folder: string) => Promise<number>;

export interface ReadOptions {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  onProgress: OnProgress;
  signal: AbortSignal;
  freeBytesOf?: FreeBytesOf | undefined;
  /** Where to store the documents' files; without it they are only checked. */
  contents?: ContentTarget | undefined;
  /** The program's resources, for its own golden version. */
  resources?: string | null | undefined;
}

export interface ReadBackupOptions extends ReadOptions {
  id: string;
}

/**
 * Checks that the disk has room for the sizes in a manifest, since a small file can claim to be huge. For a missing folder, checks its
 * parent. Throws BACKUP or GOLDEN, reason `no_room`.
 */
export async function checkRoom(
  key: VersionKey,
  folder: string,
  bytes: number,
  freeBytesOf?: FreeBytesOf,
): Promise<void> {
  const free = await freeBytesAt(folder, freeBytesOf ?? freeBytes);
  if (free < bytes) throw noRoomFault(key, bytes, free);
}

async function freeBytesAt(folder: string, freeBytesOf: FreeBytesOf): Promise<number> {
  try {
    return await freeBytesOf(folder);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return freeBytesAt(parent, freeBytesOf);
  }
}

/**
 * Writes the database of a version file to `database`, a closed file, and checks its bytes, pages, schema, log and tables, and the manifest.
 * Returns the problem, or null. Throws errors that are not about the file, such as a full disk.
 */
export async function unpackChecked(
  file: string,
  manifest: VersionManifest,
  database: string,
  { log, clock, signal, onProgress, contents }: ReadOptions,
): Promise<Unpacked> {
  const step = (done: number): void => {
    checkCancelled(signal);
    onProgress({ kind: 'progress', step: 'reading', done, total: sizeOf(manifest) });
  };
  const input = { file, target: database, manifest: withoutId(manifest), contents };
  const isLarge = sizeOf(manifest) > workerThresholdBytes;
  if (isLarge) startWorkers(2);
  const removeDatabase = (): Promise<void> => rm(database, { force: true });
  const unpacked = isLarge
    ? await runWithFallback(unpackVersionTask, input, {
        onProgress: step,
        signal,
        log,
        cleanUp: removeDatabase,
      })
    : await unpackVersion(input, step);
  if (unpacked.problem !== null) return unpacked;
  const problem = await workspaceProblem(database, summaryOf(manifest), { log, clock, signal });
  return { ...unpacked, problem };
}

export const sizeOf = ({ bytes, documents }: VersionManifest): number => bytes + (documents?.bytes ?? 0);

function withoutId(manifest: VersionManifest & { id?: string }): VersionManifest {
  const { id: _, ...rest } = manifest;
  return rest;
}

/** Writes a backup's workspace to `database` and checks it. The caller holds the lock of the backups. Throws BACKUP `damaged`, CANCELLED. */
export async function unpackBackup(
  manifest: BackupManifest,
  database: string,
  options: ReadOptions,
  companion?: { name: string; manifest: VersionManifest },
): Promise<void> {
  const file = backupFile(options.files.backups, manifest.id, companion?.name);
  const { problem: why } = await unpackChecked(file, companion?.manifest ?? manifest, database, options);
  if (why !== null) throw damagedVersionFault({ kind: 'backup', id: manifest.id })(why);
}

const versionsFolder = (files: WorkspaceFiles, { kind }: VersionKey): string =>
  kind === 'backup' ? files.backups : files.golden;

/** Reads every byte of a version's file. Throws BACKUP or GOLDEN. */
export const verifyBytes = (file: string, key: VersionKey): Promise<void> =>
  withVersionFault(key, async () => {
    for await (const _ of versionBytes(file)) continue;
  });

function fileOf({ files, resources = null }: ReadOptions, key: VersionKey): string {
  if (key.kind === 'backup') {
    refuseMissingFolder(files.backups);
    return backupFile(files.backups, key.id);
  }
  return key.version === 0 ? shippedFile(resources) : goldenFile(files, key.version);
}

/** Runs `work` holding the lock of a version's folder, shared with other readers. Throws BUSY, CANCELLED. */
export const withVersionLock = <T>(
  key: VersionKey,
  { files, signal }: ReadOptions,
  work: () => Promise<T>,
): Promise<T> => withVersionsLock(versionsFolder(files, key), 'shared', { signal }, work);

/**
 * Writes the database of a version to `database`, a closed file, checked and migrated. The caller holds the lock of its folder. Throws BACKUP
 * or GOLDEN, CANCELLED.
 */
export async function unpackMigrated(
  key: VersionKey,
  database: string,
  options: ReadOptions,
): Promise<VersionManifest> {
  const file = fileOf(options, key);
  const manifest = await readVersion(file, key);
  await checkRoom(key, dirname(database), manifest.bytes, options.freeBytesOf);
  // Wrong bytes of a golden version mean that it was changed after publishing.
  if (key.kind === 'golden') await verifyBytes(file, key);
  const spoiledFault = damagedVersionFault(key);
  const { problem: why } = await unpackChecked(file, manifest, database, options);
  if (why !== null) throw spoiledFault(why);
  await migrateCopy(database, { ...options, spoiledFault });
  return manifest;
}

/**
 * Runs `work` on a temporary, checked and migrated copy of a version, holding the lock of its folder. `work` must not wait for a writer,
 * because a writer can wait for that lock. Throws BACKUP or GOLDEN, BUSY, WORKSPACE, CANCELLED.
 */
export async function withVersion<T>(
  key: VersionKey,
  options: ReadOptions,
  work: (db: ReadHandle, manifest: VersionManifest) => Promise<T>,
): Promise<T> {
  const { files, log } = options;
  const folder = versionsFolder(files, key);
  try {
    await sweepIfUnlocked(folder, log);
    return await withVersionLock(key, options, async () => {
      const workFolder = await createReadFolder(folder, 'verify');
      try {
        const database = join(workFolder, 'image');
        const manifest = await unpackMigrated(key, database, options);
        using db = openConnection(database, { mode: 'read', log });
        return await work(db, manifest);
      } finally {
        await rm(workFolder, { recursive: true, force: true });
      }
    });
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/**
 * Checks a backup and its companions by unpacking them to a temporary folder, and records the result. Problems are in the report. Throws
 * BACKUP `missing` and `no_room`, WORKSPACE, BUSY, CANCELLED.
 */
export async function verifyBackup(options: ReadBackupOptions): Promise<BackupReport> {
  const { files, signal, log } = options;
  try {
    await sweepIfUnlocked(files.backups, log);
    return await withVersionsLock(files.backups, 'shared', { signal }, () => checkBackup(options));
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

function documentsIn(database: string, states: ReadonlyMap<string, ContentState>, log: Log): DocumentCheck {
  using db = openConnection(database, { mode: 'read', log });
  return checkDocuments(documentNames(db), states);
}

async function checkBackup(options: ReadBackupOptions): Promise<BackupReport> {
  const { files, id, freeBytesOf, clock, log } = options;
  const toReport = (reason: string | null, ...problems: Sentence[]): BackupReport => ({
    id,
    ok: reason === null,
    reason,
    problems,
    documents: [],
  });
  let manifest: BackupManifest;
  const companions: { name: string; manifest: VersionManifest }[] = [];
  try {
    manifest = await readBackup(files.backups, id);
    for (const name of companionNamesOf(await backupFileNames(files.backups), id))
      companions.push({ name, manifest: await readCompanion(files.backups, id, name) });
  } catch (error) {
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    const { reason } = error.data as { reason: string };
    if (reason === 'missing') throw error;
    return toReport(reason, problemOf(error));
  }
  const folder = await createReadFolder(files.backups, 'verify');
  try {
    const parts = [{ name: undefined, manifest }, ...companions];
    await checkRoom(
      { kind: 'backup', id },
      folder,
      Math.max(...parts.map((part) => part.manifest.bytes)),
      freeBytesOf,
    );
    let problem: Sentence | null = null;
    let documents: DocumentCheck | null = null;
    for (const part of parts) {
      const database = join(folder, 'image');
      const { problem: why, states } = await unpackChecked(
        backupFile(files.backups, id, part.name),
        part.manifest,
        database,
        options,
      );
      if (why === null && part.name === undefined) documents = documentsIn(database, states, log);
      await rm(database, { force: true });
      problem =
        why === null || part.name === undefined ? why : clause('ofPart', { part: part.name, problem: why });
      if (problem !== null) break;
    }
    await writeCheckResult(files.backups, id, { at: isoTime(clock.now()), ok: problem === null }, log);
    if (problem !== null)
      return toReport('damaged', problemOf(damagedVersionFault({ kind: 'backup', id })(problem)));
    // The backup equals the workspace at that time, and can be restored.
    if (documents?.ok === false)
      return { ...toReport('documents', ...documents.problems), documents: documents.damaged };
    return toReport(null);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
