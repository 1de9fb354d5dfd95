import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Place } from './place.ts';

/** The least that a durable commit needs: a bare SQLite transaction that writes as many pages, with `synchronous=FULL`. */
export interface BareCommits {
  commit(): void;
  close(): void;
}

/** Rows of the bare table. Each fills a page of 4096 bytes. */
const [bareRows, bytes] = [512, 4000];

export function bareCommits({ folder }: Place, pages: number): BareCommits {
  const db = new Database(join(folder, `floor-${pages}.sqlite`));
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'temp_store = MEMORY']) db.pragma(pragma);
  db.exec('CREATE TABLE IF NOT EXISTS pages (id INTEGER PRIMARY KEY, block BLOB NOT NULL) STRICT');
  const block = Buffer.alloc(bytes, 1);
  const insert = db.prepare('INSERT OR REPLACE INTO pages VALUES (?, ?)');
  db.transaction(() => {
    for (let row = 0; row < bareRows; row += 1) insert.run(row, block);
  })();
  const update = db.prepare('UPDATE pages SET block = ? WHERE id >= ? AND id < ?');
  let [next, serial] = [0, 0];
  return {
    commit() {
      if (next + pages > bareRows) next = 0;
      // SQLite writes no page that stays the same.
      block.writeUInt32LE((serial += 1));
      update.run(block, next, (next += pages));
    },
    close: () => void db.close(),
  };
}

/** Pages that one call of `work` writes to the log of the workspace, on average of some. */
export async function pagesOf({ core }: Place, work: () => Promise<unknown>): Promise<number> {
  const frames = (): number => {
    const [state] = core.services.read.raw.pragma('wal_checkpoint(NOOP)') as { log: number }[];
    return state?.log ?? 0;
  };
  const calls = 20;
  for (;;) {
    const before = frames();
    for (let call = 0; call < calls; call += 1) await work();
    const written = frames() - before;
    // Less than before: the log was started again in between.
    if (written > 0) return Math.max(1, Math.round(written / calls));
  }
}

/** The least that a checked copy needs: the file copied, synced, read once and hashed. */
export async function copyAndHash(source: string, target: string): Promise<void> {
  await copyFile(source, target);
  const handle = await open(target, 'r+');
  await handle.datasync();
  await handle.close();
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(target, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer);
  hash.digest();
}
