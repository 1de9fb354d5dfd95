import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { findElectron } from '#scripts/electron.ts';
import { isLinuxRoot, root } from '#scripts/lib/paths.ts';
import { sampleTarget } from '#main/arguments.ts';
import { ask } from './ask.ts';

export interface LaunchOptions {
  /** The user's own folder, kept between two starts. */
  userData: string;
  /** A workspace to open in place of the sample. */
  workspace?: string | undefined;
  args?: string[] | undefined;
  /** In an Electron of its own. */
  alone?: boolean | undefined;
}

/** One running application and its window. */
export interface Running {
  app: ElectronApplication;
  page: Page;
  userData: string;
  /** The folder of the workspace with which it started. */
  workspace: string;
  /** Errors and refusals that the page reported; a test that expects one takes it out. */
  complaints: string[];
  /** Lets it quit as a person would, and waits until its processes are gone. */
  quit(): Promise<void>;
}

const COMPLAINTS = /^(error|assert)$/;

/** Without a graphics card Chromium draws WebGL only when it is told to; that is slow where others work too, which is no hang. */
const drawing = ['--enable-unsafe-swiftshader', '--disable-gpu-watchdog'];

/** Starts the built application as a person would have it: its own folder, its sandbox where the system allows one. */
export async function launch(options: LaunchOptions): Promise<Running> {
  takeCodeCache(options.userData);
  const app = await startElectron(options);
  app.on('close', () => keepCodeCache(options.userData));
  const { page, complaints } = await follow(app, () => app.firstWindow());
  const { userData, workspace = sampleTarget(userData).workspace } = options;
  return { app, page, userData, workspace, complaints, quit: () => app.close() };
}

/** Ends and starts the program in one Electron, which costs half of a start of Electron. */
export interface Host {
  /** Null where the last start has not ended: only one can be there at a time. */
  start(options: LaunchOptions): Promise<Running | null>;
  close(): Promise<void>;
}

export function createHost(): Host {
  let app: ElectronApplication | undefined;
  let isBusy = false;

  const quit = async (own: ElectronApplication): Promise<void> => {
    if (own === app) await ask(() => own.evaluate(() => (globalThis as unknown as Again).again.end()));
    isBusy = false;
  };
  return {
    async start(options) {
      if (isBusy) return null;
      isBusy = true;
      const { userData, workspace = sampleTarget(userData).workspace } = options;
      const isFirst = app === undefined;
      const own = (app ??= await startElectron(options, ['-r', join(import.meta.dirname, 'again.cjs')]));
      if (isFirst) {
        own.on('close', () => {
          app = undefined;
          isBusy = false;
        });
      }
      const { page, complaints, unfollow } = await follow(own, async () => {
        if (isFirst) return own.firstWindow();
        const window = own.waitForEvent('window');
        await own.evaluate(
          (_electron, [folder, args]) => (globalThis as unknown as Again).again.start(folder, args),
          [userData, programArgs(options)] as const,
        );
        return window;
      });
      const end = async (): Promise<void> => {
        await quit(own);
        unfollow();
      };
      return { app: own, page, userData, workspace, complaints, quit: end };
    },
    async close() {
      await app?.close();
    },
  };
}

/** What `again.cjs` adds to Electron's main process. */
interface Again {
  again: { start(userData: string, args: readonly string[]): Promise<void>; end(): Promise<void> };
}

const programArgs = ({ userData, workspace, args = [] }: LaunchOptions): string[] => [
  root,
  `--user-data-dir=${userData}`,
  ...(workspace === undefined ? [] : ['--workspace', workspace]),
  ...args,
];

async function startElectron(
  options: LaunchOptions,
  before: readonly string[] = [],
): Promise<ElectronApplication> {
  const electron = await findElectron({ say: () => {} });
  const { FRAMES_WORKSPACE: _, ELECTRON_RENDERER_URL: __, ...env } = process.env;
  const isSpoken = options.args?.some((arg) => arg.startsWith('--lang='));
  return _electron.launch({
    executablePath: electron.binary,
    args: [
      ...(isLinuxRoot() ? ['--no-sandbox'] : []),
      ...before,
      ...(options.args?.includes('--disable-gpu') ? [] : drawing),
      ...programArgs(options),
      // The system's language, whatever this machine speaks; a test that is about it says another one.
      ...(isSpoken ? [] : ['--lang=en-US']),
    ],
    // Without it Playwright switches the sandbox off everywhere, and it would not be what people run.
    chromiumSandbox: !isLinuxRoot(),
    // The theme is the application's, not Playwright's.
    colorScheme: null,
    // CA certificates that the person at this computer chose are no part of a test.
    env: { ...env, FRAMES_CONFIG: join(options.userData, 'Own configuration') },
    timeout: 60_000,
  });
}

/** Waits for the first window, and notes from now on what any page complains about. */
async function follow(
  app: ElectronApplication,
  first: () => Promise<Page>,
): Promise<Pick<Running, 'page' | 'complaints'> & { unfollow: () => void }> {
  const complaints: string[] = [];
  const listenTo = (page: Page): void => listen(page, complaints);
  app.on('window', listenTo);
  const page = await first();
  listenTo(page);
  return { page, complaints, unfollow: () => void app.off('window', listenTo) };
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

/** The tabs that the shell has written down. */
export function keptTabs(userData: string): string {
  const seat = JSON.parse(readFileSync(join(userData, 'seat.json'), 'utf8')) as { items: { tabs?: unknown } };
  return JSON.stringify(seat.items.tabs ?? null);
}

/** A folder of the test's own. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `frames-e2e-${name}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
