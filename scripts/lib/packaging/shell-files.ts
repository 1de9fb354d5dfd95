import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runOrThrow } from '../run-or-throw.ts';

/** Where deb and rpm install what shells and `man` know of the command. */
export const shellFiles = {
  man: '/usr/share/man/man1/frames.1.gz',
  bash: '/usr/share/bash-completion/completions/frames',
  zsh: '/usr/share/zsh/vendor-completions/_frames',
  fish: '/usr/share/fish/vendor_completions.d/frames.fish',
} as const;

/** Writes these files below `folder`, as the built command prints them, and returns fpm's arguments for them. */
export async function writeShellFiles(folder: string, program: string): Promise<string[]> {
  const entries = Object.entries(shellFiles);
  for (const [kind, path] of entries) {
    const args = kind === 'man' ? ['man'] : ['completion', kind];
    const printed = await runOrThrow(process.execPath, [program, ...args]);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path.endsWith('.gz') ? gzipSync(printed, { level: 9 }) : printed);
  }
  return entries.map(([, path]) => `${join(folder, path)}=${path}`);
}
