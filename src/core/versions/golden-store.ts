import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { existsSync, renameSync } from 'node:fs';
import { chmod, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { GoldenReason } from '#shared/contract/reasons.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { assertCanPublish } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkFolder } from '../kernel/db/check-sandbox-files.ts';
import type { CallContext, Services } from '../model/services.ts';
import { fsyncFolder } from '../kernel/fsync.ts';
import type { Clock } from '../kernel/system.ts';
import { isCorruptionError } from './check.ts';
import { copyVersion } from './file.ts';
import { goldenFile, shippedFile } from './golden-file.ts';
import { readEach, readVersion } from './list.ts';
import type { FoundVersion } from './list.ts';
import { removeWorkFolders, withVersionsLock, createWorkFolder } from '../kernel/folder-lock.ts';
import { badGolden, withVersionFault } from './manifest.ts';
import type { VersionKey, VersionManifest } from './manifest.ts';
import { checkRoom, unpackChecked, verifyBytes } from './unpack-version.ts';
import type { ReadOptions } from './unpack-version.ts';

export type GoldenManifest = VersionManifest & { golden: NonNullable<VersionManifest['golden']> };

type GoldenFolder = Pick<WorkspaceFiles, 'golden'>;

/** Numbers of the workspace's golden versions, newest first. Throws WORKSPACE, reason foreign, for a link in place of their folder. */
export async function versionsIn({ golden }: GoldenFolder): Promise<number[]> {
  if (!checkFolder(golden)) return [];
  return (await readdir(golden))
    .flatMap((name) => /^([1-9]\d{0,5})\.frames$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => b - a);
}

export async function nextVersion(files: GoldenFolder): Promise<number> {
  const [newest = 0] = await versionsIn(files);
  return newest + 1;
}

const goldenKey = (version: number): VersionKey => ({ kind: 'golden', version });

const readGoldenFile = async (file: string, version: number): Promise<GoldenManifest> =>
  (await readVersion(file, goldenKey(version))) as GoldenManifest;

/** The manifest of a golden version, with the length of its file checked. Throws GOLDEN. */
export const readGolden = async (files: GoldenFolder, version: number): Promise<GoldenManifest> =>
  readGoldenFile(goldenFile(files, version), version);

/** Like `readGolden` for the program's own version, verifying every byte. */
async function readShipped(resources: string | null): Promise<GoldenManifest> {
  const file = shippedFile(resources);
  const manifest = await readGoldenFile(file, 0);
  await verifyBytes(file, goldenKey(0));
  return manifest;
}

/**
 * Copies a golden version to the new file `target` and verifies every byte. Version 0 is the program's own. Throws GOLDEN, WORKSPACE
 * `full`, and errors of `step`.
 */
export async function copyGolden(
  files: GoldenFolder,
  version: number,
  target: string,
  step: (done: number, total: number) => void = () => {},
  file = goldenFile(files, version),
): Promise<void> {
  const { stored_bytes } = await readGoldenFile(file, version);
  await checkRoom(goldenKey(version), dirname(target), stored_bytes);
  await withVersionFault(goldenKey(version), () =>
    copyVersion(file, target, (done) => step(done, Math.max(done, stored_bytes))),
  );
}

/** A golden version, judged by its manifest and length. */
export type FoundGolden = Omit<FoundVersion<number, GoldenManifest>, 'key'> & { version: number };

/** All versions, newest first. Throws system errors that are not about one version. */
export async function listVersions(files: GoldenFolder): Promise<FoundGolden[]> {
  const results: FoundGolden[] = [];
  const versions = await versionsIn(files);
  for await (const { key: version, ...rest } of readEach(versions, (number) => readGolden(files, number)))
    results.push({ version, ...rest });
  return results;
}

/** The newest version that was published here, or is unreadable and so possibly published here; else the newest. */
export const currentOf = (versions: readonly FoundGolden[]): FoundGolden | undefined =>
  versions.find(({ manifest }) => manifest === null || manifest.golden.shipped === null) ?? versions[0];

/** The requested version, unchecked, or the current one. Throws GOLDEN if the current one is missing or unusable. */
export async function resolveVersion(files: GoldenFolder, requested: number | undefined): Promise<number> {
  if (requested !== undefined) return requested;
  const current = currentOf(await listVersions(files));
  if (!current) throw badGolden('missing', 0, { name: clause('goldenNone') });
  const { version, problem, problem_code } = current;
  if (problem === null) return version;
  const why = clause('goldenCurrent', { why: problem.values?.['why'] as Sentence | undefined });
  throw new Fault('GOLDEN', {
    reason: (problem_code ?? 'unreadable') as GoldenReason,
    version,
    values: { ...problem.values, why },
  });
}

/** Like `resolveVersion` after installing the program's own version; throws the fault of installing if there is no other version. */
export async function currentGolden(
  { files, resources, read }: Pick<Services, 'files' | 'resources' | 'read'>,
  version: number | undefined,
  options: Pick<ReadOptions, 'clock' | 'log' | 'signal'>,
): Promise<number> {
  const { fault } = await installShipped({ ...options, files, resources, live: read });
  try {
    return await resolveVersion(files, version);
  } catch (error) {
    throw fault !== null && isNoVersionError(error) ? fault : error;
  }
}

const isNoVersionError = (error: unknown): boolean =>
  isFault(error) && error.code === 'GOLDEN' && 'version' in error.data && error.data.version === 0;

const readyName = /^\.ready-([1-9]\d{0,5})-([0-9a-f-]{36})$/;
const auditQuery = 'SELECT 1 AS found FROM audit_transactions WHERE op_id = ?';

interface SettleOptions {
  files: WorkspaceFiles;
  log: Log;
  signal?: AbortSignal | undefined;
}

/**
 * Finishes an interrupted publishing. A version gets its number, or the next free one, if live's audit has its publishing; else it is
 * removed. The caller holds the lock of the golden versions. Without `live`, its audit is lost and all stay.
 */
export async function settleGolden({ files, log }: SettleOptions, live: ReadHandle | null): Promise<void> {
  for (const name of await readdir(files.golden)) {
    const [, number, op_id] = readyName.exec(name) ?? [];
    if (number === undefined || op_id === undefined) continue;
    const readyFile = join(files.golden, name);
    const isNumberTaken = existsSync(goldenFile(files, Number(number)));
    const freeNumber = isNumberTaken ? await nextVersion(files) : Number(number);
    const version = isPossiblyPublished(live, op_id) ? freeNumber : null;
    if (version === null) await rm(readyFile, { recursive: true, force: true });
    else await rename(readyFile, goldenFile(files, version));
    log.warn({ number, version, op_id }, 'an interrupted publishing of a golden version has been settled');
  }
  await fsyncFolder(files.golden);
  await removeWorkFolders(files.golden, log);
}

/** Whether live's log has the publishing, or cannot tell. */
function isPossiblyPublished(live: ReadHandle | null, op_id: string): boolean {
  try {
    return live === null || live.get(auditQuery, [op_id]) !== undefined;
  } catch (error) {
    if (isCorruptionError(error)) return true;
    throw error;
  }
}

async function isPublishInterrupted({ golden }: GoldenFolder): Promise<boolean> {
  const names = await readdir(golden).catch(() => []);
  return names.some((name) => readyName.test(name));
}

/**
 * Like `settleGolden` before the closed live file, locked by the caller, is replaced. Reads live's log only if `isLogTrusted`: it is known
 * to be the right one. Throws BUSY, WORKSPACE, CANCELLED.
 */
export async function settleBeforeReplacing(
  options: SettleOptions,
  { isLogTrusted }: { isLogTrusted: boolean },
): Promise<void> {
  const { files, log, signal } = options;
  if (!(await isPublishInterrupted(files))) return;
  const live = isLogTrusted ? openConnection(files.live, { mode: 'read', log }) : null;
  try {
    await withVersionsLock(files.golden, 'exclusive', { signal }, () => settleGolden(options, live));
  } finally {
    live?.close();
  }
}

/**
 * Audits a finished version file by `audit` and then gives it its number; after a crash between the two, `settleGolden` does. The caller
 * holds the lock of the golden versions. Returns the op_id. Throws FORBIDDEN and errors of writing, leaving no version.
 */
export async function nameGolden(
  { services, session }: CallContext,
  file: string,
  version: number,
  audit: (write: WriteContext) => void,
): Promise<string> {
  const { files, queue, log, read } = services;
  await chmod(file, 0o444);
  let readyFile = '';
  try {
    const op_id = await queue.command(session, (write) => {
      assertCanPublish(write.actor);
      audit(write);
      readyFile = join(files.golden, `.ready-${version}-${write.audit.op_id}`);
      renameSync(file, readyFile);
      return write.audit.op_id;
    });
    await rename(readyFile, goldenFile(files, version));
    await fsyncFolder(files.golden);
    return op_id;
  } catch (error) {
    // If the publishing is audited, `settleGolden` gives the version its number.
    if (readyFile !== '') await settleGolden({ files, log }, read).catch(() => undefined);
    throw error;
  }
}

interface InstallOptions {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  resources: string | null;
  /** Live, or null if unreadable. */
  live: ReadHandle | null;
  signal?: AbortSignal | undefined;
}

export interface InstallResult {
  manifest: GoldenManifest | null;
  /** The number of the version in this workspace. */
  version: number | null;
  fault: Fault | null;
}

/** Installs the program's golden version into the workspace. `fault` is the reason if it is unusable. */
export async function installShipped(options: InstallOptions): Promise<InstallResult> {
  const { files, resources, live, log, signal = new AbortController().signal } = options;
  try {
    const manifest = await readShipped(resources);
    let version = await findByHash(files, manifest.sha256);
    if (version === null || (await isPublishInterrupted(files)))
      version = await withVersionsLock(files.golden, 'exclusive', { signal }, async () => {
        if (live) await settleGolden({ files, log }, live);
        return (await findByHash(files, manifest.sha256)) ?? install(manifest);
      });
    return { manifest, version, fault: null };
  } catch (error) {
    if (!isFault(error) || error.code !== 'GOLDEN') throw error;
    return { manifest: null, version: null, fault: error };
  }

  async function install(manifest: GoldenManifest): Promise<number> {
    const version = await nextVersion(files);
    const workFolder = await createWorkFolder(files.golden, 'building');
    try {
      const copy = join(workFolder, 'version');
      await copyGolden(files, 0, copy, undefined, shippedFile(resources));
      const readOptions = { ...options, signal, onProgress: () => {} };
      const { problem: why } = await unpackChecked(copy, manifest, join(workFolder, 'image'), readOptions);
      if (why !== null) throw badGolden('damaged', 0, { why });
      await chmod(copy, 0o444);
      await rename(copy, goldenFile(files, version));
      await fsyncFolder(files.golden);
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
    log.info({ version, shipped: manifest.golden.shipped }, 'golden version of the program added');
    return version;
  }
}

/** Like `installShipped` after opening, in the background: problems are only logged. */
export function installGolden(services: Services): Promise<void> {
  const { files, resources, source, log, read, background } = services;
  return background.run(async () => {
    if (resources === null || files.target.kind !== 'live') return;
    await yieldToEventLoop();
    try {
      const { fault } = await installShipped({ files, resources, clock: source.clock, log, live: read });
      if (fault !== null)
        log.error({ problem: fault.message }, 'the golden version of the program cannot be used');
    } catch (error) {
      log.error({ error: String(error) }, 'the golden version of the program could not be added');
    }
  });
}

/** The newest version whose manifest has this SHA-256. */
export async function findByHash(files: GoldenFolder, sha256: string): Promise<number | null> {
  const match = (await listVersions(files)).find(({ manifest }) => manifest?.sha256 === sha256);
  return match?.version ?? null;
}
