import { join } from 'node:path';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import { clientOf } from '#test/support/sandboxes.ts';
import { seededRandom, TestClock } from '#test/support/seeded.ts';
import { expect, test } from './harness.ts';
import { NOW, startStill } from './lib/still.ts';
import { goTo } from './lib/window.ts';

const withoutWebgl = ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'];

test.setTimeout(180_000);

/** The place on the page of the drawn pixel that is farthest aside, to one side, in the middle of the line along which most are. */
function middleOfCurve(canvas: SVGElement | HTMLElement, side: number): { x: number; y: number } {
  if (!(canvas instanceof HTMLCanvasElement)) throw new TypeError('This is no canvas.');
  const { width, height } = canvas;
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  const drawn: { x: number; y: number }[] = [];
  for (let at = 0; at < width * height; at += 1)
    if ((data[4 * at + 3] ?? 0) > 40) drawn.push({ x: at % width, y: Math.floor(at / width) });
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    drawn.reduce((sum, point) => sum + of(point), 0) / drawn.length;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  // The direction in which the pixels are spread most.
  const [xx, yy] = [mean(({ x }) => (x - mx) ** 2), mean(({ y }) => (y - my) ** 2)];
  const angle = Math.atan2(2 * mean(({ x, y }) => (x - mx) * (y - my)), xx - yy) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = ({ x, y }: { x: number; y: number }): number => (x - mx) * cos + (y - my) * sin;
  const aside = ({ x, y }: { x: number; y: number }): number => side * ((y - my) * cos - (x - mx) * sin);
  // Arrowheads at the ends are wider than the curves are apart.
  const middle = drawn.filter((point) => along(point) ** 2 < (xx + yy) / 6);
  const far = middle.reduce((best, point) => (aside(point) > aside(best) ? point : best));
  const box = canvas.getBoundingClientRect();
  return { x: box.x + (far.x * box.width) / width, y: box.y + (far.y * box.height) / height };
}

for (const [drawn, args] of [
  ['with WebGL', undefined],
  ['without WebGL', withoutWebgl],
] as const)
  test(`opposite links are two curves, ${drawn}`, async ({ frames }) => {
    const { folder } = frames;
    const more = args ? { args } : {};
    const { page } = await startStill(frames, { folder, ground: 'empty', theme: 'light', ...more });
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
    for (const name of ['Thermal', 'Power'])
      await entities.create({ type: 'team', id: name, data: { name } });
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

    // Each is under the pointer where it is farthest from the other, and opens with a click.
    const canvas = (await layer.boundingBox()) ?? { x: 0, y: 0, height: 0 };
    const names = new Set<string>();
    const record = page.getByRole('complementary', { name: 'Record' });
    for (const side of [1, -1]) {
      await expect(async () => {
        // The name of the last curve goes first.
        const note = page.getByTestId('network-note');
        await page.mouse.move(canvas.x + 20, canvas.y + canvas.height / 2);
        await expect(note).toBeHidden({ timeout: 2000 });
        // The view may still move.
        const { x, y } = await layer.evaluate(middleOfCurve, side);
        await page.mouse.move(x, y);
        await expect(note).toHaveText(/^(Thermal → Power|Power → Thermal)$/, { timeout: 2000 });
        // The name of the other curve stays until the pointer is on this one.
        const name = await note.innerText();
        expect([...names]).not.toContain(name);
        await page.mouse.click(x, y);
        await expect(record).toBeVisible({ timeout: 5000 });
        names.add(name);
      }).toPass({ timeout: 60_000 });
      await page.keyboard.press('Escape');
      await expect(record).toBeHidden();
    }
    expect(names.size).toBe(2);
  });
