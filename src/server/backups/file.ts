import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { decrypted, encrypted } from './encryption.ts';

/** Texts are put together to pieces of about this many characters. */
const pieceLength = 64 * 1024;

async function* piecesOf(lines: AsyncIterable<string>): AsyncGenerator<string, void, void> {
  let piece = '';
  for await (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

interface FileFacts {
  size: number;
  sha256: string;
}

/** Writes lines as one compressed file, encrypted where a passphrase is given, and waits until the disk has it. */
export async function writeLines(
  path: string,
  lines: AsyncIterable<string>,
  passphrase: string | null,
  signal: AbortSignal,
): Promise<FileFacts> {
  const sum = createHash('sha256');
  let size = 0;
  await pipeline(
    Readable.from(piecesOf(lines)),
    createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
    async function* (compressed: AsyncIterable<Uint8Array>) {
      for await (const piece of passphrase === null ? compressed : encrypted(compressed, passphrase)) {
        sum.update(piece);
        size += piece.length;
        yield piece;
      }
    },
    // Nobody else reads it: it has everybody's data, and the hashes of their passwords.
    createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }),
    { signal },
  );
  return { size, sha256: sum.digest('hex') };
}

/** Of a file as it is. */
export async function fileFacts(path: string): Promise<FileFacts> {
  const sum = createHash('sha256');
  let size = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    sum.update(piece);
    size += piece.length;
  }
  return { size, sha256: sum.digest('hex') };
}

/** The lines of a file that `writeLines` wrote. */
export async function* readLines(
  path: string,
  { encrypted: isEncrypted, passphrase }: { encrypted: boolean; passphrase: string | null },
): AsyncGenerator<string, void, void> {
  const file: AsyncIterable<Uint8Array> = createReadStream(path);
  const plain = createZstdDecompress();
  const reading = pipeline(isEncrypted ? decrypted(file, passphrase) : file, plain);
  // Whoever reads `plain` meets the error there.
  reading.catch(() => {});
  plain.setEncoding('utf8');
  let rest = '';
  for await (const piece of plain as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  await reading;
}
