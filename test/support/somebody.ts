import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { testFolder } from './folder.ts';

/** The superuser may read and write everything: what he starts is somebody else's, of whom nothing is known here. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** What a program prints that somebody starts who has no more access than modes say. */
export const saidTo = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, {
    ...user,
    cwd: '/',
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Lets everybody use a folder with all that is in it. */
export function openUp(folder: string): void {
  chmodSync(folder, 0o777);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) openUp(path);
    else chmodSync(path, 0o666);
  }
}

/** A copy of a closed workspace that everybody may use. */
export function copyForAll(from: string): string {
  const folder = join(testFolder(), 'w');
  cpSync(from, folder, { recursive: true });
  chmodSync(dirname(folder), 0o711);
  openUp(folder);
  // So that it can be taken away again.
  onTestFinished(() => openUp(folder));
  return folder;
}
