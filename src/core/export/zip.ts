import { Zip, ZipDeflate } from 'fflate';

/** Fast, and still a fifth of the size: sheets repeat themselves. */
const level = 3;

/** The time of all entries, so that the same content gives the same bytes. */
const mtime = new Date(1980, 0, 1);

/** A file of a zip archive: its content comes in pieces. */
export interface ZipEntry {
  name: string;
  content: Iterable<string>;
}

/** What the 32 bits hold in which a zip archive without Zip64 says how large an entry is, in bytes. */
export const largestEntry = 0xffff_ffff;

export interface ZipLimit {
  /** Bytes that an entry may have, and the archive. */
  most: number;
  /** Throws: the archive would be larger. */
  refuse: () => never;
}

/**
 * A zip archive (APPNOTE 6.3, without Zip64: entries below 4 GB) in pieces, one for each piece of content. It holds no more in
 * memory than the piece it works on. Throws what `refuse` throws as soon as an entry or the archive grows beyond the limit.
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
