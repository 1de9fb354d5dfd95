import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { alarmRows, alarmTable } from '#scripts/science/alarms.ts';
import { blockOf } from '#scripts/science/page.ts';
import { sensitivities, sensitivityTable } from '#scripts/science/sensitivity.ts';
import { scienceRows, scienceTable } from '#scripts/science/table.ts';
import type { ScienceRow } from '#scripts/science/table.ts';

const pageAt = (path: string): string => readFileSync(join(root, path), 'utf8');

/** By how many points the reach differs in the fifth term. */
const inFifth = ({ nothing, documented, strengthened, mentors, halved }: ScienceRow) => {
  const last = (bands: readonly { median: number }[]): number => 100 * (bands[5]?.median ?? Number.NaN);
  return {
    documented: last(documented.difference),
    strengthened: last(strengthened.difference),
    mentors: last(mentors.difference),
    halved: last(halved.series.nothing) - last(nothing.series.nothing),
  };
};

test('the page about Insights shows results of the model, and repairs are visible in the sample', async () => {
  const rows = await scienceRows();
  expect(blockOf(pageAt('docs/guide/insights.md'), 'science')).toBe(scienceTable(rows));
  const sample = inFifth(rows.find(({ name }) => name === 'sample') as ScienceRow);
  // Documents alone help less than stronger links.
  expect(sample.documented).toBeGreaterThanOrEqual(3);
  expect(sample.strengthened).toBeGreaterThan(2 * sample.documented);
  expect(sample.mentors).toBeGreaterThanOrEqual(3);
  expect(sample.halved).toBeLessThanOrEqual(-5);
});

test('the guide shows both errors of the answer about who leaves soon', () => {
  const rows = alarmRows();
  expect(blockOf(pageAt('docs/guide/insights.md'), 'alarms')).toBe(alarmTable(rows));
  for (const { teams, marked, missed } of rows) {
    expect(marked / teams).toBeLessThan(0.1);
    expect(missed).toBe(0);
  }
});

test('the model card shows how sensitive the model is', async () => {
  expect(blockOf(pageAt('docs/science.md'), 'sensitivity')).toBe(sensitivityTable(await sensitivities()));
});
