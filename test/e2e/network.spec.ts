import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { answerDialogs, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { canvas, choose, cursorAt, drag, drawn, find, openNetwork, panel, settled } from './lib/network.ts';
import { countOf, goTo, noticeOf, openRecord } from './lib/window.ts';

test('a record is found, opened, walked from with the keyboard, and closed', async ({ frames }) => {
  const { page } = await openNetwork(frames);
  const found = await find(page, 'Open Ground Network');
  // At once with the move that brings the pointer there, as a quick hand does it.
  await page.mouse.click(found.x, found.y, { button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Show around this record' })).toBeVisible();
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

test('dragging a node saves its place, over a restart, and can be undone', async ({ frames }) => {
  const first = await openNetwork(frames);
  const from = await find(first.page, 'Magnetometer');
  const to = { x: from.x + 70, y: from.y - 60 };
  await drag(first.page, from, to);
  const moved = await cursorAt(first.page);
  expect(Math.abs(moved.x - to.x) + Math.abs(moved.y - to.y)).toBeLessThan(8);
  const forget = async ({ page }: Running) => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    return page.getByRole('menuitem', { name: 'Forget saved positions' });
  };
  await expect(await forget(first)).toBeEnabled();
  await first.page.keyboard.press('Escape');
  await frames.quit(first);

  const second = await frames.start({ args: drawn });
  await ready(second);
  await expect(canvas(second.page)).toBeVisible();
  await settled(second.page);
  await expect(await forget(second)).toBeEnabled();
  await second.page.keyboard.press('Escape');
  await canvas(second.page).focus();
  await second.page.keyboard.press('Control+Z');
  await expect(noticeOf(second.page, /^Undid/)).toBeVisible();
  await expect(await forget(second)).toBeDisabled();
});

test('a link is drawn from node to node, and can be undone', async ({ frames }) => {
  const { page } = await openNetwork(frames);
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
  await panel(page).getByLabel('Bond', { exact: true }).fill('fragile');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('textbox', { name: /Energy lost/ })).toHaveValue('60');
  await panel(page).getByRole('button', { name: 'Add link' }).click();
  await expect(countOf(page, 'Links')).toHaveText(/174$/);
  await expect(panel(page).getByRole('heading', { name: /Autonomy/ })).toBeVisible();
  await canvas(page).focus();
  await page.keyboard.press('Control+Z');
  await expect(countOf(page, 'Links')).toHaveText(/173$/);
});

test('two nodes are gathered and linked with the keyboard alone', async ({ frames }) => {
  const { page } = await openNetwork(frames);
  await find(page, 'Autonomy');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByRole('toolbar', { name: '2 selected' })).toBeVisible();
  await page.keyboard.press('Control+L');
  await expect(panel(page).getByRole('textbox', { name: 'With', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(countOf(page, 'Links')).toHaveText(/174$/);
});

test('nodes are selected by drawing around them, and shown as a list', async ({ frames }) => {
  const { page } = await openNetwork(frames);
  const box = await canvas(page).boundingBox();
  if (!box) throw new Error('There is no canvas.');
  await canvas(page).focus();
  await page.keyboard.press('k');
  const corners = [
    [0.4, 0.15],
    [0.85, 0.15],
    [0.85, 0.85],
    [0.4, 0.85],
    [0.4, 0.2],
  ] as const;
  for (const [at, [x, y]] of corners.entries()) {
    await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 6 });
    if (at === 0) await page.mouse.down();
  }
  await page.mouse.up();
  const bar = page.getByRole('toolbar', { name: /selected$/ });
  await expect(bar).toBeVisible();
  const count = Number(/\d+/.exec((await bar.getByRole('status').textContent()) ?? '')?.[0]);
  expect(count).toBeGreaterThan(20);
  expect(count).toBeLessThan(114);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await page.keyboard.press('Control+A');
  await expect(page.getByRole('toolbar', { name: '114 selected' })).toBeVisible();
  await page.getByRole('button', { name: 'Show as list' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
});

test('a local graph grows with its depth', async ({ frames }) => {
  const running = await frames.start({ args: drawn });
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  const record = await openRecord(page, 'Autonomy');
  await record.getByRole('tab', { name: /^Links/ }).click();
  await record.getByRole('button', { name: 'Show in network' }).click();
  await expect(page.getByText('Around Autonomy')).toBeVisible();
  const shown = async () => Number(/\d+/.exec((await canvas(page).getAttribute('aria-label')) ?? '')?.[0]);
  await expect.poll(shown).toBeGreaterThan(1);
  const near = await shown();
  await page.getByRole('button', { name: 'Depth 1' }).click();
  await page.getByRole('menuitemradio', { name: '2 steps' }).click();
  await expect.poll(shown).toBeGreaterThan(near);
  await page.getByRole('button', { name: 'Show the whole network' }).click();
  await expect.poll(shown).toBe(114);
});

test('layouts place records in groups, and by forces again', async ({ frames }) => {
  const running = await openNetwork(frames);
  const { page } = running;
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

test('the picture is saved as PNG and as SVG', async ({ frames }) => {
  const running = await openNetwork(frames);
  const { page } = running;
  const size = await canvas(page).boundingBox();
  const png = join(frames.folder, 'picture.png');
  await answerDialogs(running, png);
  await choose(running, 'network.png');
  await expect(noticeOf(page, 'Saved picture.png')).toBeVisible();
  const bytes = readFileSync(png);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  // Beside the picture stands its legend, above it what it is.
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(Math.round((size?.width ?? 0) * 2));
  expect(bytes.length).toBeGreaterThan(20_000);

  const svg = join(frames.folder, 'picture.svg');
  await answerDialogs(running, svg);
  await choose(running, 'network.svg');
  await expect(noticeOf(page, 'Saved picture.svg')).toBeVisible();
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

test('what others change is drawn without losing the place', async ({ frames }) => {
  const { page } = await openNetwork(frames);
  const before = await find(page, 'Magnetometer');
  await panel(page).getByRole('textbox', { name: 'Name', exact: true }).fill('Magnetometer boom');
  await panel(page).getByRole('textbox', { name: 'Name', exact: true }).blur();
  await expect(panel(page).getByRole('heading', { name: 'Magnetometer boom' })).toBeVisible();
  expect(await cursorAt(page)).toEqual(before);
  // What the search box finds stays in the network, where it is shown.
  await page.keyboard.press('Control+K');
  await page.keyboard.type('autonomy');
  await expect(page.locator('[data-selected]')).toHaveText(/^Autonomy/);
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { name: 'Autonomy' })).toBeVisible();
  await expect(canvas(page)).toHaveAccessibleName('Network of 114 records');
  expect(await cursorAt(page)).not.toEqual(before);
});

test('without WebGL the network says so, and everything else goes on', async ({ frames }) => {
  const running = await frames.start({ args: ['--disable-gpu', '--disable-3d-apis'] });
  const { page } = running;
  await ready(running);
  await goTo(page, 'Network');
  await expect(page.getByRole('heading', { name: 'This computer cannot draw the network' })).toBeVisible();
  await accessible(page, 'network without WebGL');
  await frames.picture(running, 'network-without-webgl');
  await page
    .getByRole('region', { name: 'List of what is shown' })
    .getByRole('button', { name: /^Autonomy/ })
    .click();
  await expect(panel(page).getByRole('heading', { name: 'Autonomy' })).toBeVisible();
  await page.getByRole('button', { name: 'Open teams' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
});
