import { join } from 'node:path';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import { clientOf } from '#test/support/sandboxes.ts';
import { seededRandom, TestClock } from '#test/support/seeded.ts';
import { expect, test } from './harness.ts';
import { NOW, startStill } from './lib/still.ts';
import { goTo } from './lib/window.ts';

test.setTimeout(180_000);

/** The middle of what is drawn, on the page, and the direction across the line along which most of it lies. */
function acrossCurves(canvas: SVGElement | HTMLElement): { x: number; y: number; dx: number; dy: number } {
  if (!(canvas instanceof HTMLCanvasElement)) throw new TypeError('This is no canvas.');
  const { width, height } = canvas;
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  const drawn: { x: number; y: number }[] = [];
  for (let at = 0; at < width * height; at += 1)
    if ((data[4 * at + 3] ?? 0) > 40) drawn.push({ x: at % width, y: Math.floor(at / width) });
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    drawn.reduce((sum, point) => sum + of(point), 0) / drawn.length;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  const [xx, yy] = [mean(({ x }) => (x - mx) ** 2), mean(({ y }) => (y - my) ** 2)];
  const angle = Math.atan2(2 * mean(({ x, y }) => (x - mx) * (y - my)), xx - yy) / 2;
  const box = canvas.getBoundingClientRect();
  const scale = box.width / width;
  return { x: box.x + mx * scale, y: box.y + my * scale, dx: -Math.sin(angle), dy: Math.cos(angle) };
}

test('opposite links are two curves', async ({ frames }) => {
  const { folder } = frames;
  const { page } = await startStill(frames, { folder, ground: 'empty', theme: 'light' });
  // The first picture is drawn in software, which takes long where much else runs.
  page.setDefaultTimeout(60_000);
  const clock = new TestClock(NOW.getTime());
  const random = seededRandom(7);
  const core = await openCore({
    workspace: join(folder, 'empty-light'),
    clock,
    random,
    ids: createIds(clock, random),
    log: silentLog,
    holder: { kind: 'test', label: 'a test' },
  });
  const { entities } = clientOf(core);
  for (const name of ['Thermal', 'Power']) await entities.create({ type: 'team', id: name, data: { name } });
  await entities.create({ type: 'interface', data: { from: 'Thermal', to: 'Power' } });
  await entities.create({ type: 'interface', data: { from: 'Power', to: 'Thermal' } });
  await core.close();

  await goTo(page, 'Network');
  const layer = page.locator('canvas.sigma-edgeLabels');
  await expect(layer).toBeVisible({ timeout: 60_000 });
  const drawnPixels = (): Promise<number> =>
    layer.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      return data.filter((value, at) => at % 4 === 3 && value > 0).length;
    });
  await expect.poll(drawnPixels, { timeout: 30_000 }).toBeGreaterThan(50);
  // Where the layout put the two close together, their curves have a few dots each.
  await page.getByRole('button', { name: 'Show everything' }).click();

  // From outside towards the middle, the first that is named is the curve of that side; a click opens it.
  const note = page.getByTestId('network-note');
  const record = page.getByRole('complementary', { name: 'Record' });
  const names = new Set<string>();
  for (const side of [1, -1]) {
    await expect(async () => {
      // The view may still move.
      const { x, y, dx, dy } = await layer.evaluate(acrossCurves);
      let named = '';
      for (let away = 120; named === '' && away > 0; away -= 3) {
        const at = { x: x + side * away * dx, y: y + side * away * dy };
        await page.mouse.move(at.x, at.y);
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        if (!(await note.isVisible())) continue;
        named = await note.innerText();
        await page.mouse.click(at.x, at.y);
      }
      expect(named).toMatch(/^(Thermal → Power|Power → Thermal)$/);
      await expect(record).toBeVisible({ timeout: 5000 });
      names.add(named);
    }).toPass({ timeout: 60_000 });
    await page.keyboard.press('Escape');
    await expect(record).toBeHidden();
  }
  expect(names.size).toBe(2);
});
