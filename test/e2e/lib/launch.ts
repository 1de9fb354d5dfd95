import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { findElectron } from '#scripts/electron.ts';
import { isLinuxRoot, root } from '#scripts/lib/paths.ts';
import { ask } from './ask.ts';

export interface LaunchOptions {
  /** The user's own folder, kept between two starts. */
  userData: string;
  /** A workspace to open in place of the sample. */
  workspace?: string | undefined;
  args?: string[] | undefined;
}

/** One running application and its window. */
export interface Running {
  app: ElectronApplication;
  page: Page;
  userData: string;
  /** Errors and refusals that the page reported; a test that expects one takes it out. */
  complaints: string[];
}

const COMPLAINTS = /^(error|assert)$/;

/** Starts the built application as a person would have it: its own folder, its sandbox where the system allows one. */
export async function launch({ userData, workspace, args = [] }: LaunchOptions): Promise<Running> {
  const electron = await findElectron({ say: () => {} });
  takeCodeCache(userData);
  const { FRAMES_WORKSPACE: _, ELECTRON_RENDERER_URL: __, ...env } = process.env;
  const app = await _electron.launch({
    executablePath: electron.binary,
    args: [
      ...(isLinuxRoot() ? ['--no-sandbox'] : []),
      root,
      `--user-data-dir=${userData}`,
      ...(workspace === undefined ? [] : ['--workspace', workspace]),
      // The system's language, whatever this machine speaks; a test that is about it says another one.
      ...(args.some((arg) => arg.startsWith('--lang=')) ? [] : ['--lang=en-US']),
      ...args,
    ],
    // Without it Playwright switches the sandbox off everywhere, and it would not be what people run.
    chromiumSandbox: !isLinuxRoot(),
    // The theme is the application's, not Playwright's.
    colorScheme: null,
    env: env as Record<string, string>,
    timeout: 60_000,
  });
  const complaints: string[] = [];
  app.on('window', (page) => listen(page, complaints));
  app.on('close', () => keepCodeCache(userData));
  const page = await app.firstWindow();
  listen(page, complaints);
  return { app, page, userData, complaints };
}

/** The page's code as V8 compiled it: a new user folder has none, and compiling is a third of what a start costs. V8 checks that it fits. */
const codeCache = 'Code Cache';
const keptCodeCache = join(tmpdir(), `frames-e2e-code-cache-${process.ppid}`);

function takeCodeCache(userData: string): void {
  const own = join(userData, codeCache);
  if (existsSync(keptCodeCache) && !existsSync(own)) cpSync(keptCodeCache, own, { recursive: true });
}

/** Keeps the code cache of the first application that ends. */
function keepCodeCache(userData: string): void {
  const own = join(userData, codeCache);
  if (existsSync(keptCodeCache) || !existsSync(own)) return;
  const copy = mkdtempSync(`${keptCodeCache}-`);
  try {
    cpSync(own, copy, { recursive: true });
    renameSync(copy, keptCodeCache);
  } catch {
    // Another worker kept its own meanwhile.
    removeFolder(copy);
  }
}

const heard = new WeakSet<Page>();

function listen(page: Page, complaints: string[]): void {
  if (heard.has(page)) return;
  heard.add(page);
  page.on('console', (message) => {
    const text = message.text();
    const refused = /Content.Security.Policy|Refused to/i.test(text);
    if (COMPLAINTS.test(message.type()) || refused) complaints.push(`${message.type()}: ${text}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
}

/** Process id of the data process, as soon as there is one other than `before`. */
export async function nextDataPid({ app }: Running, before: number | null): Promise<number> {
  for (;;) {
    const pid = await ask(() =>
      app.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'FRAMES data')?.pid ?? null),
    );
    if (pid !== null && pid !== before) return pid;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What the shell wrote to its own log, entry by entry. */
export function shellLog(userData: string): { level: string; message: string; detail?: unknown }[] {
  const file = join(userData, 'logs', 'main.log');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { level: string; message: string });
}

/** A folder of the test's own. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `frames-e2e-${name}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
