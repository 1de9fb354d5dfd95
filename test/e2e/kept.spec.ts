import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { goTo, openRecord } from './lib/window.ts';

interface Counted {
  documents: number;
  nodes: number;
  listeners: number;
}

/** What the window keeps, also of what is shown no more, after it was made to tidy up. */
async function counted(page: Page): Promise<Counted> {
  const session = await page.context().newCDPSession(page);
  // What is only reachable from finished callbacks goes in a later round.
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { documents, nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { documents, nodes, listeners: jsEventListeners };
}

/** Goes once through much of the window, and comes back home. */
async function goRound(running: Running): Promise<void> {
  const { page } = running;
  for (const theme of ['view.dark', 'view.light']) {
    await chooseMenu(running, theme);
    await goTo(page, 'History');
    await page.getByRole('button', { name: 'When', exact: true }).click();
    await page.getByRole('textbox', { name: 'From', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('option').first().click();
    await page.getByRole('button', { name: 'Close (Esc)' }).waitFor();
  }
  await goTo(page, 'Teams');
  await openRecord(page, 'Autonomy');
  await page.keyboard.press('Escape');
  await goTo(page, 'Links');
  await page.getByRole('gridcell').first().waitFor();
  await goTo(page, 'Network');
  await page.getByRole('button', { name: 'Show everything' }).waitFor();
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Search everything' }).fill('autonomy');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await chooseMenu(running, 'file.preferences');
  await page.getByRole('heading', { name: 'Preferences', level: 1 }).waitFor();
  await page.keyboard.press('Control+W');
  await goTo(page, 'Home');
  await page.getByText('Recent changes').waitFor();
}

test('who goes round the window again and again leaves nothing behind', async ({ frames }) => {
  const running = await frames.start({ alone: true });
  await ready(running);
  const rounds: Counted[] = [];
  for (let round = 0; round < 4; round += 1) {
    await goRound(running);
    rounds.push(await counted(running.page));
  }
  // What gives the focus back, as a menu does, remembers what had it, and with it the view in which that stood: one, not more each time.
  const [early, late] = [rounds.slice(0, 2), rounds.slice(-2)];
  for (const what of ['documents', 'nodes', 'listeners'] as const) {
    const [most, least] = [
      Math.max(...early.map((one) => one[what])),
      Math.min(...late.map((one) => one[what])),
    ];
    expect(least, `${what}: ${rounds.map((one) => one[what]).join(' ')}`).toBeLessThanOrEqual(most);
  }
});
