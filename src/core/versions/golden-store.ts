import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { existsSync, renameSync } from 'node:fs';
import { chmod, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { GoldenReason } from '#shared/contract/reasons.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { permitGolden } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkFolder } from '../kernel/db/sandbox-place.ts';
import type { CallContext, Services } from '../model/services.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import type { Clock } from '../kernel/system.ts';
import { isDamage } from './check.ts';
import { copyVersion } from './file.ts';
import { goldenFile, shippedFile } from './golden-file.ts';
import { readEach, readVersion } from './list.ts';
import type { FoundVersion } from './list.ts';
import { removeStaleLocks, withVersions, createWorkFolder } from '../kernel/folder-lock.ts';
import { badGolden, ofVersion } from './manifest.ts';
import type { VersionKey, VersionManifest } from './manifest.ts';
import { checkRoom, unpackChecked, verifyBytes } from './open.ts';
import type { Reading } from './open.ts';

export type GoldenManifest = VersionManifest & { golden: NonNullable<VersionManifest['golden']> };

type Golden = Pick<WorkspaceFiles, 'golden'>;

/** Numbers of the workspace's golden versions, newest first. Throws WORKSPACE, reason foreign, for a link in place of their folder. */
export async function versionsIn({ golden }: Golden): Promise<number[]> {
  if (!checkFolder(golden)) return [];
  return (await readdir(golden))
    .flatMap((name) => /^([1-9]\d{0,5})\.frames$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => b - a);
}

export async function nextVersion(files: Golden): Promise<number> {
  const [newest = 0] = await versionsIn(files);
  return newest + 1;
}

const goldenKey = (version: number): VersionKey => ({ kind: 'golden', version });

const readIn = async (file: string, version: number): Promise<GoldenManifest> =>
  (await readVersion(file, goldenKey(version))) as GoldenManifest;

/** The manifest of a golden version, with the length of its file checked. Throws GOLDEN. */
export const readGolden = async (files: Golden, version: number): Promise<GoldenManifest> =>
  readIn(goldenFile(files, version), version);

/** As `readGolden` for the program's own version, verifying every byte. */
async function readShipped(resources: string | null): Promise<GoldenManifest> {
  const file = shippedFile(resources);
  const manifest = await readIn(file, 0);
  await verifyBytes(file, goldenKey(0));
  return manifest;
}

/**
 * Copies a golden version to the new file `target` and verifies every byte. Version 0 is that of `resources`. Throws GOLDEN, WORKSPACE
 * `full`, and errors of `step`.
 */
export async function copyGolden(
  files: Golden,
  version: number,
  target: string,
  step: (done: number, total: number) => void = () => {},
  file = goldenFile(files, version),
): Promise<void> {
  const { stored_bytes } = await readIn(file, version);
  await checkRoom(goldenKey(version), dirname(target), stored_bytes);
  await ofVersion(goldenKey(version), () =>
    copyVersion(file, target, (done) => step(done, Math.max(done, stored_bytes))),
  );
}

/** A golden version, judged by its manifest and length. */
export type FoundGolden = Omit<FoundVersion<number, GoldenManifest>, 'key'> & { version: number };

/** All versions, newest first. Throws system errors that are not about one version. */
export async function findGolden(files: Golden): Promise<FoundGolden[]> {
  const found: FoundGolden[] = [];
  const versions = await versionsIn(files);
  for await (const { key: version, ...one } of readEach(versions, (of) => readGolden(files, of)))
    found.push({ version, ...one });
  return found;
}

/** The newest one published here, else the newest of all, usable or not: an unreadable one may have been published. */
export const currentOf = (versions: readonly FoundGolden[]): FoundGolden | undefined =>
  versions.find(({ manifest }) => manifest === null || manifest.golden.shipped === null) ?? versions[0];

/** The named version, or the current one. Throws GOLDEN if unusable: no other takes its place. */
export async function resolveVersion(files: Golden, requested: number | undefined): Promise<number> {
  if (requested !== undefined) return requested;
  const current = currentOf(await findGolden(files));
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

/** As `resolveVersion` after installing the program's own version; throws what prevents that if there is no other. */
export async function currentGolden(
  { files, resources, read }: Pick<Services, 'files' | 'resources' | 'read'>,
  version: number | undefined,
  reading: Pick<Reading, 'clock' | 'log' | 'signal'>,
): Promise<number> {
  const { fault } = await installShipped({ ...reading, files, resources, live: read });
  try {
    return await resolveVersion(files, version);
  } catch (error) {
    throw fault !== null && isOfNone(error) ? fault : error;
  }
}

const isOfNone = (error: unknown): boolean =>
  isFault(error) && error.code === 'GOLDEN' && 'version' in error.data && error.data.version === 0;

const ready = /^\.ready-([1-9]\d{0,5})-([0-9a-f-]{36})$/;
const inLog = 'SELECT 1 AS found FROM audit_transactions WHERE op_id = ?';

interface Settling {
  files: WorkspaceFiles;
  log: Log;
  signal?: AbortSignal | undefined;
}

/**
 * Finishes what a crash interrupted: a version gets its number (or the next free one) if live's audit says it was published, else it is
 * removed. The caller holds the lock of the golden versions. Without `live`, its audit is lost and all stay.
 */
export async function settleGolden({ files, log }: Settling, live: ReadHandle | null): Promise<void> {
  for (const name of await readdir(files.golden)) {
    const [, number, op_id] = ready.exec(name) ?? [];
    if (number === undefined || op_id === undefined) continue;
    const from = join(files.golden, name);
    const isFree = !existsSync(goldenFile(files, Number(number)));
    const version = !isInLog(live, op_id) ? null : isFree ? Number(number) : await nextVersion(files);
    if (version === null) await rm(from, { recursive: true, force: true });
    else await rename(from, goldenFile(files, version));
    log.warn({ number, version, op_id }, 'publishing a golden version was broken off, and has been settled');
  }
  await syncFolder(files.golden);
  await removeStaleLocks(files.golden, log);
}

function isInLog(live: ReadHandle | null, op_id: string): boolean {
  try {
    return live === null || live.get(inLog, [op_id]) !== undefined;
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}

async function isBrokenOff({ golden }: Golden): Promise<boolean> {
  const names = await readdir(golden).catch(() => []);
  return names.some((name) => ready.test(name));
}

/**
 * As `settleGolden` before the closed live file, locked by the caller, is replaced; reads its log only if `known` to be the right one.
 * Throws BUSY, WORKSPACE, CANCELLED.
 */
export async function settleBeforeReplacing(settling: Settling, known: boolean): Promise<void> {
  const { files, log, signal } = settling;
  if (!(await isBrokenOff(files))) return;
  const live = known ? openConnection(files.live, { mode: 'read', log }) : null;
  try {
    await withVersions(files.golden, 'alone', { signal }, () => settleGolden(settling, live));
  } finally {
    live?.close();
  }
}

/**
 * Audits a finished version file with `note` and then gives it its number; after a crash between the two, the next user of golden versions
 * does. The caller holds their lock. Returns the op_id. Throws FORBIDDEN and errors of writing, leaving no version.
 */
export async function nameGolden(
  { services, session }: CallContext,
  file: string,
  version: number,
  note: (write: WriteContext) => void,
): Promise<string> {
  const { files, queue, log, read } = services;
  await chmod(file, 0o444);
  let waiting = '';
  try {
    const op_id = await queue.command(session, (write) => {
      permitGolden(write.actor);
      note(write);
      waiting = join(files.golden, `.ready-${version}-${write.audit.op_id}`);
      renameSync(file, waiting);
      return write.audit.op_id;
    });
    await rename(waiting, goldenFile(files, version));
    await syncFolder(files.golden);
    return op_id;
  } catch (error) {
    // Already audited: `settleGolden` names it later.
    if (waiting !== '') await settleGolden({ files, log }, read).catch(() => undefined);
    throw error;
  }
}

interface Installing {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  resources: string | null;
  /** Live, or null if unreadable. */
  live: ReadHandle | null;
  signal?: AbortSignal | undefined;
}

export interface Installed {
  manifest: GoldenManifest | null;
  /** Its number in this workspace. */
  installed: number | null;
  fault: Fault | null;
}

/** Installs the program's golden version into the workspace. `problem` says why that failed. */
export async function installShipped(installing: Installing): Promise<Installed> {
  const { files, resources, live, log, signal = new AbortController().signal } = installing;
  try {
    const manifest = await readShipped(resources);
    let installed = await findBySum(files, manifest.sha256);
    if (installed === null || (await isBrokenOff(files)))
      installed = await withVersions(files.golden, 'alone', { signal }, async () => {
        if (live) await settleGolden({ files, log }, live);
        return (await findBySum(files, manifest.sha256)) ?? install(manifest);
      });
    return { manifest, installed, fault: null };
  } catch (error) {
    if (!isFault(error) || error.code !== 'GOLDEN') throw error;
    return { manifest: null, installed: null, fault: error };
  }

  async function install(manifest: GoldenManifest): Promise<number> {
    const version = await nextVersion(files);
    const building = await createWorkFolder(files.golden, 'building');
    try {
      const copy = join(building, 'version');
      await copyGolden(files, 0, copy, undefined, shippedFile(resources));
      const reading = { ...installing, signal, onProgress: () => {} };
      const why = await unpackChecked(copy, manifest, join(building, 'image'), reading);
      if (why !== null) throw badGolden('damaged', 0, { why });
      await chmod(copy, 0o444);
      await rename(copy, goldenFile(files, version));
      await syncFolder(files.golden);
    } finally {
      await rm(building, { recursive: true, force: true });
    }
    log.info({ version, shipped: manifest.golden.shipped }, 'golden version of the program added');
    return version;
  }
}

/** As `installShipped` after opening, in the background: problems are only logged. */
export async function installGolden(services: Services): Promise<void> {
  for await (const _ of services.background.stream(() => installQuietly(services))) continue;
}

async function installQuietly({ files, resources, source, log, read }: Services): Promise<void> {
  if (resources === null || files.target.kind !== 'live') return;
  try {
    const { fault } = await installShipped({ files, resources, clock: source.clock, log, live: read });
    if (fault !== null)
      log.error({ problem: fault.message }, 'the golden version of the program cannot be used');
  } catch (error) {
    log.error({ error: String(error) }, 'the golden version of the program could not be added');
  }
}

/** The newest version whose manifest has this SHA-256. */
export async function findBySum(files: Golden, sha256: string): Promise<number | null> {
  const found = (await findGolden(files)).find(({ manifest }) => manifest?.sha256 === sha256);
  return found?.version ?? null;
}
