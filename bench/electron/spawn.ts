import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { electronEnv, findElectron } from '#scripts/electron.ts';
import { isLinuxRoot } from '#scripts/lib/paths.ts';

export interface Started {
  page: Page;
  /** When the process was asked for, in milliseconds since 1970. */
  asked: number;
  close(): Promise<void>;
}

/** Reads the address that a started Electron prints for its debugger. */
function debuggerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(text);
      if (found) resolve(found[1] as string);
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`Electron ended with ${code ?? signal} before it was up:\n${text}`)),
    );
  });
}

/**
 * Starts Electron on an application, or a packaged program, and connects to its window from outside, so that nothing of ours slows its start. `profile`
 * is its user data folder; without one it gets a new one that goes with it.
 */
export async function start(
  application: string | { program: string },
  options: { profile?: string; args?: string[] } = {},
): Promise<Started> {
  const electron = await findElectron({ say: () => {} });
  const own = options.profile === undefined ? await mkdtemp(join(tmpdir(), 'frames-bench-user-')) : undefined;
  const { FRAMES_WORKSPACE: _, ...env } = process.env;
  const args = [
    ...(isLinuxRoot() ? ['--no-sandbox'] : []),
    '--remote-debugging-port=0',
    `--user-data-dir=${options.profile ?? own}`,
    ...(typeof application === 'string' ? [application] : []),
    ...(options.args ?? []),
  ];
  const asked = Date.now();
  const binary = typeof application === 'string' ? electron.binary : application.program;
  const child = spawn(binary, args, {
    env: { ...env, ...electronEnv(electron) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (): Promise<void> => {
    const force = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(force);
    if (own) await rm(own, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = await chromium.connectOverCDP(await debuggerOf(child));
    const context = browser.contexts()[0];
    if (!context) throw new Error('Electron shows no window.');
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    return { page, asked, close: () => browser.close().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Milliseconds from asking for the process to the page's first contentful paint. */
export async function firstPaint({ page, asked }: Started): Promise<number> {
  const painted = await page.waitForFunction(() => {
    const entry = performance.getEntriesByName('first-contentful-paint')[0];
    return entry && performance.timeOrigin + entry.startTime;
  });
  return ((await painted.jsonValue()) as number) - asked;
}

/** Milliseconds from asking for the process to a mark that the page has made. */
export async function marked({ page, asked }: Started, name: string): Promise<number> {
  const mark = await page.waitForFunction((wanted) => {
    const entry = performance.getEntriesByName(wanted, 'mark')[0];
    return entry && performance.timeOrigin + entry.startTime;
  }, name);
  return ((await mark.jsonValue()) as number) - asked;
}
