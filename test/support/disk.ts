import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const quietly = (program: string, args: readonly string[]): void =>
  void execFileSync(program, args, { stdio: 'ignore' });

const inTmpfs = (folder: string, bytes: number): void =>
  quietly('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);

/** Takes away what was mounted, once. */
function awayOnce(folder: string): () => void {
  let there = true;
  return () => {
    if (there) quietly('umount', ['-l', folder]);
    there = false;
  };
}

/** Whether disks can be made here: the superuser of Linux may, where the system lets him. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'frames-disk-'));
  try {
    inTmpfs(folder, 65_536);
    awayOnce(folder)();
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts a disk of its own of so many bytes under a folder. The result takes it away again, with all that is on it. */
export function mountSmall(folder: string, bytes: number): () => void {
  inTmpfs(folder, bytes);
  return awayOnce(folder);
}

/** Takes what is free on the disk of a folder, to the last byte that it gives. The result is the file to remove. */
export function fillUp(folder: string): string {
  const file = join(folder, 'filler');
  for (const bytes of [65_536, 4096, 512]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  return file;
}

const isSuperuser = (): boolean => process.getuid?.() === 0;

/** What tests run with that need a small disk, or something that can only be read: one name, or none where this system does not let them. */
export const smallDisks = (): string[] => (canMount() ? ['a small disk'] : []);
export const readOnlyPlaces = (): string[] => (!isSuperuser() || canMount() ? ['only read'] : []);

/**
 * Has a folder, with what is in it, only be read: the superuser may write in spite of modes, so that for him it is mounted so. The result
 * takes that back.
 */
export function makeReadOnly(folder: string): () => void {
  if (!isSuperuser()) {
    chmodSync(folder, 0o555);
    return () => chmodSync(folder, 0o755);
  }
  quietly('mount', ['--bind', folder, folder]);
  quietly('mount', ['-o', 'remount,ro,bind', folder]);
  return awayOnce(folder);
}
