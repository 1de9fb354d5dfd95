import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BackupReport } from '#shared/contract/backups.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { workerThreshold } from '../kernel/db/in-worker.ts';
import { inspect } from '../kernel/db/inspect.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock } from '../kernel/system.ts';
import { startWorkers } from '../kernel/workers/worker-pool.ts';
import type { Tell } from '../kernel/progress-stream.ts';
import { checkImage, FailedCheck } from './check-image.ts';
import { declared } from './declared.ts';
import { examine } from './image.ts';
import type { Examined } from './image.ts';
import { isStored, writeInParts } from './in-parts.ts';
import { lookFolder } from './leftovers.ts';
import { withBackups } from './lock.ts';
import { examinedOf, packsOf } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { readUsable } from './read-manifest.ts';
import { DamagedPack } from './pack/format.ts';
import { checkRoom } from './room.ts';
import type { Look } from './room.ts';
import { noteVerified } from './verified.ts';
import { retrieveFile } from './retrieve.ts';
import { PageSource } from './store.ts';

export interface Verifying {
  /** Of the workspace whose backup it is. */
  files: WorkspaceFiles;
  id: string;
  clock: Clock;
  log: Log;
  tell: Tell;
  signal: AbortSignal;
  /** Says how much room there is. */
  look?: Look | undefined;
}

/**
 * Reads a backup as restoring would, into a folder that is removed again, beside the backups or where that cannot be written elsewhere, and checks every byte, SQLite's pages, the schema, the audit's
 * chain and what the manifest says of it. What is wrong with it is the report, and what it found is written down beside it. Throws BACKUP `missing` and `no_room`, WORKSPACE when there
 * is no room on the way or nothing can be written, BUSY, CANCELLED.
 */
export async function verifyBackup(verifying: Verifying): Promise<BackupReport> {
  const { files, signal } = verifying;
  try {
    return await withBackups(files.backups, 'together', { signal }, () => report(verifying));
  } catch (error) {
    throw declared(error);
  }
}

async function report(verifying: Verifying): Promise<BackupReport> {
  const { files, id, look } = verifying;
  let manifest: BackupManifest;
  try {
    manifest = await readUsable(files.backups, id);
  } catch (error) {
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    const { reason } = error.data as { reason: string };
    if (reason === 'missing') throw error;
    return { id, ok: false, reason, problems: [error.message] };
  }
  const folder = await lookFolder(files.backups, 'verify');
  try {
    await checkRoom(id, folder, sumOf(manifest), look);
    const problem = await firstProblem(manifest, folder, verifying);
    const { clock, log } = verifying;
    await noteVerified(files.backups, id, { at: isoTime(clock.now()), ok: problem === null }, log);
    if (problem === null) return { id, ok: true, reason: null, problems: [] };
    return { id, ok: false, reason: 'damaged', problems: [problem] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sumOf = ({ contents }: BackupManifest): number => contents.reduce((sum, { bytes }) => sum + bytes, 0);

/** What is wrong with a backup, as a sentence, or null: every byte of it is written into `folder`, and checked. */
export async function firstProblem(
  manifest: BackupManifest,
  folder: string,
  verifying: Verifying,
): Promise<string | null> {
  const { files, tell, signal } = verifying;
  const pages = new PageSource(packsOf(files.backups), manifest.packs);
  const total = sumOf(manifest);
  let before = 0;
  try {
    for (const [number, content] of manifest.contents.entries()) {
      const done = before;
      const step = (bytes: number): void => {
        checkCancelled(signal);
        tell({ kind: 'progress', step: 'reading', done: done + bytes, total });
      };
      const target = join(folder, String(number));
      const why = await whyDamaged(manifest, content, pages, target, { ...verifying, step });
      if (why !== null) return why;
      before += content.bytes;
    }
    return null;
  } finally {
    await pages.close();
  }
}

/**
 * Writes one file of a backup to `target` and checks it; of the workspace also its pages, its audit and what the manifest says of it.
 * Gives what is wrong, as a sentence, or null.
 */
export async function whyDamaged(
  manifest: BackupManifest,
  content: BackupContent,
  pages: PageSource,
  target: string,
  {
    log,
    clock,
    signal,
    step,
  }: Pick<Verifying, 'log' | 'clock' | 'signal'> & { step: (bytes: number) => void },
): Promise<string | null> {
  const large = content.bytes > workerThreshold;
  try {
    // Two write at first; the digest, the check of the pages and that of the log take three.
    if (large) startWorkers(3);
    if (large) await writeInParts(content, pages, target, { step, signal, log });
    else if (!(await retrieveFile(content, pages, target, step))) return otherThanStored(content);
    const said = content.name === 'live' ? examinedOf(manifest) : saidOf(content);
    const [stored, why] = await Promise.allSettled([
      large ? isStored(content, target, { signal, log }) : true,
      said ? whyNotWorkspace(target, said, { log, clock, signal }) : null,
    ]);
    // What is not what was stored is nothing that anything else says something about.
    return settledTo(stored) ? settledTo(why) : otherThanStored(content);
  } catch (error) {
    return told(error);
  }
}

const otherThanStored = ({ name }: BackupContent): string =>
  `What it holds of "${name}" is not what was stored.`;

/** What a promise that is settled came to. Throws what it failed with. */
function settledTo<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

/** What a manifest says of a workspace besides live; null for a file that is none. */
export function saidOf({ about }: Pick<BackupContent, 'about'>): Examined | null {
  if (!about) return null;
  const { schema_version, counts, head, workspace } = about;
  return { schema_version, counts, head, workspace };
}

/** What is wrong with a closed file that should be a workspace of which that is said, as a sentence, or null. */
export async function whyNotWorkspace(
  image: string,
  said: Examined,
  { log, clock, signal }: Pick<Verifying, 'log' | 'clock' | 'signal'>,
): Promise<string | null> {
  try {
    if (inspect(image).kind !== 'ours') return 'What it holds is no workspace of FRAMES.';
    await checkImage(image, { log, clock, signal });
    return isDeepStrictEqual(examine(image, log), said)
      ? null
      : 'The workspace in it is another than its manifest says.';
  } catch (error) {
    return told(error);
  }
}

/** What is wrong with the backup, as a sentence. Throws what is wrong with something else, as a disk that is full. */
function told(error: unknown): string {
  if (error instanceof DamagedPack) return `A pack that it needs is damaged: ${error.message}.`;
  if (error instanceof FailedCheck) return `Its workspace is damaged: ${error.message}.`;
  const { code } = error as { code?: unknown };
  const reason = troubleOf(error)?.reason ?? 'damaged';
  const ofImage = reason === 'damaged' || reason === 'foreign';
  if (typeof code === 'string' && code.startsWith('SQLITE_') && ofImage)
    return `SQLite cannot read it (${code}).`;
  throw error;
}
