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
  });
