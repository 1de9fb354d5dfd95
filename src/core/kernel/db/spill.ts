import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Connection } from './connection.ts';

/** Cache of a write connection in KiB: for commands, for a long transaction, and while that is written. */
const cache = { usual: 65_536, long: 262_144, spilling: 256 };
/** Row changes from which a transaction counts as long: fewer are committed within some milliseconds. */
const fewestChanges = 2000;

const changesOf = ({ write }: Connection): number =>
  write.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;

/**
 * Runs long work in the open transaction, and leaves little for COMMIT to write, because that blocks the event loop. The cache is large
 * meanwhile: if a page is written to the log twice, COMMIT computes the checksums of all later ones again.
 */
export async function runSpilling<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const before = changesOf(connection);
  connection.pragma(`cache_size = -${cache.long}`);
  try {
    const result = await work();
    const isLong = changesOf(connection) - before >= fewestChanges;
    if (isLong && !connection.raw.memory) await spill(connection);
    return result;
  } finally {
    connection.pragma(`cache_size = -${cache.usual}`);
  }
}

/**
 * Writes the dirty pages of the open transaction to the log and syncs it. SQLite has no call for this, but with a small cache each page
 * read from the file makes it write a dirty one, and the first pages of all tables do not fit into the cache.
 */
async function spill(connection: Connection): Promise<void> {
  const { write, raw } = connection;
  const tables = write.column<string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
  const log = await open(`${raw.name}-wal`, 'r+');
  try {
    connection.pragma(`cache_size = -${cache.spilling}`);
    for (let [before, frames] = [-1, 0]; frames > before;) {
      for (const table of tables) write.get(`SELECT 1 FROM "${table}" LIMIT 1`);
      [before, frames] = [frames, await countFrames(log)];
    }
    await log.datasync();
  } finally {
    await log.close();
  }
}

/** Bytes of the log's header, of a frame's header, and of a page. */
const [headerBytes, frameHeaderBytes, pageBytes] = [32, 24, 4096];

/** Frames since the log began again from its start: they have the salt of its header. See https://sqlite.org/fileformat2.html#walformat. */
async function countFrames(log: FileHandle): Promise<number> {
  const saltAt = async (position: number): Promise<string> =>
    (await log.read(Buffer.alloc(8), 0, 8, position)).buffer.toString('hex');
  const salt = await saltAt(16);
  const frameBytes = frameHeaderBytes + pageBytes;
  let [from, to] = [0, Math.floor(((await log.stat()).size - headerBytes) / frameBytes)];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if ((await saltAt(headerBytes + (middle - 1) * frameBytes + 8)) === salt) from = middle;
    else to = middle - 1;
  }
  return from;
}
