import { seededNumbers } from '#test/support/seeded.ts';

/** Random choices that are the same for the same seed. */
export interface Chance {
  /** A whole number from 0 to below `below`. */
  below(below: number): number;
  /** One of them; they must be some. */
  oneOf<T>(from: readonly T[]): T;
  /** True once in `times`, on the average. */
  onceIn(times: number): boolean;
}

export function createChance(seed: number): Chance {
  const next = seededNumbers(seed);
  const below = (limit: number): number => next() % limit;
  return {
    below,
    oneOf<T>(from: readonly T[]): T {
      if (from.length === 0) throw new Error('there is nothing to choose from');
      return from[below(from.length)] as T;
    },
    onceIn: (times) => below(times) === 0,
  };
}
