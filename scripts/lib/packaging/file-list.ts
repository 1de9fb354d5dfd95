import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listProgramFiles } from '#cli/program-files.ts';
import { fileListPath } from '#shared/signed/file-list.ts';
import type { FileList } from '#shared/signed/file-list.ts';
import { signatureName } from '#shared/signed/signature.ts';
import { signText } from './signing.ts';
import type { SigningKey } from './signing.ts';

/** Writes the list of a packaged program's files into it, signed where there is a key. Nothing of the program may change afterwards. */
export async function writeFileList(program: string, version: string, key: SigningKey | null): Promise<void> {
  const list: FileList = { version, files: await listProgramFiles(program) };
  const text = JSON.stringify(list, null, 1);
  await writeFile(join(program, fileListPath), text);
  if (key) await writeFile(join(program, signatureName(fileListPath)), signText(text, key));
}
