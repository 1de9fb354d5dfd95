import { statSync } from 'node:fs';
import { inThread } from './thread.ts';

/** What SQLite says to a query, row by row. */
export type ThreadRow = Readonly<Record<string, string | number | null>>;

/** Below this size, in bytes, everything that SQLite looks through in one call is done before a thread has begun. */
const large = 2_000_000;

const asking = `
  const db = new Database(workerData.file, { readonly: true, fileMustExist: true });
  try {
    if (workerData.into !== undefined) db.prepare('VACUUM INTO ?').run(workerData.into);
    db.exec('BEGIN');
    return workerData.queries.map((sql) => db.prepare(sql).all());
  } finally {
    db.close();
  }
`;

/** Whether looking through all of the file takes so long that others would wait for it. */
export function isLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > large;
}

/**
 * Asks a file of SQLite's what it can only say in one long call, as the check of all its pages: in a thread and on a connection of
 * its own, in one state of the file, while others go on here. Throws an error with SQLite's `code`, NoThread, and the
 * signal's reason; it ends when the thread has let go of the file.
 */
export function askInThread(
  file: string,
  queries: readonly string[],
  signal?: AbortSignal,
): Promise<ThreadRow[][]> {
  return inThread(asking, { file, queries }, { signal });
}

/** Writes what is in a file of SQLite's to a new one, `into`, packed as closely as it can be; otherwise as `askInThread`. */
export async function compactInThread(file: string, into: string, signal?: AbortSignal): Promise<void> {
  await inThread(asking, { file, queries: [], into }, { signal });
}
