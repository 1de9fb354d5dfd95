import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dotProduct,
  fromBytes,
  quantiseVector,
  restoreVector,
  toBytes,
} from '#core/search/meaning/vector.ts';
import { VectorMatrix } from '#core/search/meaning/vector-matrix.ts';
import { report, searchRuns } from '../runs.ts';
import { recallOf } from './recall.ts';
import { clustered, normalised, randomFrom } from '#bench/core/clustered.ts';
import { lawRuns } from '#test/support/law-runs.ts';

test('a quantised vector keeps its numbers to a 30,000th of the largest, also through bytes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
      (numbers) => {
        const vector = Float32Array.from(numbers);
        const quantised = quantiseVector(vector);
        const again = { ...quantised, values: fromBytes(toBytes(quantised)) };
        const largest = Math.max(...vector.map(Math.abs));
        for (const [at, value] of restoreVector(again).entries())
          expect(Math.abs(value - (vector[at] ?? 0))).toBeLessThanOrEqual(largest / 30_000);
        expect(dotProduct(vector, again)).toBeCloseTo(
          vector.reduce((sum, value) => sum + value * value, 0),
          3,
        );
      },
    ),
  );
});

test('the products of the scan are those of the rounded numbers', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 6000 }),
      fc.nat(),
      (dimensions, rows, seed) => {
        const random = randomFrom(seed);
        const matrix = new VectorMatrix(dimensions);
        const vectors = Array.from({ length: rows }, () =>
          normalised(Float32Array.from({ length: dimensions }, random)),
        );
        for (const [id, vector] of vectors.entries()) matrix.add(id, quantiseVector(vector));
        const query = normalised(Float32Array.from({ length: dimensions }, random));
        for (const { id, score } of matrix.nearest(query, 5))
          expect(score).toBeCloseTo(dotProduct(query, quantiseVector(vectors[id] ?? query)), 1);
        expect(matrix.nearest(query, rows + 5)).toHaveLength(rows);
      },
    ),
    { numRuns: lawRuns(20) },
  );
});

test('of clustered vectors at least 99 % of the ten nearest are found', () => {
  let [found, wanted] = [0, 0];
  for (let seed = 0; seed < searchRuns; seed += 1) {
    const random = randomFrom(seed + 1);
    const vectors = clustered({ count: 2000, clusters: 20, dimensions: 384, random });
    const queries = vectors.filter((_, at) => at % 50 === 0);
    const recall = recallOf(queries, vectors);
    found += recall.found;
    wanted += recall.wanted;
  }
  report(`clustered vectors: recall@10 of ${wanted / 10} queries ${(found / wanted).toFixed(4)}`);
  expect(found / wanted).toBeGreaterThanOrEqual(0.99);
});
