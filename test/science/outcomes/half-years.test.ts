import { describe, expect, test } from 'vitest';
import { halfYearsOf, isoDay } from '#scripts/science/outcomes/half-years.ts';
import type { HalfYear } from '#scripts/science/outcomes/half-years.ts';
import { readHistory } from '#scripts/science/outcomes/history.ts';
import type { History } from '#scripts/science/outcomes/history.ts';
import { losingModules, observeHistory } from '#scripts/science/outcomes/observe-history.ts';
import { testFolder } from '#test/support/folder.ts';
import { historyOf } from './history-of.ts';

const [ann, bob, passerBy, early, newcomer] = [0, 1, 2, 3, 4];

/** Ann stays and Bob leaves in June 2021. */
const history: History = historyOf(
  ['a/x/one.py', 'a/x/tests/two.py', 'a/y/three.py', 'a/y/four.py', 'a/y/five.py'],
  [
    ['2020-06-01', [ann], 'A0 A1 A2 A3 A4'],
    ['2020-08-01', [early], 'M0'],
    ['2020-08-02', [early], 'M0'],
    ['2020-08-03', [early], 'M0'],
    ['2020-10-01', [bob], 'M0'],
    ['2020-11-01', [ann], 'M0'],
    ['2021-01-15', [bob], 'M1 M2 M3'],
    ['2021-02-01', [ann], 'M0'],
    ['2021-03-01', [passerBy], 'M2'],
    ['2021-05-01', [bob], 'M1 M4'],
    // Written before Bob's last change, merged after it.
    ['2021-04-01', [ann], 'D4'],
    ['2021-06-01', [ann], 'D3'],
    ['2021-07-11', [ann], 'M0'],
    ['2021-10-09', [newcomer], 'M2'],
    ['2021-11-01', [passerBy], 'M0'],
    ['2022-07-02', [ann], 'M1'],
  ],
);
const halfYear = (): HalfYear => halfYearsOf(history)[0] as HalfYear;

describe('the half-years of a history', () => {
  test('begin where there is a year before and after', () => {
    expect(halfYearsOf(history).map(({ day }) => isoDay(day))).toEqual(['2021-07-01']);
  });

  test('know who was active, and who left', () => {
    const { developers, leavers } = halfYear();
    expect(new Set(developers.keys())).toEqual(new Set([ann, bob, early]));
    expect([...leavers.keys()]).toEqual([bob]);
    expect(developers.get(bob)?.commits).toBe(3);
    // The two deleted files are not among them.
    expect([...(developers.get(bob)?.changes ?? [])]).toEqual([
      [0, 1],
      [1, 2],
      [2, 1],
    ]);
  });

  test('know what became of the files of a leaver', () => {
    const aftermath = halfYear().leavers.get(bob);
    expect(aftermath?.untouched).toBe(1);
    expect(aftermath?.untouchedShare).toBeCloseTo(1 / 3, 12);
    // A passer-by is nobody who stayed.
    expect(aftermath?.orphaned).toBe(2);
    expect(aftermath?.delay).toBeCloseTo((10 + 365 + 100) / 3, 12);
  });

  test('know the modules that lose members', () => {
    expect(losingModules(halfYear(), history.paths)).toEqual([
      { module: 'a/x', leavers: [bob], files: [0, 1], commits: 3 },
      { module: 'a/y', leavers: [bob], files: [2], commits: 2 },
    ]);
  });
});

const leaverCount = 6;

/** Leaver 1 has one file, leaver 2 two files, and so on; all are in one module but the last file of each. */
function historyOfLeavers(): History {
  const files = Array.from({ length: leaverCount }, (_, index) => index + 1).flatMap((leaver) =>
    Array.from({ length: leaver }, (_, index) => ({ leaver, index })),
  );
  const paths = files.map(({ leaver, index }) => `${index === 0 ? `p/m${leaver}` : 'p/common'}/f.py`);
  const ownFiles = (leaver: number): string =>
    [...files.keys()]
      .filter((file) => files[file]?.leaver === leaver)
      .map((file) => `M${file}`)
      .join(' ');
  const leavers = Array.from({ length: leaverCount }, (_, index) => index + 1);
  return historyOf(paths, [
    ['2020-06-01', [0], paths.map((_, file) => `A${file}`).join(' ')],
    ...['2021-03-01', '2021-03-02', '2021-03-03'].flatMap((day) =>
      leavers.map((leaver) => [day, [leaver], ownFiles(leaver)] as const),
    ),
    // Of leaver 6, somebody changes one file again.
    ['2021-08-01', [0], `M${paths.length - 1}`],
    ['2022-07-02', [0], 'M0'],
  ]);
}

describe('the observations of a history', () => {
  test('are the scores and outcomes of leavers and modules', async () => {
    const observations = await observeHistory(
      { name: 'made', split: 'held', history: historyOfLeavers() },
      { maxHalfYears: Number.POSITIVE_INFINITY, folder: testFolder() },
    );
    const [people, teams] = observations;
    expect(observations).toHaveLength(2);
    expect(people).toMatchObject({ target: 'people', group: 'made', split: 'held', unit: '2021-07-01' });
    expect(people?.outcomes['untouched']).toEqual([1, 2, 3, 4, 5, 5]);
    expect(people?.scores['files changed']).toEqual([1, 2, 3, 4, 5, 6]);
    expect(people?.scores.commits).toEqual([3, 3, 3, 3, 3, 3]);
    expect(people?.scores['modules touched']).toEqual([1, 2, 2, 2, 2, 2]);
    expect(people?.scores.FRAMES).toHaveLength(leaverCount);
    expect(teams?.target).toBe('teams');
    // Nobody but leaver 6 has less than a fifth of the changes in the own module.
    expect(teams?.outcomes['untouched']).toEqual([14, 1, 1, 1, 1, 1]);
    expect(teams?.scores['files changed']).toEqual([15, 1, 1, 1, 1, 1]);
  });

  test('need enough leavers', async () => {
    const options = { maxHalfYears: 1, folder: testFolder() };
    await expect(observeHistory({ name: 'small', split: 'held', history }, options)).rejects.toThrow(
      'small has no half-year with 5 leavers',
    );
    const short = readHistory('C\t18500\t0\nA\t0\nF\t0\ta\n', 'h');
    await expect(observeHistory({ name: 'short', split: 'held', history: short }, options)).rejects.toThrow(
      'short has no half-year',
    );
  });
});
