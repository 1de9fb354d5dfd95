import type { FileHandle } from 'node:fs/promises';
import { openFile } from '#files/open-file.ts';
import type { Connection } from './connection.ts';

/** Sizes of a write connection's cache: for commands, for a long transaction, and while `spill` writes its pages. */
const cacheKiB = { normal: 65_536, long: 262_144, spilling: 256 };
/** A transaction with fewer row changes commits within some milliseconds, so that it needs no spilling. */
const minLongChanges = 2000;
/** How often all tables are read before the frames are counted: some milliseconds of writing, less than one of counting. */
const readsPerCount = 16;

const changesOf = ({ write }: Connection): number =>
  write.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;

/**
 * Runs long work in the open transaction, and leaves little for COMMIT to write, because that blocks the event loop. The cache is large
 * during the work: if a page is written to the WAL twice, COMMIT computes the checksums of all later pages again.
 */
export async function runSpilling<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  const changesBefore = changesOf(connection);
  connection.pragma(`cache_size = -${cacheKiB.long}`);
  try {
    const result = await work();
    const isLong = changesOf(connection) - changesBefore >= minLongChanges;
    if (isLong && !connection.raw.memory) await spill(connection);
    return result;
  } finally {
    connection.pragma(`cache_size = -${cacheKiB.normal}`);
  }
}

/**
 * Writes the dirty pages of the open transaction to the WAL and syncs it. SQLite has no call for this. But while its cache is small, it
 * writes a dirty page for each page that it reads. The first pages of all tables do not fit into such a cache.
 */
async function spill(connection: Connection): Promise<void> {
  const { write, raw } = connection;
  const tables = write.column<string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
  await using wal = await openFile(`${raw.name}-wal`, { access: 'change' });
  connection.pragma(`cache_size = -${cacheKiB.spilling}`);
  for (let [framesBefore, frames] = [-1, 0]; frames > framesBefore;) {
    for (let read = 0; read < readsPerCount; read += 1)
      for (const table of tables) write.get(`SELECT 1 FROM "${table}" LIMIT 1`);
    [framesBefore, frames] = [frames, await countFrames(wal)];
  }
  await wal.datasync();
}

/** Bytes of the WAL's header, of a frame's header, and of a page. */
const [headerBytes, frameHeaderBytes, pageBytes] = [32, 24, 4096];

/** Counts the frames since the WAL was last reset: they have the salt of its header. See https://sqlite.org/fileformat2.html#walformat. */
async function countFrames(wal: FileHandle): Promise<number> {
  const saltAt = async (position: number): Promise<string> =>
    (await wal.read(Buffer.alloc(8), 0, 8, position)).buffer.toString('hex');
  const salt = await saltAt(16);
  const frameBytes = frameHeaderBytes + pageBytes;
  let [low, high] = [0, Math.floor(((await wal.stat()).size - headerBytes) / frameBytes)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await saltAt(headerBytes + (middle - 1) * frameBytes + 8)) === salt) low = middle;
    else high = middle - 1;
  }
  return low;
}
