import { randomUUID } from 'node:crypto';
import { copyFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { openConnection } from '../../kernel/db/connection.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { passingCopy } from '../../kernel/db/temporary-copy.ts';
import { troubleOf } from '../../kernel/db/file-errors.ts';
import type { Log } from '../../kernel/logger.ts';
import { keptHead, readHead, standsIn } from './head.ts';
import type { Head } from './head.ts';

type Beside = Pick<WorkspaceFiles, 'data' | 'head' | 'live'>;

/**
 * Whether the write-ahead log that lies beside a file is another's: SQLite would apply it all the same, page by page, and what results is
 * neither of the two. It is looked at where something is in that log and the kept head is not in the audit then; it is the file's own where it
 * goes on from the audit that the file has without it. Who is said to have it open does not count: whatever others write, a log of its own goes
 * on from the file. To be asked before the file is opened for writing; it changes nothing.
 */
export function hasForeignWal(files: Beside, log: Log): boolean {
  const kept = keptHead(files.head);
  if (kept === null || !holds(`${files.data}-wal`) || !holds(files.data)) return false;
  if (stands(files.data, kept, log)) return false;
  const alone = readWithoutWal(files, log, readHead);
  return alone !== null && !stands(files.data, alone, log);
}

/** Whether it is a file that something is in. SQLite takes a log away that lies beside an empty file. */
function holds(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size > 0;
}

/** Throws WORKSPACE, reason strange_log, or for a sandbox damaged, where `hasForeignWal`. */
export function refuseForeignWal(files: Beside, log: Log): void {
  if (hasForeignWal(files, log)) throw foreignWalFault(files);
}

/** What is said of it. */
export function foreignWalFault({ data, live }: Pick<Beside, 'data' | 'live'>): Fault<'WORKSPACE'> {
  const name = basename(data);
  const isLive = data === live;
  const way = isLive
    ? 'set it aside ("frames set-log-aside"), or restore a backup'
    : 'move it away and open the sandbox again';
  const message = `${name}-wal beside ${name} belongs to another file. Nothing was changed; ${way}.`;
  return new Fault('WORKSPACE', message, { reason: isLive ? 'strange_log' : 'damaged' });
}

/** Whether a head is in the audit of a file; not in one that cannot be read. */
function stands(file: string, head: Head, log: Log): boolean {
  return looked(file, log, (db) => standsIn(db, head)) ?? false;
}

/** What is read of a copy of the file without the log beside it; null where that cannot be read. */
export function readWithoutWal<R>({ live, data }: Beside, log: Log, look: (db: ReadHandle) => R): R | null {
  const copy = passingCopy(dirname(live), randomUUID());
  try {
    copyFileSync(data, copy.data);
    return looked(copy.data, log, look);
  } finally {
    copy.drop();
  }
}

/** What is read of a file, and null where it is damaged. A connection that only reads leaves its log as it is. */
function looked<R>(file: string, log: Log, look: (db: ReadHandle) => R): R | null {
  try {
    const db = openConnection(file, { mode: 'read', log });
    try {
      return look(db);
    } finally {
      db.close();
    }
  } catch (error) {
    const { code } = error as { code?: unknown };
    const reason = troubleOf(error)?.reason;
    if (code === 'SQLITE_ERROR' || reason === 'damaged' || reason === 'foreign') return null;
    throw error;
  }
}
