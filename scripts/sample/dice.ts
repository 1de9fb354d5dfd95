/** Repeatable chance: the same seed and purpose give the same throws on every machine. */
export interface Dice {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  /** One of `items`, which must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** One of the keys, each as likely as its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** A copy in random order. */
  shuffled<T>(items: readonly T[]): T[];
  /** Deals `items` in random order, all of them before one comes again. */
  deck<T>(items: readonly T[]): () => T;
}

/** Mixes a seed and the name of a purpose into 32 bits (FNV-1a), so that sections do not disturb each other. */
function mix(seed: number, purpose: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}:${purpose}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

/** Dice for one purpose under one seed (mulberry32: small, fast, good enough to look varied). */
export function createDice(seed: number, purpose: string): Dice {
  let state = mix(seed, purpose);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const shuffled = <T>(items: readonly T[]): T[] => {
    const copy = [...items];
    for (let at = copy.length - 1; at > 0; at--) {
      const other = int(0, at);
      [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
    }
    return copy;
  };
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(items: readonly T[]): T => items[int(0, items.length - 1)] as T,
    weighted: <K extends string>(weights: Readonly<Record<K, number>>): K => {
      const keys = Object.keys(weights) as K[];
      let left = next() * keys.reduce((sum, key) => sum + weights[key], 0);
      for (const key of keys) {
        left -= weights[key];
        if (left < 0) return key;
      }
      return keys.at(-1) as K;
    },
    shuffled,
    deck: <T>(items: readonly T[]) => {
      let left: T[] = [];
      return () => {
        if (left.length === 0) left = shuffled(items);
        return left.pop() as T;
      };
    },
  };
}
