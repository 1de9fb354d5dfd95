import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture } from './lib/capture.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { run } from './lib/run.ts';

/** What a virtual display needs, and what Electron links to, by their names on Debian 12. */
export const displayPackages = ['xvfb', 'xauth'];
export const electronPackages = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libxkbcommon0',
  'libxss1',
  'libxtst6',
  'libnotify4',
  'libsecret-1-0',
  'libcups2',
  'libegl1',
  'libgl1',
  'libgles2',
  'dbus',
];

/** Since its 64-bit time transition Debian calls some libraries by another name. */
const newName = (name: string): string => `${name}t64`;
const install = 'install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0';

/**
 * Makes sure that Electron's libraries, and unless `display` is false a virtual display, are there. As
 * root on Debian it installs what is missing; otherwise it throws with the one command to run. Systems
 * without dpkg are checked for `xvfb-run` only; Windows and macOS need nothing.
 */
export async function ensureSystem(options: { display?: boolean } = {}): Promise<void> {
  if (process.platform !== 'linux') return;
  const needed = [...(options.display === false ? [] : displayPackages), ...electronPackages];
  if (!(await ensurePackages(needed))) requireXvfbRun(options.display !== false);
}

/**
 * Makes sure that packages of Debian are there: as root it installs what is missing, otherwise it throws
 * with the one command to run. False on systems without dpkg, where it checks nothing.
 */
export async function ensurePackages(needed: string[]): Promise<boolean> {
  const installed = process.platform === 'linux' ? await installedPackages(needed) : undefined;
  if (installed === undefined) return false;
  const missing = missingPackages(needed, installed);
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0) throw new Error(advice(await availableNames(missing)));
  await installPackages(missing);
  return true;
}

/** Those of `needed` that are not installed under either of their names. */
export function missingPackages(needed: string[], installed: Set<string>): string[] {
  return needed.filter((name) => !installed.has(name) && !installed.has(newName(name)));
}

/** The installed ones among the packages of both names, or nothing where there is no dpkg. */
async function installedPackages(names: string[]): Promise<Set<string> | undefined> {
  const both = names.flatMap((name) => [name, newName(name)]);
  // Its exit code is 1 as soon as one name is unknown: only the lines count.
  const format = '${db:Status-Status} ${Package}\\n';
  const { code, stdout } = await capture('dpkg-query', ['-W', '-f', format, ...both]);
  if (code === 127) return undefined;
  const lines = stdout.split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([status]) => status === 'installed').map(([, name]) => name ?? ''));
}

function requireXvfbRun(wanted: boolean): void {
  const found = (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, 'xvfb-run')));
  if (wanted && !found) {
    throw new Error('xvfb-run is missing: install Xvfb and the libraries Electron needs, then try again.');
  }
}

function advice(missing: string[]): string {
  return (
    `These system packages are missing. Install them with this command, then try again:\n` +
    `  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}'`
  );
}

async function installPackages(missing: string[]): Promise<void> {
  console.error(`System: installing ${missing.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A source that cannot be reached fails the update although the others may have all that is needed.
  await run('apt-get', ['update', '-qq'], { env });
  const names = await availableNames(missing);
  const code = await run('apt-get', [...install.split(' '), ...names], { env });
  if (code !== 0) throw new Error(`apt-get ended with code ${code}. Install by hand: ${names.join(' ')}`);
}

/** The name each package has on this system: the new one where apt offers it. */
async function availableNames(missing: string[]): Promise<string[]> {
  const { stdout } = await capture('apt-cache', ['pkgnames', 'lib']);
  const known = new Set(stdout.split('\n'));
  return missing.map((name) => (known.has(newName(name)) ? newName(name) : name));
}

if (import.meta.main) {
  try {
    await ensureSystem({ display: !process.argv.includes('--no-display') });
    console.error('System: everything the tests need is there.');
  } catch (error) {
    console.error(reasonOf(error));
    process.exitCode = 1;
  }
}
