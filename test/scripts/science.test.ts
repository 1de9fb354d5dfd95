import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { blockOf } from '#scripts/science/page.ts';
import { sensitivities, sensitivityTable } from '#scripts/science/sensitivity.ts';
import { scienceRows, scienceTable } from '#scripts/science/table.ts';
import type { ScienceRow } from '#scripts/science/table.ts';

const pageAt = (path: string): string => readFileSync(join(root, path), 'utf8');

/** By how many points the reach differs in the fifth term. */
const inFifth = ({ nothing, documented, mentors, halved }: ScienceRow) => {
  const last = (bands: readonly { median: number }[]): number => 100 * (bands[5]?.median ?? Number.NaN);
  return {
    documented: last(documented.difference),
    mentors: last(mentors.difference),
    halved: last(halved.series.nothing) - last(nothing.series.nothing),
  };
};

test('the page about Insights shows results of the model, and repairs are visible in the sample', async () => {
  const rows = await scienceRows();
  expect(blockOf(pageAt('docs/guide/insights.md'), 'science')).toBe(scienceTable(rows));
  const sample = inFifth(rows.find(({ name }) => name === 'sample') as ScienceRow);
  expect(sample.documented).toBeGreaterThanOrEqual(20);
  expect(sample.mentors).toBeGreaterThanOrEqual(3);
  expect(sample.halved).toBeLessThanOrEqual(-5);
});

test('the model card shows how sensitive the model is', async () => {
  expect(blockOf(pageAt('docs/science.md'), 'sensitivity')).toBe(sensitivityTable(await sensitivities()));
});
