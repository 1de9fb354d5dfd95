import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { settled } from './look.ts';

/** What a person who cannot see, point or tell colours apart would be stopped by. */
const grave = new Set(['serious', 'critical']);

/** What depends on the colours of a theme; all else is the same in each. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** Fails where axe finds something serious or critical in what the page shows now, in either theme. */
export async function accessibleInBoth(page: Page, screen: string): Promise<void> {
  await accessible(page, screen);
  // A theme is this attribute and nothing else: so what is open stays open, as it would not where the theme is chosen.
  const paint = async (theme: string): Promise<void> => {
    await page.evaluate((name) => {
      document.documentElement.dataset['mantineColorScheme'] = name;
    }, theme);
    await settled(page);
  };
  await paint('dark');
  await accessible(page, `${screen}, dark`, 'colours');
  await paint('light');
}

/** The same of the theme that is shown; of `colours` alone, where the rest was looked at in the other. */
export async function accessible(page: Page, screen: string, only?: 'colours'): Promise<void> {
  // What the page has already need not be sent to it again.
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  const axe = new AxeBuilder(isThere ? { page, axeSource: ';' } : { page });
  // Electron has no page of its own for axe to gather the results in: they are gathered in this one.
  axe.setLegacyMode();
  axe.options({ resultTypes: ['violations'] });
  if (only) axe.withRules(ofColours);
  const { violations } = await axe.analyze();
  const found = violations
    .filter(({ impact }) => grave.has(impact ?? ''))
    .flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => `${id} (${impact}): ${node.html.slice(0, 200)}\n${node.failureSummary}`),
    );
  expect.soft(found, screen).toEqual([]);
}
