/** Numbers from −1 to 1 by a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

export function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

export const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

interface Clustering {
  count: number;
  clusters: number;
  dimensions: number;
  random: () => number;
}

/** Vectors of length 1 near the centres of clusters, as those of texts on the same subjects are. */
export function clustered({ count, clusters, dimensions, random }: Clustering): Float32Array[] {
  const centres = Array.from({ length: clusters }, () => Float32Array.from({ length: dimensions }, random));
  return Array.from({ length: count }, (_, at) => {
    const centre = centres[at % clusters] as Float32Array;
    return normalised(centre.map((value) => value + 0.4 * random()));
  });
}

/** Places of the vectors with the largest dot products, computed in full. */
export function exactNearest(query: Float32Array, vectors: readonly Float32Array[], count: number): number[] {
  return vectors
    .map((vector, at) => ({
      at,
      score: vector.reduce((sum, value, place) => sum + value * (query[place] ?? 0), 0),
    }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ at }) => at);
}
