import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { answerDialogs } from './lib/hands.ts';
import { canvas, choose, cursorAt, drag, find, openNetwork, panel, settled } from './lib/network.ts';
import { countOf, noticeOf } from './lib/window.ts';

test('records are found, walked, gathered, linked and moved; layouts group them, and the picture is saved', async ({
  frames,
}) => {
  const running = await openNetwork(frames);
  const { page } = running;
  await test.step('a record is found, opened, walked from with the keyboard, and closed', async () => {
    const found = await find(page, 'Open Ground Network');
    // At once with the move that brings the pointer there, as a quick hand does it.
    await page.mouse.click(found.x, found.y, { button: 'right' });
    await expect(page.getByRole('menuitem', { name: 'Show neighbourhood' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    await canvas(page).focus();
    await page.keyboard.press('PageDown');
    await expect(panel(page).getByRole('heading', { name: 'Open Ground Network' })).toBeHidden();
    await expect(canvas(page).getByRole('status')).toHaveText(/, (team|faculty member|project), \d+ links?$/);
    const at = await cursorAt(page);
    await page.keyboard.press('ArrowRight');
    expect((await cursorAt(page)).x).toBeGreaterThan(at.x);
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
    await expect(canvas(page)).toBeFocused();
  });

  await test.step('two nodes are gathered and linked with the keyboard alone', async () => {
    await find(page, 'Autonomy');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(page.getByRole('toolbar', { name: '2 selected' })).toBeVisible();
    await page.keyboard.press('Control+L');
    await expect(panel(page).getByRole('textbox', { name: 'With', exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(countOf(page, 'Links')).toHaveText(/174$/);
    await canvas(page).focus();
    await page.keyboard.press('Control+Z');
    await expect(countOf(page, 'Links')).toHaveText(/173$/);
  });

  await test.step('a link is drawn from node to node, and can be undone', async () => {
    const from = await find(page, 'Autonomy');
    await page.keyboard.press('ArrowRight');
    const to = await cursorAt(page);
    expect(to).not.toEqual(from);
    // With the handle of the node that is selected, back to where one came from.
    const handle = await page.getByRole('button', { name: /^Draw a link from / }).boundingBox();
    await drag(page, { x: (handle?.x ?? 0) + 11, y: (handle?.y ?? 0) + 11 }, from);
    await expect(panel(page).getByRole('textbox', { name: 'With', exact: true })).toHaveValue(/Autonomy/);
    await panel(page).getByRole('button', { name: 'Cancel' }).click();
    await canvas(page).focus();
    await page.keyboard.press('l');
    await expect(page.getByText('Drag from one record to another')).toBeVisible();
    await drag(page, from, to);
    await panel(page)
      .getByRole('radio', { name: /By chance/ })
      .check();
    await panel(page).getByRole('button', { name: 'Add link' }).click();
    await expect(countOf(page, 'Links')).toHaveText(/174$/);
    await expect(panel(page).getByRole('heading', { name: /Autonomy/ })).toBeVisible();
    await canvas(page).focus();
    await page.keyboard.press('Control+Z');
    await expect(countOf(page, 'Links')).toHaveText(/173$/);
  });

  await test.step('a dragged node keeps its place, which is undone', async () => {
    const from = await find(page, 'Magnetometer');
    const to = { x: from.x + 70, y: from.y - 60 };
    await drag(page, from, to);
    const moved = await cursorAt(page);
    expect(Math.abs(moved.x - to.x) + Math.abs(moved.y - to.y)).toBeLessThan(8);
    const openMore = async () => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      return page.getByRole('menuitem', { name: 'Reset positions' });
    };
    await expect(await openMore()).toBeEnabled();
    await page.keyboard.press('Escape');
    await canvas(page).focus();
    await page.keyboard.press('Control+Z');
    await expect(noticeOf(page, /^Undone/)).toBeVisible();
    await expect(await openMore()).toBeDisabled();
    await page.keyboard.press('Escape');
  });

  await test.step('layouts place records in groups, and by forces again', async () => {
    const byForces = await find(page, 'Magnetometer');
    await page.keyboard.press('0');
    await choose(running, 'network.layout.lifecycle');
    for (const stage of ['incoming', 'established', 'outgoing'])
      await expect(canvas(page).getByText(new RegExp(`^${stage} \\d+$`))).toBeVisible();
    expect(await cursorAt(page)).not.toEqual(byForces);
    await choose(running, 'network.layout.university');
    await expect(canvas(page).getByText(/^Northgate Institute of Technology \d+$/)).toBeVisible();
    await choose(running, 'network.layout.discipline');
    await expect(canvas(page).getByText(/^software \d+$/)).toBeVisible();
    const inGroups = await cursorAt(page);
    await choose(running, 'network.layout.force');
    await settled(page);
    await expect.poll(async () => JSON.stringify(await cursorAt(page))).not.toBe(JSON.stringify(inGroups));
  });

  await test.step('the picture is saved as PNG and as SVG', async () => {
    const size = await canvas(page).boundingBox();
    const png = join(frames.folder, 'picture.png');
    await answerDialogs(running, png);
    await choose(running, 'network.png');
    await expect(noticeOf(page, 'Saved “picture.png”')).toBeVisible();
    const bytes = readFileSync(png);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    // Beside the picture stands its legend, above it what it is.
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(Math.round((size?.width ?? 0) * 2));
    expect(bytes.length).toBeGreaterThan(20_000);

    const svg = join(frames.folder, 'picture.svg');
    await answerDialogs(running, svg);
    await choose(running, 'network.svg');
    await expect(noticeOf(page, 'Saved “picture.svg”')).toBeVisible();
    const text = readFileSync(svg, 'utf8');
    const problems = await page.evaluate((source) => {
      const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
      return {
        error: parsed.querySelector('parsererror')?.textContent ?? null,
        lines: parsed.querySelectorAll('path').length,
      };
    }, text);
    expect(problems.error).toBeNull();
    expect(problems.lines).toBeGreaterThan(114 + 173 - 1);
    expect(text).toContain('Autonomy');
    expect(text).toMatch(/<title>Sample · Network – .*173 links.* 20\d\d<\/title>/);
  });
});

/** How many px something is drawn on, of a layer of the network. */
const drawnOn = (page: Page, layer: 'nodes' | 'edges') =>
  page.locator(`canvas.sigma-${layer}`).evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element;
    const { data } = element.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
    return data.filter((value, at) => at % 4 === 3 && value > 0).length;
  });

test('without WebGL the network is drawn all the same, and used like any', async ({ frames }) => {
  const running = await openNetwork(frames, { args: ['--disable-gpu', '--disable-3d-apis'] });
  const { page } = running;
  await expect(page.getByText(/^WebGL is missing/)).toBeVisible();
  await accessible(page, 'network without WebGL');
  for (const layer of ['nodes', 'edges'] as const) expect(await drawnOn(page, layer)).toBeGreaterThan(2000);

  const at = await find(page, 'Magnetometer');
  const heading = panel(page).getByRole('heading', { name: 'Magnetometer' });
  await page.keyboard.press('ArrowRight');
  await expect(heading).toBeHidden();
  await page.mouse.click(at.x, at.y);
  await expect(heading).toBeVisible();

  // A press right after the click would be the second of a double click.
  const from = await cursorAt(page);
  const to = { x: from.x + 70, y: from.y - 60 };
  await drag(page, from, to);
  const moved = await cursorAt(page);
  expect(Math.abs(moved.x - to.x) + Math.abs(moved.y - to.y)).toBeLessThan(8);
  await page.mouse.move(to.x - 100, to.y);
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await cursorAt(page)).x).toBeGreaterThan(to.x + 20);
});
