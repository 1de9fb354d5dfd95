import { describe, expect, test } from 'vitest';
import type { Observation } from '#scripts/science/outcomes/observations.ts';
import {
  bootstrap,
  combineRanks,
  rankCorrelation,
  shareOfFirst,
} from '#scripts/science/outcomes/statistics.ts';
import { summarise } from '#scripts/science/outcomes/summaries.ts';

describe('rank correlation', () => {
  test('is that of Spearman, with mean ranks for ties', () => {
    expect(rankCorrelation([1, 2, 3, 4], [10, 30, 20, 40])).toBeCloseTo(0.8, 12);
    expect(rankCorrelation([4, 3, 2, 1], [1, 2, 3, 4])).toBeCloseTo(-1, 12);
    expect(rankCorrelation([1, 1, 2], [1, 2, 3])).toBeCloseTo(Math.sqrt(3) / 2, 12);
  });

  test('takes values that differ by rounding as equal', () => {
    expect(rankCorrelation([0.1 + 0.2, 0.3, 1], [1, 2, 3])).toBeCloseTo(Math.sqrt(3) / 2, 12);
  });

  test('is 0 if the scores say nothing, and unknown if there is nothing to predict', () => {
    expect(rankCorrelation([5, 5, 5], [1, 2, 3])).toBe(0);
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNaN();
  });
});

describe('the share of the first items', () => {
  test('compares with the largest outcomes; equal scores count with their mean', () => {
    expect(shareOfFirst([3, 2, 2, 0], [4, 0, 2, 6], 2)).toBeCloseTo((4 + 1) / 10, 12);
    expect(shareOfFirst([0, 1, 2, 3], [4, 0, 2, 6], 2)).toBeCloseTo((6 + 2) / 10, 12);
    expect(shareOfFirst([1, 1, 1, 1], [4, 0, 2, 6], 2)).toBeCloseTo(6 / 10, 12);
  });

  test('is unknown if all items are first, or nothing was lost', () => {
    expect(shareOfFirst([1, 2], [3, 4], 2)).toBeNaN();
    expect(shareOfFirst([1, 2, 3], [0, 0, 0], 2)).toBeNaN();
  });
});

test('ranks are combined by their sum', () => {
  expect(combineRanks([10, 20, 20], [1, 2, 3])).toEqual([0, 2.5, 3.5]);
});

test('a bootstrap has the mean, and the middle of the means of samples', () => {
  expect(bootstrap([2, 2, Number.NaN, 2])).toEqual({ mean: 2, low: 2, high: 2 });
  // A quarter of all samples of two has the mean 0, and a quarter the mean 1.
  expect(bootstrap([0, 1])).toEqual({ mean: 0.5, low: 0, high: 1 });
  const { mean, low, high } = bootstrap(Array.from({ length: 100 }, (_, index) => index % 2));
  expect(mean).toBe(0.5);
  // Twice the standard error, 0.05.
  expect(low).toBeCloseTo(0.4, 1);
  expect(high).toBeCloseTo(0.6, 1);
  expect(bootstrap([Number.NaN]).mean).toBeNaN();
});

describe('a summary', () => {
  const outcomes = { loss: [1, 2, 3, 4, 5, 6] };
  const [up, down, flat] = [
    [1, 2, 3, 4, 5, 6],
    [6, 5, 4, 3, 2, 1],
    [1, 1, 1, 1, 1, 1],
  ];
  const unit = (
    name: string,
    scores: Observation['scores'],
    found: Observation['outcomes'] = outcomes,
  ): Observation => ({ target: 'people', group: 'g', split: 'held', unit: name, scores, outcomes: found });

  test('pairs FRAMES with the best count, and leaves out units without differences', () => {
    const [summary, ...others] = summarise([
      unit('1', { FRAMES: up, degree: up, contacts: flat, random: up }),
      unit('2', { FRAMES: flat, degree: up, contacts: flat, random: up }),
      unit('3', { FRAMES: down, degree: down, contacts: flat, random: up }, { loss: flat }),
    ]);
    expect(others).toEqual([]);
    expect(summary).toMatchObject({ outcome: 'loss', units: 2, items: 12, bestCount: 'degree' });
    expect(summary?.rankings.FRAMES?.correlation.mean).toBeCloseTo(0.5, 12);
    expect(summary?.rankings.degree?.correlation.mean).toBeCloseTo(1, 12);
    expect(summary?.rankings.contacts?.firstFive.mean).toBeCloseTo(17.5 / 20, 12);
    expect(summary?.difference.mean).toBeCloseTo(-0.5, 12);
    expect(summary?.difference.low).toBeCloseTo(-1, 12);
    expect(summary?.combined.correlation.mean).toBeCloseTo(1, 12);
  });

  test('is separate for each target, group, half and outcome', () => {
    const scores = { FRAMES: up, degree: down };
    const summaries = summarise([
      unit('1', scores, { loss: up, delay: down }),
      { ...unit('1', scores), target: 'teams' },
      { ...unit('2', scores), split: 'chosen by' },
      { ...unit('2', scores), group: 'h' },
    ]);
    expect(summaries.map(({ target, split, group, outcome }) => [target, split, group, outcome])).toEqual([
      ['people', 'held', 'g', 'loss'],
      ['people', 'held', 'g', 'delay'],
      ['teams', 'held', 'g', 'loss'],
      ['people', 'chosen by', 'g', 'loss'],
      ['people', 'held', 'h', 'loss'],
    ]);
  });
});
