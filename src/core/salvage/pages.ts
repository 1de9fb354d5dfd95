import { closeSync, fstatSync } from 'node:fs';
import { fillBuffer, openRegularFile } from './open-regular-file.ts';
import { readWal } from './wal.ts';
import type { Wal } from './wal.ts';

/** Page size of our files in bytes, used if a damaged file does not state it. */
const defaultPageBytes = 4096;

/**
 * The pages of a closed SQLite file that can be damaged anywhere, with those of its write-ahead log. Reads bytes without SQLite, so
 * nothing is written. The caller holds the lock of the workspace.
 */
export class Pages {
  readonly pageBytes: number;
  readonly pageCount: number;
  readonly #file: number | null;
  readonly #walFile: number | null;
  readonly #wal: Wal | null;

  /** Without `usesWal`, ignores the write-ahead log, which is another file's. Throws WORKSPACE if the system refuses; a missing file has no pages. */
  constructor(path: string, { usesWal = true }: { usesWal?: boolean } = {}) {
    this.#wal = usesWal ? readWal(`${path}-wal`) : null;
    this.#walFile = this.#wal ? openRegularFile(`${path}-wal`) : null;
    this.#file = openRegularFile(path);
    const size = this.#file === null ? 0 : fstatSync(this.#file).size;
    this.pageBytes = this.#wal?.pageBytes ?? pageBytesOf(this.#file);
    let lastPage = Math.floor(size / this.pageBytes);
    for (const page of this.#wal?.offsets.keys() ?? []) lastPage = Math.max(lastPage, page);
    this.pageCount = lastPage;
  }

  /** A page by its number, from 1; null if missing or unreadable. */
  page(number: number): Buffer | null {
    if (!Number.isInteger(number) || number < 1 || number > this.pageCount) return null;
    const walOffset = this.#wal?.offsets.get(number);
    const handle = walOffset === undefined ? this.#file : this.#walFile;
    if (handle === null) return null;
    const page = Buffer.alloc(this.pageBytes);
    // A bad sector costs one page.
    return fillBuffer(handle, page, walOffset ?? (number - 1) * this.pageBytes) ? page : null;
  }

  close(): void {
    for (const handle of [this.#file, this.#walFile]) if (handle !== null) closeSync(handle);
  }
}

function pageBytesOf(file: number | null): number {
  const header = Buffer.alloc(18);
  if (file === null || !fillBuffer(file, header, 0)) return defaultPageBytes;
  if (!header.toString('latin1').startsWith('SQLite format 3\0')) return defaultPageBytes;
  const pageSize = header.readUInt16BE(16);
  const bytes = pageSize === 1 ? 65_536 : pageSize;
  return bytes >= 512 && (bytes & (bytes - 1)) === 0 ? bytes : defaultPageBytes;
}
