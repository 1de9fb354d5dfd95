import { seededRandom } from './graph/random.ts';

/** Purposes of random numbers. Draws for different purposes are independent. */
export const drawPurposes = { leave: 1, refill: 2, stay: 3, terms: 4, loss: 5, decay: 6, rates: 7 } as const;
type Purpose = (typeof drawPurposes)[keyof typeof drawPurposes];

/** Mixes all bits of a 32-bit number (the finalizer of MurmurHash3). */
function mixBits(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Combines two keys, in order. */
export const joinKeys = (first: number, second: number): number =>
  mixBits((Math.imul(first, 0x9e37_79b1) + second) ^ 0x5bd1_e995);

/** A key for an id: FNV-1a, then mixed. Equal ids have equal keys in live and in a sandbox. */
export function keyOf(id: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x0100_0193);
  return mixBits(hash);
}

/** The stream of one purpose in a term of a run: pass it to `uniformDraw` with the key of a place, a person or a link. */
export const drawStream = (seed: number, run: number, term: number, purpose: Purpose): number =>
  joinKeys(joinKeys(seed, run), joinKeys(term, purpose));

/** A number in [0, 1) that depends on its arguments alone: common random numbers, so that scenarios differ only by their steps. */
export const uniformDraw = (stream: number, key: number): number =>
  mixBits(stream ^ Math.imul(key, 0x9e37_79b1)) / 2 ** 32;

/** A number from a Beta distribution, as the share of one of two Gamma-distributed numbers. */
export function drawBeta(seed: number, { mean, strength }: { mean: number; strength: number }): number {
  const random = seededRandom(seed);
  const [yes, no] = [drawGamma(mean * strength, random), drawGamma((1 - mean) * strength, random)];
  return yes + no > 0 ? yes / (yes + no) : mean;
}

/** Marsaglia and Tsang (2000), "A simple method for generating gamma variables". */
function drawGamma(shape: number, random: () => number): number {
  if (shape <= 0) return 0;
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
