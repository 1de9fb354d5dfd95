import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { capture } from './lib/capture.ts';
import { assertNoCompiler, fillHostPath, hostVersions } from './lib/checkout/host-node.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { currentCommit, git } from './lib/git.ts';
import { cacheFolder, root } from './lib/paths.ts';
import { runOrThrow } from './lib/run-or-throw.ts';

/** Linux calls it nobody: an owner of the files that is not the user who runs commands. */
const foreignOwner = '65534:65534';

/** Lines of `npm start` that are ours or npm's, and those that Chromium prints by itself. */
const expectedLines = [
  /^$/,
  /^> /,
  /^Electron: /,
  /^Building the application …$/,
  /^Running as root: /,
  /^DevTools listening on ws:/,
  /^\[\d+:\d+\/\d+\.\d+:\w+:.*\] /,
];

/** The environment of a job in a container: no home folder, no compiler, and nothing that npm or our scripts have set. */
function jobEnv(path: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(HOME|PATH|npm_|ELECTRON_|FRAMES_)/i.test(name),
  );
  return { ...Object.fromEntries(kept), PATH: path, XDG_CACHE_HOME: dirname(cacheFolder()) };
}

/** Runs a command in the clone and returns all that it prints. Throws if it fails. */
async function inClone(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await capture('npm', args, { cwd, env });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with code ${code}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

function check(what: string, holds: boolean, found: string): void {
  if (!holds) throw new Error(`${what}; found:\n${found}`);
  console.log(`ok ${what}`);
}

/** Resolves with the address of the debugger as soon as a program prints it; `printed` gets everything. */
function debuggerOf(child: ChildProcess, printed: { text: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed.text += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(printed.text)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', (code) => reject(new Error(`npm start ended with code ${code}:\n${printed.text}`)));
  });
}

/** Opens the window as the README says, waits for its sample, and closes it. */
async function openWindow(cwd: string, env: NodeJS.ProcessEnv, profile: string): Promise<void> {
  const args = ['start', '--', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const child = spawn('npm', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { text: '' };
  const ended = once(child, 'close') as Promise<[number | null]>;
  try {
    const [context] = (await chromium.connectOverCDP(await debuggerOf(child, printed))).contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (!page) throw new Error(`npm start opened no window:\n${printed.text}`);
    await page.getByRole('heading', { level: 1 }).or(page.getByRole('main')).first().waitFor();
    await page.close();
    const [code] = await ended;
    check('npm start opens a window that closes in order', code === 0, printed.text);
  } finally {
    if (child.exitCode === null) child.kill();
  }
  const others = printed.text.split('\n').filter((line) => !expectedLines.some((one) => one.test(line)));
  check('npm start prints no line of the bundler', others.length === 0, others.join('\n'));
}

/** Goes through the two command lines of the README on one version of Node. */
async function tryHost(version: string): Promise<void> {
  const place = await realpath(await mkdtemp(join(tmpdir(), 'frames-checkout-')));
  try {
    const [clone, bin] = [join(place, 'clone'), join(place, 'bin')];
    await fillHostPath(bin, version);
    assertNoCompiler(bin);
    git(['clone', '--quiet', '--depth=1', `file://${root}`, clone]);
    await runOrThrow('chown', ['-R', foreignOwner, clone]);
    const env = jobEnv(bin);
    console.log(`\n── Node ${version}`);
    const installed = await inClone(clone, env, 'ci');
    check('npm ci prints its result only', /^\s*added \d+ packages in \w+\s*$/.test(installed), installed);
    const steps = await inClone(clone, env, 'test', '--', 'words', 'lockfile');
    check('npm test runs its steps', steps.endsWith('0 passed, 0 failed\n'), steps);
    await openWindow(clone, env, join(place, 'profile'));
    const commit = currentCommit().slice(0, 7);
    const built = globSync('out/renderer/assets/*.js', { cwd: clone });
    const isNamed = built.some((file) => readFileSync(join(clone, file), 'utf8').includes(commit));
    check(`the window names the commit ${commit}`, isNamed, built.join('\n'));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/**
 * Tries a clone as the jobs of a pipeline have it: of another owner, with one commit, without a home folder and a compiler, on the
 * versions of Node that are named, or on all that hosts may have.
 */
async function main(named: string[]): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('Run this as root: the clone gets another owner.');
  for (const version of named.length > 0 ? named : hostVersions) await tryHost(version);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
