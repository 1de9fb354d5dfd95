import { chmod, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Arch, build } from 'electron-builder';
import type { Configuration } from 'electron-builder';
import type { Electron } from '../electron-kinds.ts';
import { root, toolEnv } from '../paths.ts';
import { copyElectron } from './electron-folder.ts';
import { git } from '../git.ts';
import { writeTarball } from './tarball.ts';
import type { Target } from './targets.ts';

export interface Project {
  /** The folder of its package.json. */
  folder: string;
  /** Without the Electron and the output. electron-builder changes the object, so it can be used only once. */
  config: Configuration;
  electron: Electron;
}

/** Builds one package into `output` and returns its path. Throws when it cannot; nothing is left behind then. */
export async function buildPackage(
  { folder, config, electron }: Project,
  target: Target,
  output: string,
): Promise<string> {
  const work = join(output, `.${target.builder}-${target.extension}`);
  const time = await sourceTime();
  process.env['CUSTOM_FPM_PATH'] = join(root, 'scripts/fpm.ts');
  process.env['SOURCE_DATE_EPOCH'] = String(time);
  process.env['PATH'] = toolEnv()['PATH'];
  try {
    await mkdir(work, { recursive: true });
    // Only the Linux builds have leftovers; a copy without links would break that of macOS.
    const isLinux = process.platform === 'linux';
    const electronDist = isLinux ? join(work, 'electron') : electron.dist;
    if (isLinux) await copyElectron(electron, electronDist);
    await build({
      projectDir: folder,
      targets: target.platform.createTarget(target.builder, process.arch === 'arm64' ? Arch.arm64 : Arch.x64),
      config: {
        ...config,
        electronDist,
        electronVersion: electron.version,
        directories: { ...config.directories, output: join(work, 'out') },
      },
      publish: 'never',
    });
    const made = await readdir(join(work, 'out'));
    const file = join(output, await nameOf(folder, config, target));
    if (target.builder === 'dir') {
      const unpacked = made.find((entry) => entry.endsWith('-unpacked'));
      if (unpacked === undefined) throw new Error('electron-builder made no folder');
      await writeTarball(join(work, 'out', unpacked), file, time);
    } else {
      const found = made.find((entry) => entry.endsWith(`.${target.extension}`));
      if (found === undefined) throw new Error(`electron-builder made no ${target.extension}`);
      await rename(join(work, 'out', found), file);
    }
    await chmod(file, 0o644);
    return file;
  } finally {
    keepExitCode();
    await rm(work, { recursive: true, force: true });
  }
}

/** Removes electron-builder's `beforeExit` listener, which ends the process with 0 and so hides the exit code that a script has set. */
const keepExitCode = (): void => void process.removeAllListeners('beforeExit');

/** The file name of a package, with Node's name of the architecture for every target; electron-builder writes amd64, x64 or x86_64. */
async function nameOf(folder: string, { artifactName }: Configuration, target: Target): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return String(artifactName)
    .replace('${version}', version)
    .replace('${arch}', process.arch)
    .replace('.${ext}', `${target.suffix ?? ''}.${target.extension}`);
}

/** The modification time of all files in a package, in seconds since 1970: the time of the commit, so that two builds of it are identical. */
export async function sourceTime(): Promise<number> {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given !== undefined && /^\d+$/.test(given)) return Number(given);
  return Number(git(['log', '-1', '--format=%ct']));
}
