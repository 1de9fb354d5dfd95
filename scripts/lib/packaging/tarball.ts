import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { normalise } from './linux-package.ts';
import { runOrThrow } from '../run-or-throw.ts';

/** Packs a folder as a tar.gz, in a folder with the name of the file; the same input gives the same bytes. */
export async function writeTarball(folder: string, file: string, time: number): Promise<void> {
  const named = join(dirname(folder), basename(file, '.tar.gz'));
  await rename(folder, named);
  await normalise(named, time);
  const owner = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--mtime=@${time}`];
  // gzip would write the time into the file.
  const compress = ['--use-compress-program=gzip -n'];
  await runOrThrow('tar', [...owner, ...compress, '-cf', file, '-C', dirname(named), basename(named)]);
}
