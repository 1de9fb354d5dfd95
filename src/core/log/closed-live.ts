import { Fault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { lstatSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { workspaceFault } from '#shared/contract/faults.ts';
import { missingTailFault, missingTailIn } from './audit/missing-tail.ts';
import type { MissingTail } from './audit/missing-tail.ts';
import { readHead } from './audit/head.ts';
import { hasForeignWal } from './audit/foreign-wal.ts';
import type { Head } from './audit/head.ts';
import { isBusy } from '../kernel/db/begin-immediate.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseNewerSchema } from '../kernel/db/migrate.ts';
import { troubleFault, troubleOf } from '../kernel/db/file-errors.ts';
import type { Log } from '../kernel/logger.ts';
import { refuseIrregularDatabase } from '../kernel/regular-file.ts';
import { readFacts } from './workspace-facts.ts';
import { nameOrOriginal } from './workspace-name.ts';
import { findActor } from './find-actor.ts';
import type { FoundActor } from './find-actor.ts';

export interface ClosedLive extends FoundActor {
  workspace: string;
  name: string;
  head: Head;
  missingTail: MissingTail | null;
}

interface ReadOptions {
  files: WorkspaceFiles;
  actor?: string | null | undefined;
  /** Live cannot be opened: an unknown actor is accepted and the first admin acts instead. */
  recovery?: boolean | undefined;
  log: Log;
}

/**
 * Reads the closed live file; the caller holds the exclusive lock. Null if it is missing or corrupt, or has a foreign WAL. Throws WORKSPACE
 * if an intact file cannot be read (newer schema, denied access) or lacks recorded changes (`behind`, `another_line`), and UNKNOWN_ACTOR.
 */
export function readCompleteLive(options: ReadOptions): ClosedLive | null {
  const live = readAnyLive(options);
  if (live?.missingTail) throw missingTailFault(live.missingTail);
  return live;
}

/** Like `readCompleteLive`, but also returns a file that lacks recorded changes, for operations that replace or repair it. */
export function readAnyLive({ files, actor, recovery = false, log }: ReadOptions): ClosedLive | null {
  if (lstatSync(files.live, { throwIfNoEntry: false })?.isSymbolicLink())
    throw workspaceFault('foreign', { why: clause('isLinkTo') });
  const inspection = inspectFile(files.live);
  // A full disk or a read-only folder also prevents reading an intact file.
  if (inspection.kind === 'bad' && !['empty', 'foreign', 'damaged'].includes(inspection.reason))
    throw troubleFault(inspection, files.live);
  if (inspection.kind !== 'ours') return null;
  refuseNewerSchema(inspection.version);
  if (hasForeignWal(files, log)) return null;
  try {
    using db = openConnection(files.live, { mode: 'read', log });
    const missingTail = missingTailIn(files.head, db);
    const { id: workspace } = readFacts(db);
    return {
      workspace,
      name: nameOrOriginal(db),
      head: readHead(db),
      missingTail,
      ...findActor(db, { actor, recovery }),
    };
  } catch (error) {
    if (isCorruption(error)) return null;
    throw error;
  }
}

function isCorruption(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  const reason = troubleOf(error)?.reason;
  return code === 'SQLITE_ERROR' || reason === 'damaged' || reason === 'foreign';
}

/** Checkpoints live and removes its sidecars. Throws BUSY if SQLite's locks show that another program has the file open. */
export function closeLive(files: WorkspaceFiles): void {
  refuseIrregularDatabase(files.live);
  const db = new Database(files.live, { fileMustExist: true, timeout: 100 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw isBusy(error) ? new Fault('BUSY', { holder: null, waited_ms: 0 }) : error;
  } finally {
    db.close();
  }
  // The checkpoint has moved the content of these files into the database file.
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${files.live}${suffix}`, { force: true });
}
