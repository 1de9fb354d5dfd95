import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BackupReport } from '#shared/contract/backups.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Log } from '../log.ts';
import { checkCancelled } from '../progress.ts';
import type { Clock } from '../system.ts';
import type { Tell } from '../told-stream.ts';
import { checkImage } from './check-image.ts';
import { examine } from './image.ts';
import { packsOf, readManifest } from './manifest.ts';
import type { BackupContent, BackupManifest } from './manifest.ts';
import { DamagedPack } from './pack/format.ts';
import { PageSource, retrieveFile } from './store.ts';

export interface Verifying {
  /** Of the workspace whose backup it is. */
  files: WorkspaceFiles;
  id: string;
  clock: Clock;
  log: Log;
  tell: Tell;
  signal: AbortSignal;
}

/**
 * Reads a backup as restoring would, into a folder that is removed again, and checks every byte, SQLite's pages, the audit's chain and
 * what the manifest says of it. What is wrong with it is the report. Throws BACKUP `missing`, CANCELLED, and what the system throws
 * when there is no room for it.
 */
export async function verifyBackup(verifying: Verifying): Promise<BackupReport> {
  const { files, id } = verifying;
  let manifest: BackupManifest;
  try {
    manifest = await readManifest(files.backups, id);
  } catch (error) {
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    if ((error.data as { reason: string }).reason === 'missing') throw error;
    return { id, ok: false, problems: [error.message] };
  }
  const folder = join(files.backups, `.verify-${id}-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  try {
    const problem = await firstProblem(manifest, folder, verifying);
    return { id, ok: problem === null, problems: problem === null ? [] : [problem] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstProblem(
  manifest: BackupManifest,
  folder: string,
  verifying: Verifying,
): Promise<string | null> {
  const { files, tell, signal } = verifying;
  const pages = new PageSource(packsOf(files.backups), manifest.packs);
  const total = manifest.contents.reduce((sum, { bytes }) => sum + bytes, 0);
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
  try {
    if (!(await retrieveFile(content, pages, target, step)))
      return `What it holds of "${content.name}" is not what was stored.`;
    if (content.name !== 'live') return null;
    await checkImage(target, { log, clock, signal });
    const { schema_version, counts, head, workspace } = manifest;
    return isDeepStrictEqual(examine(target, log), { schema_version, counts, head, workspace })
      ? null
      : 'The workspace in it is another than its manifest says.';
  } catch (error) {
    return told(error);
  }
}

/** What is wrong with the backup, as a sentence. Throws what is wrong with something else. */
function told(error: unknown): string {
  if (error instanceof DamagedPack) return `A pack that it needs is damaged: ${error.message}.`;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && code.startsWith('SQLITE_')) return `SQLite cannot read it (${code}).`;
  if (code === undefined && typeof message === 'string' && message.startsWith('the copy does not pass'))
    return `Its workspace is damaged: ${message}.`;
  throw error;
}
