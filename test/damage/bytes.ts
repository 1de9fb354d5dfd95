import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export const liveOf = (folder: string): string => join(folder, 'frames.sqlite');

/** Works on the closed live file behind core's back, and leaves nothing of SQLite's beside it. */
export function behind(folder: string, work: string | ((db: Database.Database) => void)): void {
  const db = new Database(liveOf(folder));
  try {
    db.pragma('foreign_keys = OFF');
    db.unsafeMode();
    if (typeof work === 'string') db.exec(work);
    else work(db);
  } finally {
    db.close();
  }
}

/** Writes bytes over a place of a file. */
export function overwrite(file: string, at: number, bytes: Buffer): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

const rubbish = Buffer.alloc(4096, 0xee);

/** Numbers of the pages of a table or an index, or of what nobody uses. */
function pagesOf(folder: string, name: string): number[] {
  let pages: number[] = [];
  behind(folder, (db) => {
    if (name === 'freelist') {
      const used = new Set(db.prepare('SELECT pageno FROM dbstat').pluck().all());
      const all = Array.from(
        { length: db.pragma('page_count', { simple: true }) as number },
        (_, at) => at + 1,
      );
      pages = all.filter((page) => !used.has(page));
    } else
      pages = db
        .prepare('SELECT pageno FROM dbstat WHERE name = ? ORDER BY path')
        .pluck()
        .all(name) as number[];
  });
  return pages;
}

/** Makes rubbish of one page of a table or an index: its first, or its last one, which is a leaf. */
export function spoilPage(folder: string, name: string, which: 'root' | 'leaf'): void {
  const page = pagesOf(folder, name).at(which === 'root' ? 0 : -1) as number;
  overwrite(liveOf(folder), (page - 1) * 4096, rubbish);
}
