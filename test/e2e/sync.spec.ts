import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { keptPort } from '#test/support/kept-port.ts';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { answerDialogs } from './lib/hands.ts';
import { addUser, endServer, fillSignIn, serve } from './lib/server.ts';
import { cellOf, goTo, noticeOf, openRecord, panelOf } from './lib/window.ts';

const chip = (page: Page, text: string | RegExp) =>
  page.getByRole('contentinfo').getByRole('button', { name: text });

async function rename(page: Page, from: string, to: string): Promise<void> {
  await goTo(page, 'Teams');
  await cellOf(page, from).click();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
  await expect(cellOf(page, to)).toBeVisible();
}

test('two apps and a server converge after offline edits and failures of the server', async ({ frames }) => {
  test.setTimeout(180_000);
  const port = await keptPort();
  const folder = join(frames.folder, 'server');
  let server = await serve(folder, port);
  const { url } = server;
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
    await fillSignIn(ada.page, url, 'ada@example.org');
    await ada.page.getByLabel('First admin of a new server').check();
    await ada.page.getByLabel('First-admin token').fill(server.bootstrap_token ?? '');
    await ada.page.getByLabel('Your name').fill('Ada');
    await ada.page.getByRole('button', { name: 'Join server' }).click();
    await expect(chip(ada.page, /Up to date/)).toBeVisible({ timeout: 20_000 });

    await addUser(url, 'bob@example.org', 'Bob');
    await fillSignIn(bob.page, url, 'bob@example.org');
    await bob.page.getByRole('button', { name: 'Join server' }).click();
    await expect(chip(bob.page, /Up to date/)).toBeVisible({ timeout: 20_000 });
    await goTo(bob.page, 'Teams');
    await expect(cellOf(bob.page, 'Radio')).toBeVisible();

    // The server is gone; both change the same name, and each something else.
    await endServer(server);
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
    await ada.page.getByRole('button', { name: 'Use replaced value' }).click();
    await expect(chip(ada.page, /Up to date/)).toBeVisible({ timeout: 20_000 });
    await goTo(bob.page, 'Teams');
    await expect(cellOf(bob.page, 'Radio of Ada')).toBeVisible({ timeout: 40_000 });

    // Ada tries something in Play and shares it; Bob takes a copy.
    await goTo(ada.page, 'Play');
    await ada.page.getByRole('button', { name: 'New sandbox…' }).click();
    await ada.page.getByRole('textbox', { name: 'Name' }).fill('What if');
    await ada.page.getByRole('button', { name: 'Create and open' }).click();
    await expect(ada.page.getByRole('button', { name: 'Back to live' })).toBeVisible({ timeout: 20_000 });
    await rename(ada.page, 'Radio of Ada', 'Radio tried');
    await ada.page.getByRole('button', { name: 'Back to live' }).click();
    await expect(ada.page.getByRole('button', { name: 'Back to live' })).toBeHidden({ timeout: 20_000 });
    await goTo(ada.page, 'Play');
    await ada.page.getByRole('button', { name: 'More for “What if”' }).click();
    await ada.page.getByRole('menuitem', { name: 'Share with university…' }).click();
    await ada.page.getByLabel('Description').fill('Another name for the radio team');
    await ada.page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(ada.page.getByText('“What if” is shared')).toBeVisible({ timeout: 20_000 });
    await goTo(bob.page, 'Play');
    await bob.page.getByRole('button', { name: 'Take a copy of “What if”' }).click({ timeout: 40_000 });
    await bob.page.getByRole('button', { name: 'Create and open' }).click();
    await expect(bob.page.getByRole('button', { name: 'Back to live' })).toBeVisible({ timeout: 20_000 });
    await goTo(bob.page, 'Teams');
    await expect(cellOf(bob.page, 'Radio tried')).toBeVisible({ timeout: 20_000 });
    await bob.page.getByRole('button', { name: 'Back to live' }).click();
    await expect(bob.page.getByRole('button', { name: 'Back to live' })).toBeHidden({ timeout: 20_000 });

    // Each sees what the other one has open.
    await goTo(ada.page, 'Teams');
    await openRecord(ada.page, 'Radio of Ada');
    await goTo(bob.page, 'Teams');
    const panel = await openRecord(bob.page, 'Radio of Ada');
    await expect(panel.getByText('Ada has this open')).toBeVisible({ timeout: 20_000 });

    // Ada attaches a file; Bob gets it when he needs it, and is told where it is without the server.
    const notes = join(frames.folder, 'Notes.txt');
    writeFileSync(notes, 'Restart it with the grey switch.');
    await answerDialogs(ada, notes);
    const adas = panelOf(ada.page);
    await adas.getByRole('tab', { name: /^Notes/ }).click();
    await adas.getByRole('button', { name: 'Attach file…' }).click();
    await expect(noticeOf(ada.page, 'Attached “Notes”')).toBeVisible();
    await expect(chip(ada.page, /Up to date/)).toBeVisible({ timeout: 30_000 });
    await panel.getByRole('tab', { name: /^Notes/ }).click();
    await panel.getByRole('button', { name: 'Notes', exact: true }).click({ timeout: 40_000 });
    await expect(panel.getByText(/^Not on this computer/)).toBeVisible();
    await endServer(server);
    const saved = join(frames.folder, 'Saved.txt');
    await answerDialogs(bob, saved);
    await panel.getByRole('button', { name: 'Save as…' }).click();
    await expect(bob.page.getByText('The file is on the server, which cannot be reached')).toBeVisible({
      timeout: 20_000,
    });
    server = await serve(folder, port);
    // Until the application has noticed that the server is back, it may refuse.
    await expect(async () => {
      await panel.getByRole('button', { name: 'Save as…' }).click();
      await expect(noticeOf(bob.page, 'Saved Saved.txt')).toBeVisible({ timeout: 3000 });
    }).toPass({ timeout: 40_000 });
    expect(readFileSync(saved, 'utf8')).toBe('Restart it with the grey switch.');
    await expect(panel.getByText('Search finds its words.')).toBeVisible();

    await frames.quit(ada);
    await frames.quit(bob);
    for (const workspace of workspaces) expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true });
  } finally {
    await endServer(server);
  }
});
