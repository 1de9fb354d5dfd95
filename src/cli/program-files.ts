import { createHash } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readPiecesOf, readText } from '#files/open-file.ts';
import { filesAddedLater, fileList, fileListPath } from '#shared/signed/file-list.ts';
import type { FileList } from '#shared/signed/file-list.ts';
import { jsonOrNull, signatureName, signatureProblem } from '#shared/signed/signature.ts';
import type { PublicKeys, SignatureProblem } from '#shared/signed/signature.ts';

export interface ProgramReport {
  version: string;
  files: number;
  changed: string[];
  missing: string[];
  added: string[];
  signature: SignatureProblem | 'valid';
}

/** Lists the files of a packaged program with their hashes, sorted by path. */
export async function listProgramFiles(program: string): Promise<FileList['files']> {
  const entries = await readdir(program, { recursive: true, withFileTypes: true });
  const files: FileList['files'] = [];
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(program, file).split(sep).join('/');
    if (entry.isDirectory() || filesAddedLater.has(path)) continue;
    files.push({
      path,
      sha256: entry.isSymbolicLink() ? hashText(await readlink(file)) : await hashFile(file),
    });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Compares the files of a packaged program with its list. Returns null if the list is missing or invalid. */
export async function checkProgram(program: string, keys: PublicKeys): Promise<ProgramReport | null> {
  const text = await readText(join(program, fileListPath)).catch(() => null);
  const list = fileList.safeParse(text === null ? null : jsonOrNull(text));
  if (text === null || !list.success) return null;
  const signatureText = await readText(join(program, signatureName(fileListPath))).catch(() => null);
  const listedHashes = new Map(list.data.files.map(({ path, sha256 }) => [path, sha256]));
  const hashes = new Map((await listProgramFiles(program)).map(({ path, sha256 }) => [path, sha256]));
  return {
    version: list.data.version,
    files: listedHashes.size,
    changed: [...listedHashes].flatMap(([path, hash]) =>
      hashes.has(path) && hashes.get(path) !== hash ? [path] : [],
    ),
    missing: [...listedHashes.keys()].filter((path) => !hashes.has(path)),
    added: [...hashes.keys()].filter((path) => !listedHashes.has(path)),
    signature: signatureProblem(text, signatureText, keys) ?? 'valid',
  };
}

const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(readPiecesOf(file), hash);
  return hash.digest('hex');
}
