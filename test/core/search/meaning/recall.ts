import { dotProduct, quantiseVector } from '#core/search/meaning/vector.ts';
import { VectorMatrix } from '#core/search/meaning/vector-matrix.ts';
import { exactNearest } from '#bench/core/clustered.ts';

/** Of the ten vectors nearest to each query by a full computation, how many a scan of the matrix finds, and how many there are. */
export function recallOf(
  queries: readonly Float32Array[],
  vectors: readonly Float32Array[],
): { found: number; wanted: number } {
  const stored = vectors.map(quantiseVector);
  const matrix = new VectorMatrix(vectors[0]?.length ?? 0);
  for (const [id, vector] of stored.entries()) matrix.add(id, vector);
  let [found, wanted] = [0, 0];
  for (const query of queries) {
    const nearest = matrix
      .nearest(query, 50)
      .map(({ id }) => ({ id, score: dotProduct(query, stored[id] ?? quantiseVector(query)) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 10);
    const exact = new Set(exactNearest(query, vectors, 10));
    found += nearest.filter(({ id }) => exact.has(id)).length;
    wanted += exact.size;
  }
  return { found, wanted };
}
