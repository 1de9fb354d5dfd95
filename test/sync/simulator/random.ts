import { seededNumbers } from '#test/support/seeded.ts';

/** What happens by chance, from a seed. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seededNumbers(seed);
  }

  /** A whole number from 0 up to and without `below`. */
  below(below: number): number {
    return this.#next() % below;
  }

  chance(probability: number): boolean {
    return this.#next() < probability * 4_294_967_296;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}
