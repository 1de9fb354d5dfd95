import { expect, test } from 'vitest';
import { comparisonLines } from '#cli/output/comparison.ts';
import { differenceLines } from '#cli/output/moments.ts';

const page = { rows: [], matched: 0 };

test.each([
  [1, '1 record differs: 1 by Play, '],
  [2, '2 records differ: 2 by Play, '],
])('what sandbox and live have different is counted in words: %i', (play, said) => {
  const counts = { play, live: 0, both: 0, same: 0, conflict: 0 };
  const found = { ...page, counts, based: 'base' } as unknown as Parameters<typeof comparisonLines>[0];
  expect(comparisonLines(found, 0, 80)[0]).toContain(said);
});

test.each([
  [1, '1 record differs: 1 updated.'],
  [2, '2 records differ: 2 updated.'],
])('as is what two moments have different: %i', (updated, said) => {
  const [from, to] = [1, 2].map((id) => ({ id, created_at: '2026-01-01T08:00:00.000Z' }));
  const counts = { created: 0, updated, deleted: 0, restored: 0 };
  const found = { ...page, counts, from, to } as unknown as Parameters<typeof differenceLines>[0];
  expect(differenceLines(found, 0, 80)[0]).toContain(said);
});
