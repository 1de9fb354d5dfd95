import { Zip, ZipDeflate } from 'fflate';

/** Fast; sheets still shrink to a fifth. */
const compressionLevel = 3;

/** A fixed time makes equal content give equal bytes. */
const mtime = new Date(1980, 0, 1);

/** A file of a zip archive, in pieces. */
export interface ZipEntry {
  name: string;
  content: Iterable<string>;
}

/** Limit in bytes of an entry without Zip64. */
export const maxEntryBytes = 0xffff_ffff;

export interface ZipLimit {
  /** Limit in bytes of an entry and of the archive. */
  maxBytes: number;
  /** Throws the error for a larger entry or archive. */
  refuse: () => never;
}

/**
 * A zip archive in pieces (APPNOTE 6.3, without Zip64: entries below 4 GB); keeps one piece in memory. Beyond the limit, throws the error
 * of `refuse`.
 */
export function* zipPieces(
  entries: Iterable<ZipEntry>,
  { maxBytes, refuse }: ZipLimit,
): Generator<Buffer, void, void> {
  let packed: Uint8Array[] = [];
  let written = 0;
  const zip = new Zip((error, data) => {
    if (error) throw error;
    packed.push(data);
  });
  const takePiece = (size: number): Buffer => {
    const piece = Buffer.concat(packed);
    packed = [];
    written += piece.length;
    if (size > maxBytes || written > maxBytes) refuse();
    return piece;
  };
  for (const { name, content } of entries) {
    const file = new ZipDeflate(name, { level: compressionLevel });
    file.mtime = mtime;
    zip.add(file);
    let size = 0;
    for (const text of content) {
      const bytes = Buffer.from(text);
      size += bytes.length;
      file.push(bytes);
      yield takePiece(size);
    }
    file.push(new Uint8Array(0), true);
    yield takePiece(size);
  }
  zip.end();
  yield takePiece(0);
}
