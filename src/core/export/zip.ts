import { Zip, ZipDeflate } from 'fflate';

/** Fast; sheets still shrink to a fifth. */
const level = 3;

/** A fixed time makes equal content give equal bytes. */
const mtime = new Date(1980, 0, 1);

/** A file of a zip archive, in pieces. */
export interface ZipEntry {
  name: string;
  content: Iterable<string>;
}

/** Largest size in bytes of an entry without Zip64. */
export const largestEntry = 0xffff_ffff;

export interface ZipLimit {
  /** Largest sizes in bytes of an entry and of the archive. */
  most: number;
  /** Throws the error for a larger one. */
  refuse: () => never;
}

/**
 * A zip archive in pieces (APPNOTE 6.3, without Zip64: entries below 4 GB); keeps one piece in memory. Throws what `refuse` throws beyond a
 * limit.
 */
export function* zipPieces(
  entries: Iterable<ZipEntry>,
  { most, refuse }: ZipLimit,
): Generator<Buffer, void, void> {
  let packed: Uint8Array[] = [];
  let written = 0;
  const zip = new Zip((error, data) => {
    if (error) throw error;
    packed.push(data);
  });
  const take = (size: number): Buffer => {
    const piece = Buffer.concat(packed);
    packed = [];
    written += piece.length;
    if (size > most || written > most) refuse();
    return piece;
  };
  for (const { name, content } of entries) {
    const file = new ZipDeflate(name, { level });
    file.mtime = mtime;
    zip.add(file);
    let size = 0;
    for (const text of content) {
      const bytes = Buffer.from(text);
      size += bytes.length;
      file.push(bytes);
      yield take(size);
    }
    file.push(new Uint8Array(0), true);
    yield take(size);
  }
  zip.end();
  yield take(0);
}
