import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Impacts that stop a person who cannot see, point or tell colours apart. */
const grave = new Set(['serious', 'critical']);

const floating = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Parts of the window around each screen: checked with the first screen of a page only. */
const frame = ['.title-bar', '.rail', '.status-bar'];

/**
 * Fails if axe finds something serious or critical in what the page shows. One theme is enough: the themes differ in their colours only, and
 * `contrast.test.ts` checks the colours of both. Where a dialog or a menu `floats` over a screen, only that is checked.
 */
export async function accessible(page: Page, screen: string, floats = false): Promise<void> {
  // What the page has already need not be sent to it again.
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  const axe = new AxeBuilder(isThere ? { page, axeSource: ';' } : { page });
  // Electron has no page of its own for axe to gather the results in: they are gathered in this one.
  axe.setLegacyMode();
  axe.options({ resultTypes: ['violations'], preload: false, iframes: false });
  if (isThere) for (const part of frame) axe.exclude(part);
  if (floats && (await page.locator(floating).count()) > 0) axe.include(floating);
  const { violations } = await axe.analyze();
  const found = violations
    .filter(({ impact }) => grave.has(impact ?? ''))
    .flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => `${id} (${impact}): ${node.html.slice(0, 200)}\n${node.failureSummary}`),
    );
  expect.soft(found, screen).toEqual([]);
}
