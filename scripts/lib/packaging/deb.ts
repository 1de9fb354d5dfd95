import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { normalise, stageContents } from './linux-package.ts';
import type { LinuxPackage } from './linux-package.ts';
import { runOrThrow } from '../run-or-throw.ts';

/** dpkg asks for its scripts' success: a failed refresh of a menu is none of its business, so the last line is `exit 0`. */
const script = (body: string): string => `#!/bin/bash\n${body.trimEnd()}\nexit 0\n`;

/** Writes a Debian package, compressed with zstd (dpkg 1.21.18 or newer). */
export async function writeDeb(made: LinuxPackage, workshop: string, time: number): Promise<void> {
  const folder = join(workshop, 'deb');
  await stageContents(made, folder, time);
  const { sums, size } = await measure(folder);
  const control = join(folder, 'DEBIAN');
  await mkdir(control);
  await writeFile(join(control, 'control'), controlOf(made, size));
  await writeFile(join(control, 'md5sums'), sums);
  await writeFile(join(control, 'postinst'), script(made.afterInstall), { mode: 0o755 });
  // "upgrade" calls it too: the links of the new version must stay.
  const remove = `case "$1" in remove|purge) ;; *) exit 0 ;; esac\n${made.afterRemove}`;
  await writeFile(join(control, 'postrm'), script(remove), { mode: 0o755 });
  await normalise(control, time);
  await runOrThrow('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z3', '--build', folder, made.file], {
    SOURCE_DATE_EPOCH: String(time),
  });
}

function controlOf(made: LinuxPackage, kilobytes: number): string {
  const lines = {
    Package: made.name,
    Version: made.version,
    Architecture: made.architecture,
    Maintainer: made.maintainer,
    'Installed-Size': String(kilobytes),
    Depends: made.depends.join(', '),
    Recommends: made.recommends.join(', '),
    Section: 'science',
    Priority: 'optional',
    Homepage: made.homepage,
    Description: `${made.summary}\n ${made.description.replaceAll('\n', '\n ')}`,
  };
  const given = Object.entries(lines).filter(([, value]) => value !== '');
  return `${given.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`;
}

async function measure(folder: string): Promise<{ sums: string; size: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  let sums = '';
  let bytes = 0;
  for (const file of files) {
    const hash = createHash('md5').update(await readFile(file));
    sums += `${hash.digest('hex')}  ${relative(folder, file)}\n`;
    bytes += (await stat(file)).size;
  }
  return { sums, size: Math.ceil(bytes / 1024) };
}
