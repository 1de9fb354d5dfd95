import { constants, copyFileSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import writeFileAtomic, { sync as writeFileAtomicSync } from 'write-file-atomic';
import { NotRegularFile } from './open-file.ts';

interface ReplaceOptions {
  mode?: number;
  fsync?: boolean;
}

function refuseIrregular(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new NotRegularFile(path);
}

/** Replaces a file in one step, or creates it. Throws NotRegularFile instead of replacing a pipe or device, and system errors. */
export async function replaceFile(
  path: string,
  content: string | Buffer,
  options: ReplaceOptions = {},
): Promise<void> {
  refuseIrregular(path);
  await writeFileAtomic(path, content, options);
}

export function replaceFileSync(path: string, content: string, options: ReplaceOptions = {}): void {
  refuseIrregular(path);
  writeFileAtomicSync(path, content, options);
}

/** Copies a regular file to a new one. Throws NotRegularFile, and system errors such as EEXIST. */
export async function copyToNewFile(path: string, target: string): Promise<void> {
  refuseIrregular(path);
  await copyFile(path, target, constants.COPYFILE_EXCL);
}

export function copyToNewFileSync(path: string, target: string): void {
  refuseIrregular(path);
  copyFileSync(path, target, constants.COPYFILE_EXCL);
}
