import { expect, test } from 'vitest';
import { importanceWeights } from '#shared/domain/importance.ts';
import { defaultEnergyLoss, usualShares, usualShare } from '#shared/domain/interfaces.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';

test('every importance has a weight, in order, and normal counts once', () => {
  expect(Object.keys(importanceWeights)).toEqual(vocabulary.importance);
  const weights = Object.values(importanceWeights);
  expect(weights).toEqual(weights.toSorted((a, b) => a - b));
  expect(importanceWeights.normal).toBe(1);
});

test('every bond has a usual documented share; over an unknown bond nothing is written down', () => {
  expect(Object.keys(usualShares)).toEqual(Object.keys(defaultEnergyLoss));
  expect(vocabulary.bond_type.map(usualShare)).toEqual([80, 60, 20, 0]);
  expect([usualShare('handshake'), usualShare(null)]).toEqual([0, 0]);
});
