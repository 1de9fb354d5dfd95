import { chmod, cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { linuxFile } from './share-files.ts';

/** Adds the command of a Linux package. A tar.gz also gets `share`, and the script that registers it for one user. */
export async function addLinuxFiles(program: string, share: string | null): Promise<void> {
  await mkdir(join(program, 'bin'), { recursive: true });
  await copyProgram('launcher.sh', join(program, 'bin/frames'));
  if (share === null) return;
  await cp(linuxFile('README.txt'), join(program, 'README.txt'));
  await copyProgram('register.sh', join(program, 'register.sh'));
  // A repository updates packages of the system only.
  for (const part of await readdir(share))
    if (part !== 'frames') await cp(join(share, part), join(program, 'share', part), { recursive: true });
}

async function copyProgram(name: string, to: string): Promise<void> {
  await cp(linuxFile(name), to);
  await chmod(to, 0o755);
}
