import { closeSync, fstatSync } from 'node:fs';
import { fills, openPlain } from './open-plain.ts';
import { readWal } from './wal.ts';
import type { Wal } from './wal.ts';

/** The size of pages in every file of ours, in bytes: where a damaged file does not say it. */
const usual = 4096;

/**
 * The pages of a closed file of SQLite's that may be damaged anywhere, with what its write-ahead log holds. It is read as bytes and never
 * opened by SQLite, so that nothing is written to it or beside it. Whoever makes one holds the workspace alone.
 */
export class Pages {
  readonly bytes: number;
  /** How many there are. */
  readonly count: number;
  readonly #file: number | null;
  readonly #log: number | null;
  readonly #wal: Wal | null;

  /** Without `log` as if there were no log beside it: that is another's. Throws WORKSPACE where the system does not give it out; what is missing or no plain file has no pages. */
  constructor(path: string, { log = true }: { log?: boolean } = {}) {
    this.#wal = log ? readWal(`${path}-wal`) : null;
    this.#log = this.#wal ? openPlain(`${path}-wal`) : null;
    this.#file = openPlain(path);
    const size = this.#file === null ? 0 : fstatSync(this.#file).size;
    this.bytes = this.#wal?.pageBytes ?? pageBytesOf(this.#file);
    let last = Math.floor(size / this.bytes);
    for (const page of this.#wal?.offsets.keys() ?? []) last = Math.max(last, page);
    this.count = last;
  }

  /** A page by its number, from 1 on; null for one that there is not, or that the disk does not give out. */
  page(number: number): Buffer | null {
    if (!Number.isInteger(number) || number < 1 || number > this.count) return null;
    const logged = this.#wal?.offsets.get(number);
    const handle = logged === undefined ? this.#file : this.#log;
    if (handle === null) return null;
    const page = Buffer.alloc(this.bytes);
    // A bad sector is one page less.
    return fills(handle, page, logged ?? (number - 1) * this.bytes) ? page : null;
  }

  close(): void {
    for (const handle of [this.#file, this.#log]) if (handle !== null) closeSync(handle);
  }
}

function pageBytesOf(file: number | null): number {
  const header = Buffer.alloc(18);
  if (file === null || !fills(file, header, 0)) return usual;
  if (!header.toString('latin1').startsWith('SQLite format 3\0')) return usual;
  const said = header.readUInt16BE(16);
  const bytes = said === 1 ? 65_536 : said;
  return bytes >= 512 && (bytes & (bytes - 1)) === 0 ? bytes : usual;
}
