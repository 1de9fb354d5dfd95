import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import { isAlone } from '../../kernel/workers/io.ts';
import { DamagedPack, framePages, pageBytes } from './format.ts';

const squeeze = promisify(zstdCompress);
const expand = promisify(zstdDecompress);

/** Bytes that zlib hands over at once: those of a frame, because each further piece costs a turn of the loop. */
const chunkSize = framePages * pageBytes;
/** The same of what is compressed, which is a fifth of that as a rule. */
const squeezedSize = chunkSize / 2;

const fastest = {
  chunkSize: squeezedSize,
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
};

/** zstd at its fastest: a database becomes a fifth, at some 400 MB/s. */
export async function compress(bytes: Buffer): Promise<Buffer> {
  return isAlone ? zstdCompressSync(bytes, fastest) : squeeze(bytes, fastest);
}

/** The bytes that were compressed, which are at most so many: no more memory than that is taken. Throws DamagedPack. */
export async function decompress(bytes: Buffer, most: number): Promise<Buffer> {
  const options = { chunkSize, maxOutputLength: Math.max(1, most) };
  try {
    return isAlone ? zstdDecompressSync(bytes, options) : await expand(bytes, options);
  } catch (error) {
    throw new DamagedPack('what is compressed in it cannot be read', { cause: error });
  }
}
