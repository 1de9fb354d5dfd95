import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runOrThrow } from '../run-or-throw.ts';

/** A package, unpacked. */
export interface Unpacked {
  kind: 'deb' | 'rpm' | 'tar.gz';
  file: string;
  /** The folder of the program, and the root of what is installed (the same for a tar.gz). */
  program: string;
  root: string;
  /** The scripts that run at installation and removal; '' for a tar.gz. */
  scripts: string;
  /** What the package's own system says of it; null for a tar.gz. */
  identity: { name: string; version: string; maintainer: string } | null;
}

/** Unpacks a deb, rpm or tar.gz below `folder`. Throws for another kind, and where one cannot be read. */
export async function unpack(file: string, folder: string): Promise<Unpacked> {
  const root = join(folder, basename(file));
  await mkdir(root, { recursive: true });
  if (file.endsWith('.deb')) {
    await runOrThrow('dpkg-deb', ['-x', file, root]);
    const shown = await runOrThrow('dpkg-deb', ['-f', file, 'Package', 'Version', 'Maintainer']);
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(shown)?.[1] ?? '';
    const identity = {
      name: field('Package'),
      version: field('Version'),
      maintainer: field('Maintainer'),
    };
    const scripts = await runOrThrow('dpkg-deb', ['-I', file, 'postinst', 'postrm']);
    return { kind: 'deb', file, root, program: await programIn(join(root, 'opt')), scripts, identity };
  }
  if (file.endsWith('.rpm')) {
    await runOrThrow('sh', ['-c', 'cd "$1" && rpm2archive - <"$2" | tar -xz', 'sh', root, file]);
    const shown = await runOrThrow('rpm', ['-qp', '--qf', '%{NAME}\n%{VERSION}\n%{VENDOR}', file]);
    const [name = '', version = '', maintainer = ''] = shown.split('\n');
    return {
      kind: 'rpm',
      file,
      root,
      program: await programIn(join(root, 'opt')),
      scripts: await runOrThrow('rpm', ['-qp', '--scripts', file]),
      identity: { name, version, maintainer },
    };
  }
  if (!file.endsWith('.tar.gz')) throw new Error(`${file} is not a deb, rpm or tar.gz`);
  await runOrThrow('tar', ['-xzf', file, '-C', root]);
  const program = await programIn(root);
  return { kind: 'tar.gz', file, root: program, program, scripts: '', identity: null };
}

async function programIn(folder: string): Promise<string> {
  const [only, ...others] = await readdir(folder);
  if (only === undefined || others.length > 0) throw new Error(`${folder} does not hold one folder`);
  return join(folder, only);
}
