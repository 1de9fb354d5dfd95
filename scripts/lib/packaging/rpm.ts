import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { stageContents } from './linux-package.ts';
import type { LinuxPackage } from './linux-package.ts';
import { runOrThrow } from '../run-or-throw.ts';

/** Folders of the program; those above and elsewhere belong to other packages. */
const isOwn = (path: string): boolean => path.startsWith('/opt/');

/** What electron-builder calls by Debian's names. */
const architectures: Record<string, string> = { amd64: 'x86_64', arm64: 'aarch64' };

/** Writes an RPM package, compressed with zstd. */
export async function writeRpm(made: LinuxPackage, workshop: string, time: number): Promise<void> {
  const folder = join(workshop, 'rpm-root');
  await stageContents(made, folder, time);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name).slice(folder.length);
    return entry.isDirectory() ? (isOwn(path) ? [`%dir "${path}"`] : []) : [`"${path}"`];
  });
  const spec = join(workshop, 'frames.spec');
  await writeFile(spec, specOf(made, folder, files.toSorted()));
  const top = join(workshop, 'rpmbuild');
  await mkdir(top);
  const settings: Record<string, string> = {
    _topdir: top,
    _rpmdir: top,
    _build_id_links: 'none',
    __os_install_post: '%{nil}',
    _binary_payload: 'w3.zstdio',
    _buildhost: 'frames',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
  };
  await runOrThrow(
    'rpmbuild',
    [
      '-bb',
      '--quiet',
      '--target',
      architectures[made.architecture] ?? made.architecture,
      ...Object.entries(settings).flatMap(([name, value]) => ['--define', `${name} ${value}`]),
      spec,
    ],
    { SOURCE_DATE_EPOCH: String(time) },
  );
  const built = (await readdir(top, { recursive: true })).find((path) => path.endsWith('.rpm'));
  if (built === undefined) throw new Error(`rpmbuild made no ${basename(made.file)}`);
  await copyFile(join(top, built), made.file);
}

/** rpmbuild empties the folder that it installs into first, so `%install` fills it again. */
const specOf = (made: LinuxPackage, staged: string, files: readonly string[]): string => `Name: ${made.name}
Version: ${made.version.replaceAll('-', '~')}
Release: 1
Summary: ${made.summary}
License: ${made.licence}
URL: ${made.homepage}
Vendor: ${made.maintainer}
AutoReqProv: no
${made.depends.map((name) => `Requires: ${name}`).join('\n')}

%description
${made.description}

%install
mkdir -p "%{buildroot}"
cp -al "${staged}/." "%{buildroot}/"

%post -p /bin/bash
${made.afterInstall.replaceAll('%', '%%')}
exit 0

%postun -p /bin/bash
# An upgrade runs this after the new version was installed, whose links must stay.
[ "$1" = 0 ] || exit 0
${made.afterRemove.replaceAll('%', '%%')}
exit 0

%files
%defattr(-,root,root,-)
${files.join('\n')}
`;
