import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { canvas, cursorAt, drag, find, openNetwork } from './lib/network.ts';

const legend = (page: Page) => page.getByRole('region', { name: 'Legend', exact: true });

/** A place of the picture under which there is neither a record nor a link. */
async function emptyPlace(page: Page): Promise<{ x: number; y: number }> {
  const box = await canvas(page).boundingBox();
  if (!box) throw new Error('There is no canvas.');
  for (const [x, y] of [
    [0.5, 0.08],
    [0.62, 0.1],
    [0.4, 0.12],
    [0.55, 0.3],
    [0.45, 0.7],
    [0.6, 0.9],
  ] as const) {
    const at = { x: box.x + box.width * x, y: box.y + box.height * y };
    await page.mouse.move(at.x, at.y, { steps: 3 });
    const over = await page.evaluate(
      (point) => document.elementFromPoint(point.x, point.y) instanceof HTMLCanvasElement,
      at,
    );
    if (over && (await canvas(page).evaluate((element) => element.style.cursor)) === 'grab') return at;
  }
  throw new Error('Everywhere is something.');
}

test('the picture is moved and enlarged, and its colours and sizes follow a field, which the legend explains', async ({
  frames,
}) => {
  const { page } = await openNetwork(frames);
  await test.step('records are coloured and sized by a field', async () => {
    await expect(legend(page).getByRole('heading', { name: 'Colour: lifecycle' })).toBeVisible();
    await page.getByRole('button', { name: 'Size: links · Colour: lifecycle' }).click();
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('Discipline');
    await page.getByRole('combobox', { name: 'Size by' }).selectOption('Size');
    await page.keyboard.press('Escape');
    const chosen = page.getByRole('button', { name: 'Size: size · Colour: discipline' });
    await expect(chosen).toBeVisible();
    await expect(legend(page).getByRole('heading', { name: 'Colour: discipline' })).toBeVisible();
    await expect(legend(page).getByRole('listitem').filter({ hasText: 'software' })).toHaveText(/\d+$/);
  });

  await test.step('pointer, wheel, buttons and overview move and enlarge it', async () => {
    await find(page, 'Magnetometer');
    await page.keyboard.press('Escape');
    await page.keyboard.press('0');
    await find(page, 'Autonomy');
    const first = await cursorAt(page);
    const empty = await emptyPlace(page);
    await drag(page, empty, { x: empty.x + 60, y: empty.y + 40 });
    const moved = await cursorAt(page);
    // What was pushed glides on a little.
    expect(moved.x - first.x).toBeGreaterThan(50);
    expect(moved.y - first.y).toBeGreaterThan(30);

    // The wheel enlarges around the pointer: what stands beside it goes away from it.
    await page.mouse.move(moved.x - 80, moved.y);
    await page.mouse.wheel(0, -200);
    await expect.poll(async () => (await cursorAt(page)).x).toBeGreaterThan(moved.x + 10);
    const near = await cursorAt(page);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect.poll(async () => JSON.stringify(await cursorAt(page))).not.toBe(JSON.stringify(near));

    const far = await cursorAt(page);
    const overview = page.getByRole('img', { name: 'Overview: drag to move the view' });
    await overview.click({ position: { x: 30, y: 30 } });
    await expect.poll(async () => JSON.stringify(await cursorAt(page))).not.toBe(JSON.stringify(far));
    await page.getByRole('button', { name: 'Show everything' }).click();
    const box = await canvas(page).boundingBox();
    const at = await cursorAt(page);
    expect(at.x > (box?.x ?? 0) && at.x < (box?.x ?? 0) + (box?.width ?? 0)).toBe(true);
    expect(at.y > (box?.y ?? 0) && at.y < (box?.y ?? 0) + (box?.height ?? 0)).toBe(true);
  });
});
