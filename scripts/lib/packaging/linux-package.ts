import { chmod, cp, lutimes, mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/** What a deb or rpm is made of. */
export interface LinuxPackage {
  kind: 'deb' | 'rpm';
  name: string;
  version: string;
  architecture: string;
  maintainer: string;
  homepage: string;
  licence: string;
  summary: string;
  description: string;
  depends: string[];
  recommends: string[];
  /** Shell scripts without their first line. */
  afterInstall: string;
  afterRemove: string;
  /** Files or folders, and the absolute paths they get. */
  contents: { from: string; to: string }[];
  /** The package to write. */
  file: string;
}

const options = {
  s: { type: 'string', short: 's' },
  t: { type: 'string', short: 't' },
  d: { type: 'string', short: 'd', multiple: true },
  force: { type: 'boolean' },
  'deb-recommends': { type: 'string', multiple: true },
  'deb-compression': { type: 'string' },
  'deb-priority': { type: 'string' },
  'rpm-os': { type: 'string' },
  'rpm-compression': { type: 'string' },
  'rpm-summary': { type: 'string' },
  architecture: { type: 'string' },
  'after-install': { type: 'string' },
  'after-remove': { type: 'string' },
  description: { type: 'string' },
  version: { type: 'string' },
  package: { type: 'string' },
  name: { type: 'string' },
  maintainer: { type: 'string' },
  vendor: { type: 'string' },
  url: { type: 'string' },
  license: { type: 'string' },
  category: { type: 'string' },
} as const;

/** Reads the arguments that electron-builder gives to fpm. Throws for an option that it never gave before, or one that is missing. */
export async function readFpmArguments(args: string[]): Promise<LinuxPackage> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const needed = (name: Exclude<keyof typeof values, 'd' | 'force' | 'deb-recommends'>): string => {
    const value = values[name];
    if (value === undefined) throw new Error(`--${name} is missing`);
    return value;
  };
  const kind = needed('t');
  if (kind !== 'deb' && kind !== 'rpm') throw new Error(`-t ${kind} is neither deb nor rpm`);
  const [first = '', ...rest] = needed('description').trim().split('\n');
  const summary = values['rpm-summary'] ?? first;
  return {
    kind,
    name: needed('name'),
    version: needed('version'),
    architecture: needed('architecture'),
    maintainer: needed('maintainer'),
    homepage: needed('url'),
    licence: needed('license'),
    summary,
    description: rest.join('\n').trim() || first,
    depends: values.d ?? [],
    recommends: values['deb-recommends'] ?? [],
    afterInstall: linkLauncher(await readScript(needed('after-install'))),
    afterRemove: `${linkLauncher(await readScript(needed('after-remove')))}\n${farewell}\n`,
    contents: positionals.map((pair) => {
      const at = pair.lastIndexOf('=');
      return { from: pair.slice(0, at), to: pair.slice(at + 1) };
    }),
    file: needed('package'),
  };
}

/** electron-builder's scripts make the command in `/usr/bin` a link to the program. Ours is a link to the launcher. */
function linkLauncher(script: string): string {
  const [, command] = /'\/usr\/bin\/([^/']+)'/.exec(script) ?? [];
  return command === undefined
    ? script
    : script.replaceAll(new RegExp(`'(/opt/[^/']+)/${command}'`, 'g'), `'$1/bin/${command}'`);
}

/** Workspaces belong to their users: removing the program must not touch them. Without its key a registered repository would fail. */
const farewell =
  'rm -f /etc/apt/sources.list.d/frames.sources /etc/yum.repos.d/frames.repo\n' +
  'echo "FRAMES was removed. Each user’s workspaces and settings remain, by default in ~/.config/FRAMES."';

const readScript = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8')).replace(/^#!.*\n/, '');

/**
 * Copies the contents below `folder` as they are to be installed. Modes and times do not depend on the umask or the clock, so two
 * packages of the same commit are identical.
 */
export async function stageContents({ contents }: LinuxPackage, folder: string, time: number): Promise<void> {
  for (const { from, to } of contents) {
    const target = join(folder, to);
    await mkdir(dirname(target), { recursive: true });
    await cp(from, target, { recursive: true, verbatimSymlinks: true });
  }
  await normalise(folder, time);
}

/** Gives all files below a folder the same time, and the modes 755 or 644. */
export async function normalise(folder: string, time: number): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) {
      const isProgram = entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0;
      await chmod(path, isProgram ? 0o755 : 0o644);
    }
    await lutimes(path, time, time);
  }
  await chmod(folder, 0o755);
  await lutimes(folder, time, time);
}
