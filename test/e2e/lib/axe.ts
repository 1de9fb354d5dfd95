import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** What a person who cannot see, point or tell colours apart would be stopped by. */
const grave = new Set(['serious', 'critical']);

/** What depends on the colours of a theme; all else is the same in each. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** Fails where axe finds something serious or critical in what the page shows now; of `colours` alone, where the rest was looked at in another theme. */
export async function accessible(page: Page, screen: string, only?: 'colours'): Promise<void> {
  // Electron has no page of its own for axe to gather the results in: they are gathered in this one.
  const axe = new AxeBuilder({ page }).setLegacyMode();
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
