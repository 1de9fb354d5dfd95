import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { runOrThrow } from '#scripts/lib/run-or-throw.ts';
import { isLinuxRoot, root } from '#scripts/lib/paths.ts';

/** A package on this computer, and an ordinary user who runs it. */
export interface Installed {
  kind: string;
  program: string;
  /** The user's home. */
  home: string;
  uninstall(): Promise<void>;
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Window {
  page: Page;
  process: ChildProcessWithoutNullStreams;
  /** Closes the window as a person would, and waits until the program has ended. */
  close(): Promise<Ended>;
  /** Ends the program with a signal. */
  signal(name: NodeJS.Signals): Promise<Ended>;
}

/** Installs the package of that kind from `dist/`. Throws when there is none, or where this needs an administrator. */
export async function install(kind: string): Promise<Installed> {
  const file = readdirSync(join(root, 'dist')).find((name) => name.endsWith(`.${kind}`));
  if (file === undefined) throw new Error(`There is no ${kind} in dist/. Run this first: npm run dist`);
  const folder = mkdtempSync(join(tmpdir(), 'frames-packaged-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const { uid, gid } = await ordinaryUser();
  for (const path of [folder, home]) chownSync(path, uid, gid);
  const path = join(root, 'dist', file);
  if (kind === 'tar.gz') {
    await runOrThrow('tar', ['-xzf', path, '-C', folder]);
    const program = join(folder, file.slice(0, -'.tar.gz'.length), 'bin/frames');
    return { kind, program, home, uninstall: async () => rmSync(folder, { recursive: true }) };
  }
  if (kind !== 'deb') throw new Error(`Only deb and tar.gz are installed here, not ${kind}`);
  if (!isLinuxRoot()) throw new Error('A deb is installed by root only.');
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  // Another installation on this computer ends first.
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  await runOrThrow('apt-get', [...wait, 'update', '-qq'], quiet);
  await runOrThrow('apt-get', [...wait, 'install', '-qq', '-y', '--no-install-recommends', path], quiet);
  return {
    kind,
    program: '/usr/bin/frames',
    home,
    async uninstall() {
      await runOrThrow('dpkg', ['--purge', 'frames']);
      rmSync(folder, { recursive: true });
    },
  };
}

/** The user without rights whom root makes. */
export const name = 'frames-test';

/** Root makes a user without rights; anybody else is one. */
export async function ordinaryUser(): Promise<{ uid: number; gid: number }> {
  if (!isLinuxRoot()) return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  await runOrThrow('sh', ['-c', `id -u ${name} >/dev/null 2>&1 || useradd --system ${name}`]);
  const [uid = 0, gid = 0] = (await runOrThrow('sh', ['-c', `id -u ${name}; id -g ${name}`]))
    .split('\n')
    .map(Number);
  return { uid, gid };
}

function start(
  { program, home }: Installed,
  args: string[],
  env: NodeJS.ProcessEnv,
  asRoot = false,
): ChildProcessWithoutNullStreams {
  const { DISPLAY, PATH } = process.env;
  const own = { PATH, DISPLAY, HOME: home, XDG_RUNTIME_DIR: home, LANG: 'C.UTF-8', ...env };
  const as =
    isLinuxRoot() && !asRoot ? ['setpriv', `--reuid=${name}`, `--regid=${name}`, '--clear-groups'] : [];
  const [command = program, ...rest] = [...as, program, ...args];
  return spawn(command, rest, { cwd: home, env: own, stdio: 'pipe' });
}

async function ending(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** Runs a command of the installed program, without a display unless `env` names one. */
export function runCommand(
  installed: Installed,
  args: string[],
  {
    input = '',
    env = {},
    asRoot = false,
  }: { input?: string; env?: NodeJS.ProcessEnv; asRoot?: boolean } = {},
): Promise<Ended> {
  const child = start(installed, args, { DISPLAY: undefined, ...env }, asRoot);
  child.stdin.end(input);
  return ending(child);
}

/** Starts the installed program with a window, which is driven over the debugging port: the fuses keep Playwright's own way out. */
export async function openWindow(
  installed: Installed,
  args: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Window> {
  const child = start(installed, ['--remote-debugging-port=0', ...args], env);
  const ended = ending(child);
  const browser = await connect(child, ended);
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (!page) throw new Error('the program opened no window');
  return {
    page,
    process: child,
    async close() {
      await page.close();
      return ended;
    },
    signal(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Connects to a program that started by itself, as after a restart, and waits until it listens. */
export async function connectToRunning({ home }: Installed, signal: AbortSignal): Promise<Page> {
  const file = join(home, '.config/FRAMES/DevToolsActivePort');
  for (;;) {
    signal.throwIfAborted();
    try {
      const [port = ''] = readFileSync(file, 'utf8').split('\n');
      const [context] = (await chromium.connectOverCDP(`http://127.0.0.1:${port}`)).contexts();
      const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
      if (page) return page;
    } catch {
      await setTimeout(100);
    }
  }
}

async function connect(child: ChildProcessWithoutNullStreams, ended: Promise<Ended>): Promise<Browser> {
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(({ code, stderr }) => reject(new Error(`it ended with ${code}: ${stderr}`)));
  });
  return chromium.connectOverCDP(address);
}

interface Process {
  pid: string;
  /** Chromium joins the arguments of its child processes, so these are words rather than arguments. */
  line: string;
}

/** The processes of the installed program, whatever path it was started by. */
export function processesOf(installed: Installed): Process[] {
  const program = join(programFolder(installed), 'frames');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (readlinkSync(`/proc/${pid}/exe`) !== program) return [];
        return [{ pid, line: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
      } catch {
        // It has ended, or is of another user.
        return [];
      }
    });
}

/** The folder that `resources/` of the program lies in. */
export const programFolder = ({ kind, program }: Installed): string =>
  kind === 'deb' ? '/opt/FRAMES' : join(program, '../..');
