import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceReason } from '#shared/contract/reasons.ts';
import { refuseMissingPlace } from '../kernel/backups-folder.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { copyFile } from '../kernel/db/copy-file.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { isLarge, workerThreshold } from '../kernel/db/in-worker.ts';
import { storedContents } from '../kernel/files/contents.ts';
import type { Content } from '../kernel/files/contents.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { copyDatabase } from '../log/copy-of.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import { placeOf, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import { checkSandbox, readFactsOrNull } from '../log/sandbox-look.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock } from '../kernel/system.ts';
import { runInWorkerOrHere, startWorkers } from '../kernel/workers/worker-pool.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { programVersion } from '../kernel/version.ts';
import { checkImage, examineDatabase, isDamage, notingLive } from './check.ts';
import { DamagedDisk, asDeclaredFault, refuseSandbox } from './declared.ts';
import { copyGolden, readGolden, versionsIn } from './golden-store.ts';
import { backupFile, companionName, stampOf } from './list.ts';
import { removeStaleLocks, withVersions, createWorkFolder } from '../kernel/folder-lock.ts';
import type { BackupManifest, OpenManifest, VersionManifest } from './manifest.ts';
import { packVersion, packVersionTask } from './pack.ts';
import type { PackInput, PackStep } from './pack.ts';
import type { Services } from '../model/services.ts';

/** Contents of a backup besides live. */
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

type Making = Pick<BackupOptions, 'files' | 'clock' | 'log' | 'onProgress' | 'signal'>;

/** Reports progress and throws when cancelled. */
export function stepOf({ onProgress, signal }: Pick<Making, 'onProgress' | 'signal'>, name: string) {
  return (done: number, total: number | null = null): void => {
    checkCancelled(signal);
    onProgress?.({ kind: 'progress', step: name, done, total });
  };
}

/**
 * Makes a version file of a closed copy, which it removes: checks it while compressing, reading back and syncing it to the disk. Throws
 * FailedCheck, DamagedDisk and system errors; the caller removes the folder.
 */
export async function makeVersion(
  image: string,
  target: string,
  about: Pick<OpenManifest, 'kind' | 'made' | 'reason' | 'golden' | 'sandbox'>,
  making: Making,
  contents: readonly Content[] = [],
): Promise<VersionManifest> {
  const { log } = making;
  const check = (): Promise<void> => checkImage(image, making);
  let examined: ReturnType<typeof examineDatabase>;
  try {
    examined = examineDatabase(image, log);
  } catch (error) {
    // The check explains an unreadable copy better.
    await check();
    throw error;
  }
  const documents = { count: contents.length, bytes: contents.reduce((sum, { bytes }) => sum + bytes, 0) };
  const manifest: OpenManifest = {
    ...about,
    app: programVersion(),
    ...examined,
    ...(documents.count > 0 && { documents }),
  };
  const pack = packed({ image, target, manifest, contents }, making);
  const checked = check();
  // Both must have stopped using the file. Errors of the check come first.
  await Promise.allSettled([pack, checked]);
  await checked;
  const result = await pack;
  if (result.problem !== null) throw new DamagedDisk(result.problem);
  await rm(image);
  return result.manifest;
}

function packed(input: PackInput, making: Making) {
  const { log, signal } = making;
  const { image, target, manifest } = input;
  const hear = ({ step, done, total }: PackStep): void => stepOf(making, step)(done, total);
  if (!isLarge(image) && (manifest.documents?.bytes ?? 0) < workerThreshold) return packVersion(input, hear);
  const clear = (): Promise<void> => rm(target, { force: true });
  return runInWorkerOrHere(packVersionTask, input, { onProgress: hear, signal, log, cleanUp: clear });
}

/**
 * Backs live up to `backups/<UTC stamp>.frames`: copies one state of the file, checks it, reads the written file back, and then names it.
 * An interrupted backup leaves no file. Returns its manifest. Throws WORKSPACE (damaged, full, sandbox and others), BUSY, CANCELLED.
 */
export async function createBackup(options: BackupOptions): Promise<BackupManifest> {
  const { files, log, signal, reason } = options;
  const { backups } = files;
  try {
    refuseSandbox(files);
    checkCancelled(signal);
    refuseMissingPlace(backups);
    mkdirSync(backups, { recursive: true });
    const made = await withVersions(backups, 'alone', { signal }, async () => {
      await removeStaleLocks(backups, log);
      return build(options);
    });
    log.info({ backup: made.id, reason, bytes: made.bytes }, 'backup made');
    return made;
  } catch (error) {
    const refusal = asDeclaredFault(error);
    log.warn({ reason, error: String(refusal) }, 'no backup was made');
    throw refusal;
  }
}

async function build(options: BackupOptions): Promise<BackupManifest> {
  const { files, clock, log, companions, reason } = options;
  const made = isoTime(clock.now());
  const building = await createWorkFolder(files.backups, 'building');
  try {
    const image = join(building, 'image');
    // Units of progress: one for copying; three for compressing and the two checks.
    if (isLarge(files.live)) startWorkers(3);
    const version = join(building, 'version');
    const manifest = await notingLive(options, async () => {
      await copyFile(files.live, image, { log, step: stepOf(options, 'copying'), passing: true });
      const contents = await storedContents(files);
      return makeVersion(image, version, { kind: 'backup', made, reason }, options, contents);
    });
    const more = [
      ...(companions?.sandboxes ? await copySandboxes(building, made, options) : []),
      ...(companions?.golden ? await copyGoldenVersions(building, options) : []),
    ];
    checkCancelled(options.signal);
    return await nameBackup(building, manifest, more, options);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/**
 * Renames the files of a finished backup, that of live last, which makes it a backup. A second one in the same millisecond gets a number.
 * The caller holds the lock of the backups.
 */
export async function nameBackup(
  building: string,
  manifest: VersionManifest,
  companions: readonly string[],
  { files: { backups, folder }, sync = syncFolder }: Pick<BackupOptions, 'files' | 'sync'>,
): Promise<BackupManifest> {
  const id = freeId(backups, stampOf(manifest.made));
  const named: string[] = [];
  try {
    for (const name of [...companions, undefined]) {
      const file = backupFile(backups, id, name);
      await rename(join(building, name ?? 'version'), file);
      named.push(file);
    }
    // The folder of backups may be new itself.
    for (const one of [backups, folder]) await sync(one);
  } catch (error) {
    for (const file of named.toReversed()) await rm(file, { force: true });
    throw error;
  }
  return { id, ...manifest };
}

function freeId(backups: string, stamp: string): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stamp : `${stamp}-${number}`;
    if (!lstatSync(backupFile(backups, id), { throwIfNoEntry: false })) return id;
  }
}

/** Writes version files of the sandboxes under the names of companions. Errors name the sandbox. */
async function copySandboxes(building: string, made: string, options: BackupOptions): Promise<string[]> {
  const names: string[] = [];
  for (const id of sandboxIds(options.files, 'sandboxes').ids) {
    try {
      names.push(await copySandbox(id, building, made, options));
    } catch (error) {
      // Discarded in the meantime.
      if (isFault(error) && error.code === 'NOT_FOUND') continue;
      throw ofSandbox(titleOf(id, options), error);
    }
  }
  return names;
}

async function copySandbox(
  id: string,
  building: string,
  made: string,
  options: BackupOptions,
): Promise<string> {
  const { files, log, signal } = options;
  const source = workspaceFiles(files.folder, { kind: 'sandbox', id });
  checkSandbox(source, id);
  const name = companionName({ kind: 'sandbox', id });
  const image = join(building, 'image');
  const step = stepOf(options, 'copying');
  await copyDatabase(source, image, { log, signal, onProgress: ({ done, total }) => step(done, total) });
  const copy = openConnection(image, { mode: 'write', log });
  let title: string;
  try {
    copy.pragma('journal_mode = DELETE');
    title = readSandboxFacts(copy)?.name ?? '';
  } finally {
    copy.close();
  }
  const about = { kind: 'sandbox', made, reason: 'sandbox', sandbox: { id, name: title } } as const;
  await makeVersion(image, join(building, name), about, options);
  return name;
}

function titleOf(id: string, { files }: Pick<BackupOptions, 'files'>): string {
  const name = readFactsOrNull(placeOf(files, 'sandboxes', id), id)?.name ?? '';
  return name === '' ? `"${id}"` : `"${name}" (${id})`;
}

/** Adds the sandbox's name to an error about it. */
function ofSandbox(sandbox: string, error: unknown): unknown {
  const reason = isFault(error) ? reasonOf(error) : isDamage(error) ? 'damaged' : null;
  if (reason === null || (isFault(error) && error.code !== 'WORKSPACE')) return error;
  const known = reason === 'damaged' ? 'sandbox_damaged' : (reason as WorkspaceReason);
  const why = isFault(error) && 'values' in error.data ? error.data.values?.['why'] : undefined;
  const values = { file: clause('ofSandbox', { sandbox }), ...(why !== undefined && { why }) };
  return new Fault('WORKSPACE', { reason: known, values });
}

async function copyGoldenVersions(building: string, options: BackupOptions): Promise<string[]> {
  const { files, signal } = options;
  if (!existsSync(files.golden)) return [];
  return withVersions(files.golden, 'together', { signal }, async () => {
    const names: string[] = [];
    for (const version of await versionsIn(files)) {
      const name = companionName({ kind: 'golden', version });
      await readGolden(files, version);
      await copyGolden(files, version, join(building, name), stepOf(options, 'copying'));
      names.push(name);
    }
    return names;
  });
}

/** Backs up live's last commit before a plan is applied. Null in a sandbox, where undo is enough. Throws as `createBackup`. */
export async function backUpBefore(
  { files, source, log }: Services,
  reason: string,
  { signal, onProgress: report }: Pick<BackupOptions, 'signal' | 'onProgress'>,
): Promise<string | null> {
  if (files.target.kind !== 'live') return null;
  return (await createBackup({ files, reason, clock: source.clock, log, signal, onProgress: report })).id;
}
