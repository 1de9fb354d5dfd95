import { open, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { isOfWorkspace } from '#shared/domain/workspace-files.ts';
import { ageBytes, beginsAsAge } from '../kernel/age-format.ts';
import { look } from '../kernel/file-probe.ts';
import { refusal } from './refuse.ts';

/** What a file may take the place of. */
export interface Instead {
  /** A file that is there may be replaced: somebody was asked, or said so. */
  replace?: boolean | undefined;
  /** What is written is encrypted itself. */
  encrypts?: boolean | undefined;
}

/**
 * Refuses what a file must not take the place of: what any workspace consists of, whatever was said; a file that is there, unless
 * `replace`; an encrypted one, unless what is written is encrypted too. `name` is what messages call it. Throws BAD_FILE with reason
 * of_workspace, there or encrypted_there.
 */
export async function refuseInstead(
  target: string,
  name: string,
  { replace, encrypts }: Instead,
): Promise<void> {
  const folder = await realpath(dirname(target)).catch(() => dirname(target));
  if (isOfWorkspace(join(folder, basename(target)), sep, look)) {
    const message = `${name} belongs to a workspace of FRAMES, which it would damage; choose another name or folder. Nothing was changed.`;
    throw refusal('of_workspace', message);
  }
  if (!look.isThere(target)) return;
  if (!replace) {
    const message = `${name} is there already: choose another name, or say that it is to be replaced (--replace). Nothing was changed.`;
    throw refusal('there', message);
  }
  if (encrypts || !(await isEncrypted(target))) return;
  const message = `${name} is encrypted, and what is written is not: choose another name, or remove that file first. Nothing was changed.`;
  throw refusal('encrypted_there', message);
}

/** What cannot be read is not known to be encrypted. */
async function isEncrypted(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => null);
  try {
    const start = Buffer.alloc(ageBytes);
    await handle?.read(start, 0, ageBytes, 0);
    return beginsAsAge(start);
  } finally {
    await handle?.close();
  }
}
