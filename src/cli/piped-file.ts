import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readBytes } from '#files/open-file.ts';
import { withTemporaryFile } from '#files/temporary-file.ts';
import { hasPackageMagic } from '#core/kernel/files/package.ts';
import { decryptStream } from '#core/kernel/files/passphrase.ts';
import { unencryptedName } from '#shared/domain/formats.ts';
import type { Context } from './command.ts';
import { UsageError } from './output/errors.ts';

/**
 * Calls `work` with the path of a readable file. For `-` and encrypted files, this is a temporary copy. The extension for standard input follows from
 * its first decrypted bytes. Throws UsageError if standard input is a terminal or empty, and BAD_FILE with reason wrong_passphrase, damaged or
 * other_kind.
 */
export async function withReadableFile<R>(
  { input }: Context,
  { file, passphrase }: { file: string; passphrase: string | undefined },
  work: (path: string) => Promise<R>,
): Promise<R> {
  const isPiped = file === '-';
  if (!isPiped && passphrase === undefined) return work(file);
  const bytes = isPiped ? await input?.() : await readBytes(file).catch(() => null);
  // The import reports why the file is unreadable.
  if (bytes === null) return work(file);
  if (!bytes || (isPiped && bytes.length === 0))
    throw new UsageError('Standard input is empty. Pipe a file to it.', { argument: 'FILE' });
  const name = isPiped ? 'standard input' : basename(file);
  const content =
    passphrase === undefined ? bytes : await buffer(decryptStream(Readable.from([bytes]), passphrase, name));
  return withTemporaryFile(isPiped ? `stdin.${extensionOf(content)}` : unencryptedName(name), content, work);
}

/** The import recognises graph formats by content; other formats need their extension. */
function extensionOf(content: Buffer): string {
  const start = content.subarray(0, 64).toString('utf8').replace('\uFEFF', '').trimStart();
  if (start.startsWith('PK')) return 'xlsx';
  if (hasPackageMagic(content)) return 'frames';
  if (/^[{[]/.test(start)) return 'json';
  return start.startsWith('<') ? 'xml' : 'csv';
}
