import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** What a person who cannot see, point or tell colours apart would be stopped by. */
const grave = new Set(['serious', 'critical']);

/** Fails where axe finds something serious or critical in what the page shows now. */
export async function accessible(page: Page, screen: string): Promise<void> {
  // Electron has no page of its own for axe to gather the results in: they are gathered in this one.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await axe.options({ resultTypes: ['violations'] }).analyze();
  const found = violations
    .filter(({ impact }) => grave.has(impact ?? ''))
    .flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => `${id} (${impact}): ${node.html.slice(0, 200)}\n${node.failureSummary}`),
    );
  expect.soft(found, screen).toEqual([]);
}
