import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { packageVersion, sealed } from '../../files/package.ts';
import { badBackup } from '../manifest.ts';
import type { BackupManifest } from '../manifest.ts';
import { contentBytes } from '../retrieve.ts';
import type { PageSource } from '../store.ts';
import { backupFileManifest } from './form.ts';
import type { BackupFileManifest } from './form.ts';

/** Bytes compressed and handed on at once. */
const piece = 256 * 1024;

export interface Written {
  app: BackupFileManifest['app'];
  created_at: string;
}

/**
 * The bytes of a `.frames` file that is this backup, in pieces. `step` is told how many bytes of the backup are done, and may throw to give
 * up. Throws BACKUP damaged where its contents are not what was stored, and DamagedPack.
 */
export async function* backupFile(
  manifest: BackupManifest,
  pages: PageSource,
  written: Written,
  step: (bytes: number) => void,
): AsyncGenerator<Buffer, void, void> {
  const seal = createHash('sha256');
  const head = sealed(Buffer.from(JSON.stringify(manifestOf(manifest, written))));
  seal.update(head);
  yield head;
  for await (const chunk of compressed(allBytes(manifest, pages, step))) {
    seal.update(chunk);
    yield chunk;
  }
  yield seal.digest();
}

function manifestOf(manifest: BackupManifest, written: Written): BackupFileManifest {
  const { id, made, reason, app, workspace, head, schema_version, counts } = manifest;
  const contents = inOrder(manifest).map(({ name, bytes, sha256, about }) => ({
    name,
    bytes,
    sha256,
    ...(about ? { about } : {}),
  }));
  return backupFileManifest.parse({
    format: 'frames',
    version: packageVersion,
    kind: 'backup',
    ...written,
    backup: { id, made, reason, app, workspace, head },
    schema_version,
    counts,
    compression: 'zstd',
    contents,
  });
}

/** The workspace first. */
const inOrder = ({ contents }: BackupManifest): BackupManifest['contents'] =>
  contents.toSorted((a, b) => Number(b.name === 'live') - Number(a.name === 'live'));

/** What the backup holds, one file after the other, each checked as a whole when it ends. */
async function* allBytes(
  manifest: BackupManifest,
  pages: PageSource,
  step: (bytes: number) => void,
): AsyncGenerator<Buffer, void, void> {
  const { id } = manifest;
  let done = 0;
  for (const content of inOrder(manifest)) {
    const hash = createHash('sha256');
    for await (const bytes of contentBytes(content, pages)) {
      hash.update(bytes);
      done += bytes.length;
      step(done);
      yield bytes;
    }
    if (hash.digest('hex') === content.sha256) continue;
    const message = `Backup ${id} is damaged: what it holds of "${content.name}" is not what was stored. Nothing was changed.`;
    throw badBackup('damaged', id, message);
  }
}

async function* compressed(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const zstd = createZstdCompress({ chunkSize: piece, params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  const feeding = pipeline(Readable.from(bytes), zstd);
  // What it fails with is thrown by reading on.
  feeding.catch(() => undefined);
  try {
    for await (const chunk of zstd as AsyncIterable<Buffer>) yield chunk;
  } finally {
    zstd.destroy();
    await feeding.catch(() => undefined);
  }
}
