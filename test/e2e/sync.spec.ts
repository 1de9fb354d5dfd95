import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { cellOf, goTo } from './lib/window.ts';

const password = 'correct horse battery';

interface Served {
  url: string;
  bootstrap_token: string | null;
  child: ChildProcess;
}

/** Starts a server as the guide says, and waits for the line that says it is ready. */
async function serve(folder: string, port: number): Promise<Served> {
  const args = ['serve', '--trial', folder, '--port', String(port), '--json'];
  const child = spawn(join(root, 'bin', 'frames'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [
    string,
  ];
  return { ...(JSON.parse(line) as { url: string; bootstrap_token: string | null }), child };
}

async function end({ child }: Served): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

async function addUser(url: string, email: string, name: string): Promise<void> {
  const call = async (path: string, body: object, token?: string): Promise<{ access_token: string }> => {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.ok).toBe(true);
    return (await answer.json()) as { access_token: string };
  };
  const { access_token } = await call('auth/token', { email: 'ada@example.org', password });
  await call('users', { email, password, name, role: 'researcher' }, access_token);
}

const chip = (page: Page, text: string | RegExp) =>
  page.getByRole('contentinfo').getByRole('button', { name: text });

async function join_(page: Page, url: string, email: string): Promise<void> {
  await goTo(page, 'Sync');
  await page.getByLabel('Server address').fill(url);
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await goTo(page, 'Teams');
  await cellOf(page, from).click();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
  await expect(cellOf(page, to)).toBeVisible();
}

test('two apps and a server meet after offline edits, and the conflict is resolved', async ({ frames }) => {
  test.setTimeout(180_000);
  const port = await freePort();
  const folder = join(frames.folder, 'server');
  let server = await serve(folder, port);
  try {
    const workspaces = ['Ada', 'Bob'].map((name) => join(frames.folder, name));
    const [ada, bob] = await Promise.all(
      workspaces.map((workspace, at) =>
        frames.start({ workspace, userData: join(frames.folder, `user-${at}`) }),
      ),
    );
    if (!ada || !bob) throw new Error('an application did not start');

    // Ada has a team, and is the first admin of a new server.
    await goTo(ada.page, 'Teams');
    await ada.page.getByRole('button', { name: 'New team' }).first().click();
    await ada.page.getByRole('textbox', { name: 'Name' }).fill('Radio');
    await ada.page.getByRole('button', { name: 'Create team' }).click();
    await expect(cellOf(ada.page, 'Radio')).toBeVisible();
    await join_(ada.page, server.url, 'ada@example.org');
    await ada.page.getByLabel('First admin of a new server').check();
    await ada.page.getByLabel('Bootstrap token').fill(server.bootstrap_token ?? '');
    await ada.page.getByLabel('Your name').fill('Ada');
    await ada.page.getByRole('button', { name: 'Join server' }).click();
    await expect(chip(ada.page, /In step/)).toBeVisible({ timeout: 20_000 });

    await addUser(server.url, 'bob@example.org', 'Bob');
    await join_(bob.page, server.url, 'bob@example.org');
    await bob.page.getByRole('button', { name: 'Join server' }).click();
    await expect(chip(bob.page, /In step/)).toBeVisible({ timeout: 20_000 });
    await goTo(bob.page, 'Teams');
    await expect(cellOf(bob.page, 'Radio')).toBeVisible();

    // The server is gone; both change the same name, and each something else.
    await end(server);
    await rename(ada.page, 'Radio', 'Radio of Ada');
    await expect(chip(ada.page, /1 pending|Offline/)).toBeVisible({ timeout: 20_000 });
    await rename(bob.page, 'Radio', 'Radio of Bob');
    await expect(chip(bob.page, /1 pending|Offline/)).toBeVisible({ timeout: 20_000 });

    server = await serve(folder, port);
    for (const { page } of [ada, bob]) {
      await goTo(page, 'Sync');
      await page.getByRole('main').getByRole('button', { name: 'Sync now' }).click();
    }
    for (const { page } of [ada, bob]) {
      await page.getByRole('main').getByRole('button', { name: 'Sync now' }).click();
      await expect(chip(page, /1 conflict/)).toBeVisible({ timeout: 30_000 });
      await goTo(page, 'Teams');
      await expect(cellOf(page, 'Radio of Bob')).toBeVisible({ timeout: 20_000 });
    }

    // Ada chooses her own value after all, and Bob gets it.
    await goTo(ada.page, 'Sync');
    await ada.page.getByRole('button', { name: 'Use the other' }).click();
    await expect(chip(ada.page, /In step/)).toBeVisible({ timeout: 20_000 });
    await goTo(bob.page, 'Teams');
    await expect(cellOf(bob.page, 'Radio of Ada')).toBeVisible({ timeout: 40_000 });

    await frames.quit(ada);
    await frames.quit(bob);
    for (const workspace of workspaces) expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true });
  } finally {
    await end(server);
  }
});
