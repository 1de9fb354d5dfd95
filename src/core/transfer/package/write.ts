import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createZstdCompress } from 'node:zlib';
import { magic, packageVersion, recordsManifest } from './manifest.ts';
import type { RecordsManifest } from './manifest.ts';

/** What the manifest says beside what packing finds out by itself. */
export type PackageFacts = Pick<RecordsManifest, 'app' | 'schema_version' | 'created_at' | 'counts'>;

const nothing = Buffer.alloc(0);

/**
 * The bytes of a `.frames` file around a text that comes in pieces. The manifest stands first and tells of what follows, so the text
 * is compressed into memory before anything is given out: an empty piece is yielded for each piece of text, to pause at.
 */
export async function* packed(
  pieces: Iterable<string>,
  facts: PackageFacts,
): AsyncGenerator<Buffer, void, void> {
  const zstd = createZstdCompress();
  const stored: Buffer[] = [];
  zstd.on('data', (chunk: Buffer) => stored.push(chunk));
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for (const piece of pieces) {
      const raw = Buffer.from(piece);
      bytes += raw.length;
      hash.update(raw);
      if (!zstd.write(raw)) await once(zstd, 'drain');
      yield nothing;
    }
    const ended = once(zstd, 'end');
    zstd.end();
    await ended;
  } finally {
    zstd.destroy();
  }
  const stored_bytes = stored.reduce((sum, chunk) => sum + chunk.length, 0);
  yield headOf({
    format: 'frames',
    version: packageVersion,
    kind: 'records',
    ...facts,
    content: {
      media: 'frames-json',
      compression: 'zstd',
      bytes,
      sha256: hash.digest('hex'),
      stored_bytes,
    },
  });
  yield* stored;
}

/** Magic, length and hash of the manifest, and the manifest itself. */
export function headOf(manifest: RecordsManifest): Buffer {
  return sealed(Buffer.from(JSON.stringify(recordsManifest.parse(manifest))));
}

/** Any manifest text behind the bytes that announce it. */
export function sealed(text: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([magic, length, createHash('sha256').update(text).digest(), text]);
}
