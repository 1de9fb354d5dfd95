import type { SampleSize } from '#scripts/sample/plan.ts';

/** How often and how large one run of the bench measures its rows. */
export interface Run {
  repetitions: number;
  /** Each row runs once, with sizes near nothing: the figures mean nothing, but an error fails the run. */
  isSmoke: boolean;
  /** A count, or milliseconds, as this run measures it. */
  scaled(size: number): number;
  /** The size of samples that stand for 100,000 records. */
  sample: SampleSize;
  /** Work after the last row, in reverse order. */
  atEnd: (() => Promise<unknown>)[];
}

/** A smoke run has a hundredth of each size. */
const smokeDivisor = 100;

export const benchRun = (repetitions: number): Run => ({
  repetitions,
  isSmoke: false,
  scaled: (size) => size,
  sample: '100k',
  atEnd: [],
});

export const smokeRun = (): Run => ({
  repetitions: 1,
  isSmoke: true,
  scaled: (size) => Math.ceil(size / smokeDivisor),
  sample: 'small',
  atEnd: [],
});

export async function endRun({ atEnd }: Run): Promise<void> {
  for (const work of atEnd.toReversed()) await work();
}

/** The rounds of a row. The first one warms up and does not count, except in a smoke run, which has no other. */
export function* roundsOf({ repetitions, isSmoke }: Run): Generator<{ round: number; counts: boolean }> {
  yield { round: -1, counts: isSmoke };
  if (isSmoke) return;
  for (let round = 0; round < repetitions; round += 1) yield { round, counts: true };
}

/** Does work once for each run, for rows that measure different things of the same work. */
export function oncePerRun<T>(work: (run: Run) => Promise<T>): (run: Run) => Promise<T> {
  const results = new WeakMap<Run, Promise<T>>();
  return (run) => {
    const result = results.get(run) ?? work(run);
    results.set(run, result);
    return result;
  };
}
