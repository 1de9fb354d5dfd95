import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { extractFile } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { goTo, openRecord } from '../e2e/lib/window.ts';
import { expect, test as packaged } from './fixture.ts';
import { openWindow, processesOf, programFolder } from './installed.ts';
import type { Window } from './installed.ts';

/** The window of all these tests, and the file that tells which addresses the system's browser was asked to open. */
const test = packaged.extend<{ page: Page }, { opened: Window & { browsed: string } }>({
  opened: [
    async ({ installed }, use) => {
      const bin = join(installed.home, 'bin');
      const browsed = join(installed.home, 'browsed');
      mkdirSync(bin);
      writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${browsed}'\n`);
      chmodSync(join(bin, 'xdg-open'), 0o755);
      const window = await openWindow(installed, [], { PATH: `${bin}:${process.env['PATH']}` });
      await window.page.getByRole('navigation', { name: 'Main' }).waitFor();
      await use({ ...window, browsed });
      await window.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  page: async ({ opened }, use) => use(opened.page),
});

test.describe('the security checklist of Electron', () => {
  test('1 loads secure content only, and 8 no insecure content', async ({ page }) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const reached = await page.evaluate(async (at) => {
      const image = new Image();
      image.src = `${at}/image.png`;
      const script = document.createElement('script');
      script.src = `${at}/script.js`;
      document.body.append(image, script);
      return fetch(`${at}/fetch`).then(
        () => true,
        () => false,
      );
    }, address);
    server.close();
    expect({ reached, asked }).toEqual({ reached: false, asked: [] });
  });

  test('2 gives the page nothing of Node', async ({ page }) => {
    const names = ['require', 'process', 'module', 'global', 'Buffer', 'electron'];
    expect(await page.evaluate((all) => all.filter((name) => name in globalThis), names)).toEqual([]);
  });

  test('3 isolates the preload, and 20 exposes two functions of ours', async ({ page }) => {
    const found = await page.evaluate(() => ({
      names: Object.keys(window.framesBridge).toSorted(),
      isFrozen: Object.isFrozen(window.framesBridge),
      electron: Object.keys(globalThis).filter((name) => /ipc|webUtils|contextBridge/i.test(name)),
    }));
    expect(found).toEqual({ names: ['connect', 'grantDropped'], isFrozen: true, electron: [] });
  });

  test('4 sandboxes its page’s process', async ({ page, installed }) => {
    await expect(page).toHaveTitle(/FRAMES/);
    const all = processesOf(installed);
    // The program itself, which the launcher started, is among them.
    expect(all.filter(({ line }) => !line.includes('--type='))).toHaveLength(1);
    const renderers = all.filter(({ line }) => line.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    expect(all.filter(({ line }) => line.includes('--no-sandbox'))).toEqual([]);
    for (const { pid } of renderers)
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m);
  });

  test('5 denies permissions', async ({ page }) => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
      const ask = (name: string): Promise<string> =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'denied',
        );
      return Promise.all(names.map(ask));
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
  });

  test('6 keeps web security, and 18 reads no file', async ({ page }) => {
    expect(await page.evaluate(() => location.protocol)).toBe('app:');
    const read = await page.evaluate(() =>
      fetch('file:///etc/passwd').then(
        () => 'read',
        () => 'refused',
      ),
    );
    expect(read).toBe('refused');
  });

  test('7 has a content security policy without unsafe parts', async ({ page }) => {
    const policy = await page.evaluate(
      async () => (await fetch(location.href)).headers.get('Content-Security-Policy') ?? '',
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.planted = true';
      document.body.append(script);
      return 'planted' in window;
    });
    expect(ran).toBe(false);
  });

  test('9 and 10 enable no experimental features', async ({ page, installed }) => {
    await expect(page).toHaveTitle(/FRAMES/);
    const lines = processesOf(installed).map(({ line }) => line);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => /--enable-(experimental|blink-features=\w)/.test(line))).toEqual([]);
  });

  test('11 and 12 have no webview', async ({ page }) => {
    const kind = await page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.org');
      view.setAttribute('allowpopups', '');
      document.body.append(view);
      return { name: view.constructor.name, isActive: 'getWebContentsId' in view };
    });
    expect(kind).toEqual({ name: 'HTMLElement', isActive: false });
  });

  test('14 opens no other window, and 15 passes an address to the system only on a user’s action', async ({
    page,
    opened,
  }) => {
    const addresses = [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://host/share',
      'https://example.org/guide',
    ];
    const windows = await page.evaluate(
      (all) => all.map((address) => window.open(address) === null),
      addresses,
    );
    expect(windows).toEqual([true, true, true, true]);
    await goTo(page, 'Documents');
    const panel = await openRecord(page, 'Lessons learned of Outreach');
    const address = await panel.getByRole('textbox', { name: 'Web address' }).inputValue();
    expect(address).toMatch(/^https:/);
    await panel.getByRole('button', { name: 'Open in browser' }).click();
    await expect.poll(() => existsSync(opened.browsed)).toBe(true);
    // Only this one: the page alone opened nothing before.
    expect(readFileSync(opened.browsed, 'utf8')).toBe(`${address}\n`);
    expect(page.context().pages()).toHaveLength(1);
  });

  // After 14 and 15: Playwright's own actions would wait for these navigations to end.
  test('13 stays at its page', async ({ page }) => {
    const before = page.url();
    for (const address of [
      'https://example.org/',
      'file:///etc/passwd',
      'app://other/index.html',
      'data:text/html,x',
    ])
      await page.evaluate((to) => location.assign(to), address);
    const now = await page.evaluate(() => [location.href, document.querySelector('nav')?.ariaLabel]);
    expect(now).toEqual([before, 'Main']);
  });

  test('16 runs the Electron that the package names', async ({ page, installed }) => {
    const asar = join(programFolder(installed), 'resources/app.asar');
    const { electron } = JSON.parse(extractFile(asar, 'package.json').toString('utf8')) as {
      electron: { version: string };
    };
    expect(await page.evaluate(() => navigator.userAgent)).toContain(`Electron/${electron.version}`);
  });

  test('17 answers only the main frame of its own page', async ({ page }) => {
    const inFrame = await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const own = frame.contentWindow as unknown as { framesBridge?: unknown } | null;
      const found = own?.framesBridge !== undefined;
      frame.remove();
      return found;
    });
    expect(inFrame).toBe(false);
  });

  test('19 has set the fuses that let others run their code', async ({ installed }) => {
    const wire = await getCurrentFuseWire(join(programFolder(installed), 'frames'));
    for (const fuse of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ])
      expect(wire[fuse]).toBe(FuseState.DISABLE);
    expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  });
});
