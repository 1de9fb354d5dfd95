import { lstatSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault } from '#shared/contract/faults.ts';
import { behindFault, behindIn } from './audit/missing-tail.ts';
import type { Behind } from './audit/missing-tail.ts';
import { readHead } from './audit/head.ts';
import { hasForeignWal } from './audit/foreign-wal.ts';
import type { Head } from './audit/head.ts';
import { isBusy } from '../kernel/db/begin-immediate.ts';
import { busy, inspect } from '../kernel/db/inspect.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseNewer } from '../kernel/db/migrate.ts';
import { troubleOf, unchanged } from '../kernel/db/file-errors.ts';
import type { Log } from '../kernel/logger.ts';
import { refuseIrregularDatabase } from '../kernel/regular-file.ts';
import { readFacts } from './workspace-facts.ts';
import { nameInAny } from './workspace-name.ts';
import { whoActs } from './who-acts.ts';
import type { Acting } from './who-acts.ts';

/** What a backup is to take the place of. */
export interface LiveNow extends Acting {
  workspace: string;
  name: string;
  head: Head;
  behind: Behind | null;
}

interface Reading {
  files: WorkspaceFiles;
  actor?: string | null | undefined;
  /** The records cannot be opened: somebody whom they do not know is nobody known, and no mistake. */
  recovery?: boolean | undefined;
  log: Log;
}

/**
 * The closed live file, which the caller holds alone; null where there is none, it is damaged, or the log beside it is another's. Throws
 * WORKSPACE for one that may be whole and cannot be read: of a newer schema, one that the system refuses; for one that lacks changes which
 * were written down beside it (`behind`, `another_line`); and UNKNOWN_ACTOR.
 */
export function readLive(reading: Reading): LiveNow | null {
  const live = readAnyLive(reading);
  if (live?.behind) throw behindFault(live.behind);
  return live;
}

/** As `readLive`, for what takes the place of live, or puts right that it lacks changes: of such a file too. */
export function readAnyLive({ files, actor, recovery = false, log }: Reading): LiveNow | null {
  if (lstatSync(files.live, { throwIfNoEntry: false })?.isSymbolicLink()) throw linked();
  const found = inspect(files.live);
  // A full disk and a folder that can only be read keep a whole file from being read too.
  if (found.kind === 'bad' && !['empty', 'foreign', 'damaged'].includes(found.reason))
    throw new Fault('WORKSPACE', unchanged(found.message), { reason: found.reason });
  if (found.kind !== 'ours') return null;
  refuseNewer(found.version);
  if (hasForeignWal(files, log)) return null;
  try {
    const db = openConnection(files.live, { mode: 'read', log });
    try {
      const behind = behindIn(files.head, db);
      const { id: workspace } = readFacts(db);
      return {
        workspace,
        name: nameInAny(db),
        head: readHead(db),
        behind,
        ...whoActs(db, { actor, recovery }),
      };
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

function linked(): Fault {
  const message =
    'frames.sqlite is a link: what it leads to would stay as it is. Nothing was changed; put the file itself here.';
  return new Fault('WORKSPACE', message, { reason: 'foreign' });
}

function isDamage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  const reason = troubleOf(error)?.reason;
  return code === 'SQLITE_ERROR' || reason === 'damaged' || reason === 'foreign';
}

/**
 * Brings all that was written to live into its file, so that nothing of its log is left that another file of that name could take for its
 * own. Throws BUSY when a program that is none of ours has the file open. SQLite's locks say that: a file that a crash left beside it, or
 * that was copied there, does not.
 */
export function closeLive(files: WorkspaceFiles): void {
  refuseIrregularDatabase(files.live);
  const db = new Database(files.live, { fileMustExist: true, timeout: 100 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw isBusy(error) ? busy('is open in another program') : error;
  } finally {
    db.close();
  }
  // All that SQLite would read of them is in the file now.
  for (const end of ['-wal', '-shm', '-journal']) rmSync(`${files.live}${end}`, { force: true });
}
