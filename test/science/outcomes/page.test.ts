import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { initialModelError } from '#core/analysis/scenarios/model-error.ts';
import type { Observation } from '#scripts/science/outcomes/observations.ts';
import { observeHistory } from '#scripts/science/outcomes/observe-history.ts';
import {
  firstHeldSeed,
  recordings,
  splitOfSeed,
  worldGroup,
  worldKinds,
} from '#scripts/science/outcomes/observe-world.ts';
import { missingShares, promiseGroup } from '#scripts/science/outcomes/observe-promises.ts';
import type { Promises } from '#scripts/science/outcomes/observe-promises.ts';
import { coverageTable } from '#scripts/science/outcomes/forecasts/coverage.ts';
import { foreignKinds } from '#scripts/science/outcomes/forecasts/foreign-rules.ts';
import {
  forecastCount,
  maxTermsAhead,
  observeForecasts,
} from '#scripts/science/outcomes/forecasts/observe-forecasts.ts';
import { readOptions } from '#scripts/science/outcomes/options.ts';
import {
  falseContactShares,
  proposalGroup,
  proposalRules,
} from '#scripts/science/outcomes/observe-proposals.ts';
import type { ProposalCounts } from '#scripts/science/outcomes/observe-proposals.ts';
import { readShippedHistories } from '#scripts/science/outcomes/sources.ts';
import { summarise } from '#scripts/science/outcomes/summaries.ts';
import {
  detailTables,
  differenceLines,
  pageTables,
  promiseTable,
  proposalTable,
} from '#scripts/science/outcomes/tables.ts';
import { blockOf } from '#scripts/science/page.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';

const observations: Observation[] = [];
let folder = '';

/** A half-year of each history, and worlds without a simulation. */
beforeAll(async () => {
  folder = makeFolder();
  for (const history of readShippedHistories())
    observations.push(...(await observeHistory(history, { maxHalfYears: 1, folder })));
  const scores = { FRAMES: [3, 1, 2, 4, 5, 6], degree: [1, 2, 3, 4, 5, 6], random: [2, 1, 4, 3, 6, 5] };
  for (const kind of worldKinds)
    for (const seed of [1, firstHeldSeed])
      for (const recording of recordings)
        for (const target of ['people', 'teams'] as const)
          observations.push({
            target,
            group: worldGroup(kind, recording),
            split: splitOfSeed(seed),
            unit: `seed ${seed}`,
            scores,
            outcomes: { loss: [1, 2, 3, 4, 5, 6] },
          });
});

afterAll(() => removeFolder(folder));

/** The cells of each row. */
const rowsOf = (table: string): string[][] =>
  table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('the page about the model', () => {
  test('has the tables that the command makes', () => {
    const block = blockOf(readFileSync(join(root, 'docs/science.md'), 'utf8'), 'outcomes');
    const [onPage, made] = [rowsOf(block), rowsOf(pageTables(summarise(observations)))];
    const headings = made.filter(([first]) => first === 'people' || first === 'teams');
    expect(headings).toHaveLength(2);
    expect(onPage.filter(([first]) => first === 'people' || first === 'teams')).toEqual(headings);
    expect(onPage.map(([label]) => label)).toEqual(made.map(([label]) => label));
    for (const [label = '', units, ...cells] of onPage) {
      if (/^(?:people|teams|-+)$/.test(label)) continue;
      expect(units).toMatch(/^\d+$/);
      const [frames, best, ...others] = cells;
      const difference = others.pop();
      for (const cell of [frames, ...others]) expect(cell).toMatch(/^−?(?:1?\.\d\d|1\.00)$/);
      expect(best).toMatch(/^−?1?\.\d\d [a-z ×]+$/);
      expect(difference).toMatch(/^[+−]?1?\.\d\d \([+−]?1?\.\d\d to −?1?\.\d\d\)$/);
    }
  });

  test('has the table of forecasts that the command makes', () => {
    const outcomes = Object.entries(foreignKinds).map(([kind, { split }]) => ({
      kind,
      split,
      forecast: 1,
      termsAhead: 1,
      modelError: 0.1,
      actual: 0.5,
      said: { low: 0.4, median: 0.45, high: 0.6 },
    }));
    const block = blockOf(readFileSync(join(root, 'docs/science.md'), 'utf8'), 'forecasts');
    const [onPage, made] = [rowsOf(block), rowsOf(coverageTable(outcomes))];
    expect(onPage[0]).toEqual(made[0]);
    expect(onPage.map(([label]) => label)).toEqual(made.map(([label]) => label));
    for (const [, units, ...cells] of onPage.slice(2)) {
      expect(units).toMatch(/^\d+$/);
      for (const cell of cells) expect(cell).toMatch(/^\d+ %$/);
    }
    // The band holds; that of the runs alone reaches √(.15² − .1²) above the median, which is more than .05.
    expect(made.find(([label]) => label?.includes('runs alone'))?.at(-1)).toBe('100 %');
    expect(made.find(([label]) => label?.startsWith('**'))?.at(-1)).toBe('100 %');
  });

  test('a world has the same history for the same seed, and other rules change it', async () => {
    const first = await observeForecasts('short stays', 7, folder);
    expect(first).toHaveLength(forecastCount * maxTermsAhead);
    expect(first.every(({ actual, said }) => actual >= 0 && said.low <= said.median)).toBe(true);
    expect(first[0]?.modelError).toBe(initialModelError);
    expect(await observeForecasts('short stays', 7, folder)).toEqual(first);
    expect(await observeForecasts('slow change', 7, folder)).not.toEqual(first);
  });

  test('shows only the held histories and worlds; the console shows both halves, held first', () => {
    const summaries = summarise(observations);
    const page = pageTables(summaries);
    expect(page).toContain('keystone: files untouched');
    expect(page).not.toMatch(/nova|cinder/);
    const details = detailTables(summaries);
    expect(details).toContain('nova: files untouched');
    expect(details.indexOf('people, held')).toBeLessThan(details.indexOf('people, chosen by'));
    expect(differenceLines(summaries).split('\n')).toHaveLength(rowsOf(page).length - 4);
  });
});

test('the page has the table of proposals, with a precision and a recall for each rule', () => {
  const block = blockOf(readFileSync(join(root, 'docs/science.md'), 'utf8'), 'proposals');
  const counts = worldKinds.flatMap((kind) =>
    falseContactShares.map((share): ProposalCounts => ({
      group: proposalGroup(kind, share),
      split: 'held',
      missing: 4,
      rules: Object.fromEntries(
        proposalRules.map((rule) => [rule, { proposed: 3, right: 2 }]),
      ) as ProposalCounts['rules'],
    })),
  );
  const [onPage, made] = [rowsOf(block), rowsOf(proposalTable(counts, ['held']))];
  expect(onPage[0]).toEqual(made[0]);
  expect(onPage.map(([label]) => label)).toEqual(made.map(([label]) => label));
  expect(made.at(-1)?.slice(1)).toEqual(['held', '4', ...proposalRules.map(() => '.67, .50')]);
  for (const cells of onPage.slice(2).map((row) => row.slice(3)))
    for (const cell of cells) expect(cell).toMatch(/^(?:\.\d\d|1\.00), (?:\.\d\d|1\.00)$/);
});

test('the page has the table of promises of stress tests', () => {
  const block = blockOf(readFileSync(join(root, 'docs/science.md'), 'utf8'), 'promises');
  const promises = missingShares.flatMap((missing) =>
    (['people', 'teams'] as const).map((target): Promises => ({
      group: promiseGroup(target, missing),
      split: 'held',
      byAssumption: { usual: { promised: 4, kept: 3 }, real: { promised: 2, kept: 2 } },
    })),
  );
  const [onPage, made] = [rowsOf(block), rowsOf(promiseTable(promises, ['held']))];
  expect(onPage[0]).toEqual(made[0]);
  expect(onPage.map(([label]) => label)).toEqual(made.map(([label]) => label));
  expect(made.at(-1)?.slice(1)).toEqual(['held', '4', '.75', '2', '1.00']);
});

describe('the options of the command', () => {
  test('are read', () => {
    expect(readOptions([])).toEqual({ histories: [], write: null, isQuick: false, isJson: false });
    expect(readOptions(['--history', 'a', '--history', 'b.tsv', '--quick', '--json'])).toEqual({
      histories: ['a', 'b.tsv'],
      write: null,
      isQuick: true,
      isJson: true,
    });
    expect(readOptions(['--help'])).toBeNull();
  });

  test.for([
    [['--write', 'a.tsv'], 'exactly one --history'],
    [['--history', 'a', '--history', 'b', '--write', 'a.tsv'], 'exactly one --history'],
    [['--history', 'a', '--write', 'a.zip'], 'ends in .tsv.gz or .tsv, not a.zip'],
    [['--quickly'], '--quickly'],
  ] as const)('are refused: %j', ([args, message]) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

/** Window and guide say this about repairs in words. */
test('the page shows repairs in worlds as the window describes them', () => {
  const block = blockOf(readFileSync(join(root, 'docs/science.md'), 'utf8'), 'repairs');
  const rows = block.split('\n').slice(2);
  const sumOf = (names: readonly string[]) => {
    const cells = rows
      .map((row) => row.split('|').map((cell) => cell.trim()))
      .filter(([, name = '']) => names.includes(name));
    expect(cells).toHaveLength(2 * names.length);
    const number = (text: string | undefined): number =>
      Number((text ?? '').replace('−', '-').replace(' %', ''));
    const sum = (column: number): number => cells.reduce((total, row) => total + number(row[column]), 0);
    const kept = cells.map((row) => number(row[8]) / number(row[7]));
    return { lower: sum(4) / sum(3), higher: sum(6) / sum(3), kept, meanKept: sum(8) / sum(7) };
  };
  const documents = sumOf(['document one link', 'document all links']);
  expect(documents.lower).toBeGreaterThan(0.5);
  expect(documents.higher).toBe(0);
  for (const kept of documents.kept) {
    expect(kept).toBeGreaterThan(0.1);
    expect(kept).toBeLessThanOrEqual(0.8);
  }
  const learn = sumOf(['second holder of an area']);
  expect(learn.lower).toBeCloseTo(3 / 4, 1);
  expect(learn.higher).toBeCloseTo(1 / 4, 1);
  expect(learn.meanKept).toBeGreaterThan(0.75);
  expect(sumOf(['pair two neighbours']).meanKept).toBeLessThan(1);
  expect(sumOf(['stand-in']).higher).toBeCloseTo(2 / 5, 1);
});
