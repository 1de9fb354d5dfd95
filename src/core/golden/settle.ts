import { existsSync, mkdirSync } from 'node:fs';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDamage } from '../backup/check-image.ts';
import { sweep } from '../backup/leftovers.ts';
import { withBackups } from '../backup/lock.ts';
import { readPlain } from '../backup/plain-file.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import { checkFolder } from '../sandboxes/place.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { longestManifest, sealGolden, unsealGolden } from './manifest.ts';
import type { GoldenManifest } from './manifest.ts';
import { manifestIn, nextVersion, versionPlace } from './place.ts';

interface Locking {
  files: WorkspaceFiles;
  signal?: AbortSignal | undefined;
}

interface Settling {
  files: WorkspaceFiles;
  log: Log;
}

/** Does `work` while nobody takes away what it needs: `alone` for what adds, `together` for what only reads. Throws BUSY, WORKSPACE, CANCELLED. */
export async function withGolden<T>(
  { files, signal }: Locking,
  how: 'alone' | 'together',
  work: () => Promise<T>,
): Promise<T> {
  if (!checkFolder(files.golden)) mkdirSync(files.golden, { recursive: true });
  return withBackups(files.golden, how, { signal, called: 'golden versions' }, work);
}

const ready = /^\.ready-([1-9]\d{0,5})-([0-9a-f-]{36})$/;
/** What a version is called between the audit's saying it and its getting its name. */
export const readyName = (version: number, op_id: string): string => `.ready-${version}-${op_id}`;
const inLog = 'SELECT 1 AS found FROM audit_transactions WHERE op_id = ?';

/**
 * Ends what a crash broke off: a version gets its name when live's audit says that it was published, the next one's where another has that by
 * now, and goes when it does not. The caller holds the golden versions alone; `live` is live, or null where what its audit said is lost:
 * then all stay.
 */
export async function settleGolden({ files, log }: Settling, live: ReadHandle | null): Promise<void> {
  for (const name of await readdir(files.golden)) {
    const [, number, op_id] = ready.exec(name) ?? [];
    if (number === undefined || op_id === undefined) continue;
    const from = join(files.golden, name);
    const version = isSaid(live, op_id) ? await freeNumber(files, Number(number)) : null;
    if (version === null) await rm(from, { recursive: true, force: true });
    else await rename(await numbered(from, version), versionPlace(files, version).folder);
    log.warn({ number, version, op_id }, 'publishing a golden version was broken off, and has been settled');
  }
  await syncFolder(files.golden);
  await sweep(files.golden, log);
}

function isSaid(live: ReadHandle | null, op_id: string): boolean {
  try {
    return live === null || live.get(inLog, [op_id]) !== undefined;
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}

const freeNumber = async (files: WorkspaceFiles, number: number): Promise<number> =>
  existsSync(versionPlace(files, number).folder) ? nextVersion(files) : number;

/** Sees to it that the manifest in a folder says that number; one that cannot be read stays as it is. Returns the folder. */
async function numbered(folder: string, version: number): Promise<string> {
  const file = manifestIn({ folder, version });
  const manifest = await readAny(file);
  if (!manifest || manifest.version === version) return folder;
  await rm(`${file}.new`, { force: true });
  await writeFile(`${file}.new`, sealGolden({ ...manifest, version }), { flush: true, mode: 0o444 });
  await rename(`${file}.new`, file);
  await syncFolder(folder);
  return folder;
}

/** A manifest of whatever number; null for one that cannot be read, which whoever looks at the version is told. */
async function readAny(file: string): Promise<GoldenManifest | null> {
  try {
    const text = await readPlain(file, longestManifest);
    return unsealGolden(text, Number((JSON.parse(text) as { version?: unknown } | null)?.version));
  } catch {
    return null;
  }
}

/** Whether publishing was broken off. */
export async function isBrokenOff({ golden }: Pick<WorkspaceFiles, 'golden'>): Promise<boolean> {
  const names = await readdir(golden).catch(() => []);
  return names.some((name) => ready.test(name));
}

/**
 * As `settleGolden`, before something takes the place of the closed live file, which the caller holds alone; its log is asked only where it
 * is `known` to be the right one. Throws BUSY, WORKSPACE, CANCELLED.
 */
export async function settleBeforeReplacing(settling: Settling & Locking, known: boolean): Promise<void> {
  const { files, log } = settling;
  if (!(await isBrokenOff(files))) return;
  const live = known ? openConnection(files.live, { mode: 'read', log }) : null;
  try {
    await withGolden(settling, 'alone', () => settleGolden(settling, live));
  } finally {
    live?.close();
  }
}
