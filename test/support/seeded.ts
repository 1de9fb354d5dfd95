import type { Clock, Random } from '#core/kernel/system.ts';

/** A clock that a test sets: every reading is `step` milliseconds after the one before. */
export class TestClock implements Clock {
  time: number;
  step: number;
  #elapsed = 0;

  constructor(time = Date.UTC(2026, 0, 5, 9), step = 1) {
    this.time = time;
    this.step = step;
  }

  now(): number {
    this.time += this.step;
    return this.time;
  }

  elapsed(): number {
    this.#elapsed += 1;
    return this.#elapsed;
  }
}

/** Whole numbers below 2³² from a seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Random bytes that are the same for the same seed. */
export function seededRandom(seed: number): Random {
  const next = seededNumbers(seed);
  return {
    fill(bytes) {
      for (let index = 0; index < bytes.length; index++) bytes[index] = next() & 0xff;
    },
  };
}
