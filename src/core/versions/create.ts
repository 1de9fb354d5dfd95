import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceReason } from '#shared/contract/reasons.ts';
import { refuseMissingFolder } from '../kernel/backups-folder.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { copyFile } from '../kernel/db/copy-file.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { isLarge, workerThresholdBytes } from '../kernel/db/worker-queries.ts';
import { listContents } from '../kernel/files/contents.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { copyDatabase } from '../log/copy-database.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import { sandboxPaths, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import { checkSandbox, readFactsOrNull } from '../log/read-sandbox-file.ts';
import { fsyncFolder } from '../kernel/fsync.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock } from '../kernel/system.ts';
import { runWithFallback, startWorkers } from '../kernel/workers/worker-pool.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { programVersion } from '../kernel/version.ts';
import { checkDatabase, examineDatabase, isCorruptionError, recordLiveCorruption } from './check.ts';
import { DamagedDisk, asDeclaredFault, refuseSandbox } from './declared-fault.ts';
import { copyGolden, readGolden, versionsIn } from './golden-store.ts';
import { backupFile, companionName, stampOf } from './list.ts';
import { removeWorkFolders, withVersionsLock, createWorkFolder } from '../kernel/folder-lock.ts';
import type { BackupManifest, ManifestDraft, VersionManifest, WorkspaceSummary } from './manifest.ts';
import { packVersion, packVersionTask } from './pack.ts';
import type { PackInput, PackResult, PackStep, PackedDocuments } from './pack.ts';
import { namedContents } from '../log/audit/verify-documents.ts';
import type { NamedContent } from '../log/audit/verify-documents.ts';
import type { DamagedDocument } from '#shared/contract/documents.ts';
import type { Services } from '../model/services.ts';

export interface Companions {
  sandboxes: boolean;
  golden: boolean;
}

export interface BackupOptions {
  files: WorkspaceFiles;
  reason: string;
  clock: Clock;
  log: Log;
  /** Contents of a backup besides live; nothing by default. */
  companions?: Companions | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  sync?: ((folder: string) => Promise<void>) | undefined;
}

type MakeOptions = Pick<BackupOptions, 'files' | 'clock' | 'log' | 'onProgress' | 'signal'>;

/** Creates a callback that reports progress and throws when cancelled. */
export function stepReporter(
  { onProgress, signal }: Pick<MakeOptions, 'onProgress' | 'signal'>,
  step: string,
) {
  return (done: number, total: number | null = null): void => {
    checkCancelled(signal);
    onProgress?.({ kind: 'progress', step, done, total });
  };
}

/**
 * Makes a version file of a closed copy, which it removes: checks it while compressing, reading back and syncing it to the disk. Throws
 * FailedCheck, DamagedDisk and system errors; the caller removes the folder.
 */
export async function makeVersion(
  database: string,
  target: string,
  description: Pick<ManifestDraft, 'kind' | 'made' | 'reason' | 'golden' | 'sandbox'>,
  options: MakeOptions,
  documents: PackedDocuments = { documents: options.files.documents, contents: [], named: [] },
): Promise<Omit<PackResult, 'problem'>> {
  const { log } = options;
  const runCheck = (): Promise<void> => checkDatabase(database, options);
  let summary: WorkspaceSummary;
  try {
    summary = examineDatabase(database, log);
  } catch (error) {
    // The check explains an unreadable copy better.
    await runCheck();
    throw error;
  }
  const { contents } = documents;
  const size = { count: contents.length, bytes: contents.reduce((sum, { bytes }) => sum + bytes, 0) };
  const manifest: ManifestDraft = {
    ...description,
    app: programVersion(),
    ...summary,
    ...(size.count > 0 && { documents: size }),
  };
  const packRun = packCopy({ database, target, manifest, documents }, options);
  const checkRun = runCheck();
  // Waits until both have stopped using the file. An error of the check counts first.
  await Promise.allSettled([packRun, checkRun]);
  await checkRun;
  const { problem, ...result } = await packRun;
  if (problem !== null) throw new DamagedDisk(problem);
  await rm(database);
  return result;
}

function packCopy(input: PackInput, options: MakeOptions) {
  const { log, signal } = options;
  const { database, target, manifest } = input;
  const onStep = ({ step, done, total }: PackStep): void => stepReporter(options, step)(done, total);
  if (!isLarge(database) && (manifest.documents?.bytes ?? 0) < workerThresholdBytes)
    return packVersion(input, onStep);
  const removeTarget = (): Promise<void> => rm(target, { force: true });
  return runWithFallback(packVersionTask, input, { onProgress: onStep, signal, log, cleanUp: removeTarget });
}

/** A new backup, with the documents whose file is missing or wrong in it. */
type MadeBackup = BackupManifest & { damaged: DamagedDocument[] };

/**
 * Backs live up to `backups/<UTC stamp>.frames`: copies one state of the file, checks it, reads the written file back, and then names it.
 * An interrupted backup leaves no file. Returns its manifest. Throws WORKSPACE (damaged, full, sandbox and others), BUSY, CANCELLED.
 */
export async function createBackup(options: BackupOptions): Promise<MadeBackup> {
  const { files, log, signal, reason } = options;
  const { backups } = files;
  try {
    refuseSandbox(files);
    checkCancelled(signal);
    refuseMissingFolder(backups);
    mkdirSync(backups, { recursive: true });
    const backup = await withVersionsLock(backups, 'exclusive', { signal }, async () => {
      await removeWorkFolders(backups, log);
      return buildBackup(options);
    });
    const { id, bytes, damaged } = backup;
    log.info({ backup: id, reason, bytes }, 'backup made');
    if (damaged.length > 0) log.warn({ backup: id, damaged }, 'files of documents are missing or wrong');
    return backup;
  } catch (error) {
    const refusal = asDeclaredFault(error);
    log.warn({ reason, error: String(refusal) }, 'no backup was made');
    throw refusal;
  }
}

async function buildBackup(options: BackupOptions): Promise<MadeBackup> {
  const { files, clock, log, companions, reason } = options;
  const made = isoTime(clock.now());
  const workFolder = await createWorkFolder(files.backups, 'building');
  try {
    const database = join(workFolder, 'image');
    // One worker compresses, and two check.
    if (isLarge(files.live)) startWorkers(3);
    const version = join(workFolder, 'version');
    const { manifest, damaged } = await recordLiveCorruption(options, async () => {
      await copyFile(files.live, database, {
        log,
        step: stepReporter(options, 'copying'),
        isTemporary: true,
      });
      const { documents } = files;
      const contents = await listContents(files);
      const named = readNamedContents(database, log);
      const description = { kind: 'backup', made, reason } as const;
      return makeVersion(database, version, description, options, { documents, contents, named });
    });
    const companionNames = [
      ...(companions?.sandboxes ? await copySandboxes(workFolder, made, options) : []),
      ...(companions?.golden ? await copyGoldenVersions(workFolder, options) : []),
    ];
    checkCancelled(options.signal);
    return { ...(await nameBackup(workFolder, manifest, companionNames, options)), damaged };
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** The contents that documents of the copy name; none if SQLite cannot read it, which the check of the copy reports. */
function readNamedContents(database: string, log: Log): NamedContent[] {
  try {
    using db = openConnection(database, { mode: 'read', log });
    return namedContents(db);
  } catch {
    return [];
  }
}

/**
 * Renames the files of a finished backup, the file of live last: only then is it a backup. A second backup in the same millisecond gets a
 * number. The caller holds the lock of the backups.
 */
export async function nameBackup(
  workFolder: string,
  manifest: VersionManifest,
  companions: readonly string[],
  { files: { backups, folder }, sync = fsyncFolder }: Pick<BackupOptions, 'files' | 'sync'>,
): Promise<BackupManifest> {
  const id = unusedId(backups, stampOf(manifest.made));
  const renamedFiles: string[] = [];
  try {
    for (const name of [...companions, undefined]) {
      const file = backupFile(backups, id, name);
      await rename(join(workFolder, name ?? 'version'), file);
      renamedFiles.push(file);
    }
    // The folder of backups can be new, so its parent is synced too.
    for (const directory of [backups, folder]) await sync(directory);
  } catch (error) {
    for (const file of renamedFiles.toReversed()) await rm(file, { force: true });
    throw error;
  }
  return { id, ...manifest };
}

function unusedId(backups: string, stamp: string): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stamp : `${stamp}-${number}`;
    if (!lstatSync(backupFile(backups, id), { throwIfNoEntry: false })) return id;
  }
}

/** Writes version files of the sandboxes under the names of companions. Errors name the sandbox. */
async function copySandboxes(workFolder: string, made: string, options: BackupOptions): Promise<string[]> {
  const names: string[] = [];
  for (const id of sandboxIds(options.files, 'sandboxes').ids) {
    try {
      names.push(await copySandbox(id, workFolder, made, options));
    } catch (error) {
      // The sandbox was discarded in the meantime.
      if (isFault(error) && error.code === 'NOT_FOUND') continue;
      throw withSandboxName(titleOf(id, options), error);
    }
  }
  return names;
}

async function copySandbox(
  id: string,
  workFolder: string,
  made: string,
  options: BackupOptions,
): Promise<string> {
  const { files, log, signal } = options;
  const source = workspaceFiles(files.folder, { kind: 'sandbox', id });
  checkSandbox(source, id);
  const name = companionName({ kind: 'sandbox', id });
  const database = join(workFolder, 'image');
  const step = stepReporter(options, 'copying');
  await copyDatabase(source, database, { log, signal, onProgress: ({ done, total }) => step(done, total) });
  const db = openConnection(database, { mode: 'write', log });
  let title: string;
  try {
    db.pragma('journal_mode = DELETE');
    title = readSandboxFacts(db)?.name ?? '';
  } finally {
    db.close();
  }
  const description = { kind: 'sandbox', made, reason: 'sandbox', sandbox: { id, name: title } } as const;
  await makeVersion(database, join(workFolder, name), description, options);
  return name;
}

function titleOf(id: string, { files }: Pick<BackupOptions, 'files'>): string {
  const name = readFactsOrNull(sandboxPaths(files, 'sandboxes', id), id)?.name ?? '';
  return name === '' ? `"${id}"` : `"${name}" (${id})`;
}

/** Adds the sandbox's name to an error about it. */
function withSandboxName(sandbox: string, error: unknown): unknown {
  if (isFault(error) && error.code !== 'WORKSPACE') return error;
  const corruptionReason = isCorruptionError(error) ? 'damaged' : null;
  const reason = isFault(error) ? reasonOf(error) : corruptionReason;
  if (reason === null) return error;
  const sandboxReason = reason === 'damaged' ? 'sandbox_damaged' : (reason as WorkspaceReason);
  const why = isFault(error) && 'values' in error.data ? error.data.values?.['why'] : undefined;
  const values = { file: clause('ofSandbox', { sandbox }), ...(why !== undefined && { why }) };
  return new Fault('WORKSPACE', { reason: sandboxReason, values });
}

async function copyGoldenVersions(workFolder: string, options: BackupOptions): Promise<string[]> {
  const { files, signal } = options;
  if (!existsSync(files.golden)) return [];
  return withVersionsLock(files.golden, 'shared', { signal }, async () => {
    const names: string[] = [];
    for (const version of await versionsIn(files)) {
      const name = companionName({ kind: 'golden', version });
      await readGolden(files, version);
      await copyGolden(files, version, join(workFolder, name), stepReporter(options, 'copying'));
      names.push(name);
    }
    return names;
  });
}

/** Backs up live's last commit before a plan is applied. Null in a sandbox, where undo is enough. Throws like `createBackup`. */
export async function backUpBeforePlan(
  { files, source, log }: Services,
  reason: string,
  { signal, onProgress: report }: Pick<BackupOptions, 'signal' | 'onProgress'>,
): Promise<string | null> {
  if (files.target.kind !== 'live') return null;
  return (await createBackup({ files, reason, clock: source.clock, log, signal, onProgress: report })).id;
}
