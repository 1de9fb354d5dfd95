import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { decrypted } from '#core/kernel/files/passphrase.ts';
import { plainName } from '#shared/domain/formats.ts';
import type { Context } from './command.ts';
import { UsageError } from './output/errors.ts';

/**
 * Calls `work` with a path. For `-` this is a temporary copy of standard input, whose extension follows from its first bytes. Throws UsageError
 * if standard input is a terminal or empty.
 */
export async function withPipedFile<R>(
  { input }: Context,
  file: string,
  work: (path: string) => Promise<R>,
): Promise<R> {
  if (file !== '-') return work(file);
  const content = await input?.();
  if (!content?.length)
    throw new UsageError('Standard input is empty. Pipe a file to it.', { argument: 'FILE' });
  return withCopy(`stdin.${endingOf(content)}`, content, work);
}

/**
 * Calls `work` with a path. If there is a passphrase, this is a temporary decrypted copy of the file. Throws BAD_FILE with reason wrong_passphrase,
 * damaged or other_kind.
 */
export async function withDecryptedFile<R>(
  file: string,
  passphrase: string | undefined,
  work: (path: string) => Promise<R>,
): Promise<R> {
  if (passphrase === undefined) return work(file);
  const name = basename(file);
  return withCopy(plainName(name), decrypted(createReadStream(file), passphrase, name), work);
}

async function withCopy<R>(
  name: string,
  content: Buffer | AsyncIterable<Uint8Array>,
  work: (path: string) => Promise<R>,
): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-copy-'));
  try {
    const path = join(folder, name);
    await writeFile(path, content, { mode: 0o600 });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The import recognises graph formats by their content, so only tables and workbooks need their own extension. */
function endingOf(content: Buffer): string {
  const start = content.subarray(0, 64).toString('utf8').replace('\uFEFF', '').trimStart();
  if (start.startsWith('PK')) return 'xlsx';
  if (/^[{[]/.test(start)) return 'json';
  return start.startsWith('<') ? 'xml' : 'csv';
}
