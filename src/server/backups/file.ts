import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { createFile, readPiecesOf } from '#files/open-file.ts';
import { decryptStream, encryptStream } from './encryption.ts';
import { BackupProblem } from './problem.ts';

/** Approximate number of characters per piece. */
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

/** Writes lines to a compressed file, encrypted if a passphrase is passed, and flushes it to disk. */
export async function writeLines(
  path: string,
  lines: AsyncIterable<string>,
  passphrase: string | null,
  signal: AbortSignal,
): Promise<FileFacts> {
  const hasher = createHash('sha256');
  let size = 0;
  await pipeline(
    Readable.from(piecesOf(lines)),
    createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
    async function* (compressed: AsyncIterable<Uint8Array>) {
      for await (const piece of passphrase === null ? compressed : encryptStream(compressed, passphrase)) {
        hasher.update(piece);
        size += piece.length;
        yield piece;
      }
    },
    // Only the owner can read the file, because it holds all data and password hashes.
    (await createFile(path, 0o600)).createWriteStream({ flush: true }),
    { signal },
  );
  return { size, sha256: hasher.digest('hex') };
}

export async function readFileFacts(path: string): Promise<FileFacts> {
  const hasher = createHash('sha256');
  let size = 0;
  for await (const piece of readPiecesOf(path)) {
    hasher.update(piece);
    size += piece.length;
  }
  return { size, sha256: hasher.digest('hex') };
}

/** Reads the lines, and hashes the file meanwhile. Throws BackupProblem after the last line if the file is not the one of `expected`. */
export async function* readLines(
  path: string,
  {
    encrypted: isEncrypted,
    passphrase,
    expected,
  }: { encrypted: boolean; passphrase: string | null; expected: FileFacts },
): AsyncGenerator<string, void, void> {
  const hasher = createHash('sha256');
  let size = 0;
  const file = (async function* () {
    for await (const piece of readPiecesOf(path)) {
      hasher.update(piece);
      size += piece.length;
      yield piece;
    }
  })();
  const decompressed = createZstdDecompress();
  const pipelineDone = pipeline(isEncrypted ? decryptStream(file, passphrase) : file, decompressed);
  // Prevents an unhandled rejection: the reader of `decompressed` gets the same error.
  pipelineDone.catch(() => {});
  decompressed.setEncoding('utf8');
  let remainder = '';
  for await (const piece of decompressed as AsyncIterable<string>) {
    const lines = (remainder + piece).split('\n');
    remainder = lines.pop() ?? '';
    yield* lines;
  }
  await pipelineDone;
  assertSameFile({ size, sha256: hasher.digest('hex') }, expected);
}

/** Throws BackupProblem. */
export function assertSameFile(found: FileFacts, expected: FileFacts): void {
  if (found.size !== expected.size || found.sha256 !== expected.sha256) throw new BackupProblem(otherFile);
}

export const otherFile = 'The file of this backup is not the one that was written: it cannot be restored.';
