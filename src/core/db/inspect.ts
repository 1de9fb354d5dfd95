import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { applicationId } from './files.ts';

/** What a file turns out to be, before anybody trusts it. */
export type Inspection =
  | { kind: 'missing' }
  | { kind: 'ours'; version: number }
  | { kind: 'bad'; reason: 'empty' | 'foreign' | 'damaged' | 'unreadable'; message: string };

const bad = (reason: 'empty' | 'foreign' | 'damaged' | 'unreadable', message: string): Inspection => ({
  kind: 'bad',
  reason,
  message,
});

/**
 * Looks at a database file through a connection that is closed again. It never writes. A file in use by others may be
 * inspected; its own folder must be writable, because a database in WAL mode needs its shared memory beside it.
 */
export function inspect(file: string): Inspection {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return bad('foreign', 'frames.sqlite is not a file.');
    if (stat.size === 0) return bad('empty', 'frames.sqlite is empty: it holds no workspace.');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return { kind: 'missing' };
    return bad('unreadable', 'frames.sqlite cannot be read: the system refuses access to it.');
  }
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
    const id = db.pragma('application_id', { simple: true });
    if (id !== applicationId)
      return bad('foreign', 'frames.sqlite is a database of another program, not a FRAMES workspace.');
    return { kind: 'ours', version: Number(db.pragma('user_version', { simple: true })) };
  } catch (error) {
    return explain(error);
  } finally {
    db?.close();
  }
}

function explain(error: unknown): Inspection {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_NOTADB')
    return bad('foreign', 'frames.sqlite is not a database, or its beginning is damaged.');
  if (code.startsWith('SQLITE_CORRUPT'))
    return bad('damaged', 'frames.sqlite is damaged: SQLite cannot read it.');
  return bad('unreadable', `frames.sqlite cannot be opened (${code || 'unknown reason'}).`);
}
