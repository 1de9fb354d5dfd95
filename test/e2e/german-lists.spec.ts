import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import { createIds } from '#core/kernel/system.ts';
import { seededRandom, TestClock } from '#test/support/seeded.ts';
import { expect, test } from './harness.ts';
import type { Frames } from './harness.ts';
import { cutTexts } from './lib/cut.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { settled, sizeTo } from './lib/look.ts';
import type { Size } from './lib/look.ts';
import { makeStill } from './lib/still.ts';

const sizes: readonly Size[] = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

/** Adds a project that has a field of its own. */
async function addProject(workspace: string, data: Record<string, string | number>): Promise<void> {
  const clock = new TestClock();
  const random = seededRandom(2);
  const holder = { kind: 'test', label: 'a test' } as const;
  const core = await openCore({
    workspace,
    clock,
    random,
    ids: createIds(clock, random),
    log: silentLog,
    holder,
  });
  await core.client(core.session()).entities.create({ type: 'project', data });
  await core.close();
}

async function german(frames: Frames, size: Size): Promise<Running> {
  const workspace = await makeStill(join(frames.folder, 'still'), 'sample');
  await addProject(workspace, { name: 'Falke', 'Bewilligte Fördersumme': 1200 });
  const userData = join(frames.folder, 'user');
  mkdirSync(userData, { recursive: true });
  const seat = { version: 1, theme: 'light', language: 'de', items: {} };
  writeFileSync(join(userData, 'seat.json'), JSON.stringify(seat));
  const running = await frames.start({ userData, workspace, args: ['--force-prefers-reduced-motion'] });
  await ready(running);
  await sizeTo(running, size);
  return running;
}

async function goToList(running: Running, type: string): Promise<void> {
  await chooseMenu(running, `go.${type}`);
  await expect(running.page.getByRole('grid')).toBeVisible();
}

/** Texts whose place is narrower than they are. */
const cutIn = (page: Page, selector: string): Promise<string[]> =>
  page
    .locator(selector)
    .evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent?.trim() ?? ''),
    );

for (const size of sizes) {
  test(`German headings of numbers are read whole while they are sorted, at ${size.width}`, async ({
    frames,
  }) => {
    test.setTimeout(180_000);
    const running = await german(frames, size);
    const { page } = running;
    const cut: string[] = [];
    for (const list of ['university', 'project', 'team', 'student']) {
      await goToList(running, list);
      for (const heading of await page.locator('.head-cell.cell-end .head-button').all()) {
        await heading.click();
        await settled(page);
        cut.push(...(await cutIn(page, '.head-cell.cell-end .head-button .cut')));
      }
    }
    expect([...new Set(cut)]).toEqual([]);
  });

  test(`a German filter is read whole, in its editor and as a chip, at ${size.width}`, async ({ frames }) => {
    test.setTimeout(180_000);
    const running = await german(frames, size);
    const { page } = running;
    const cut: string[] = [];
    for (const list of ['project', 'student']) {
      await goToList(running, list);
      const open = async (): Promise<void> => {
        await page.getByRole('button', { name: 'Filter', exact: true }).click();
        await expect(page.locator('.filter-field').first()).toBeFocused();
      };
      await open();
      const fields = await page.locator('.filter-field').allTextContents();
      await page.keyboard.press('Escape');
      await expect(page.locator('.filter-field').first()).toBeHidden();
      for (const [at, field] of fields.entries()) {
        await open();
        await page.locator('.filter-field').nth(at).click();
        const how = page.getByRole('combobox', { name: 'Vergleich' });
        for (const { value } of await how.evaluate((one: HTMLSelectElement) =>
          [...one.options].map(({ value: of }) => ({ value: of })),
        )) {
          await how.selectOption(value);
          if (value === 'between') await frames.picture(running, `filter-${size.width}-${list}-${at}`);
          const texts = await cutTexts(page, []);
          cut.push(...texts.filter((text) => /Input|strong/i.test(text)).map((text) => `${field}: ${text}`));
        }
        await how.press('Escape');
        await expect(how).toBeHidden();
      }
    }
    await goToList(running, 'student');
    const search = page.getByRole('searchbox', { name: 'Studierende suchen' });
    await search.fill('expertise_area=thermal,propulsion,avionics,structures');
    await search.press(' ');
    await expect(page.locator('.chip')).toBeVisible();
    await settled(page);
    await frames.picture(running, `chip-${size.width}`);
    cut.push(...(await cutIn(page, '.chip-text')));
    expect(cut).toEqual([]);
  });
}

test('a column that is made as wide as its content is no wider the next time, and its sorted heading is read whole', async ({
  frames,
}) => {
  const running = await german(frames, { width: 1280, height: 800 });
  const { page } = running;
  await goToList(running, 'team');
  for (const key of ['size', 'name']) {
    const head = page.locator(`[data-head="${key}"]`);
    const width = () => head.evaluate((one) => one.getBoundingClientRect().width);
    const fit = async (): Promise<number> => {
      await head.locator('.column-edge').dblclick();
      await settled(page);
      return width();
    };
    const once = await fit();
    expect(await fit(), key).toBe(once);
    await head.locator('.head-button').click();
    await settled(page);
    expect(await cutIn(page, '.head-button .cut'), key).toEqual([]);
    expect(await fit(), key).toBe(once);
  }
});

test('what a golden version holds is read in full', async ({ frames }) => {
  const running = await german(frames, { width: 1024, height: 700 });
  await chooseMenu(running, 'go.versions');
  await expect(running.page.getByRole('heading', { name: 'Goldene Version 1' })).toBeVisible();
  expect(await cutTexts(running.page, [])).toEqual([]);
});
