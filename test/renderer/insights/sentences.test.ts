import { expect, it } from 'vitest';
import { percentText } from '#renderer/features/insights/sentences.ts';

it.each([
  [0, '0'],
  [0.0004, '0.0'],
  [0.093, '9.3'],
  [0.0994, '9.9'],
  [0.0997, '10'],
  [0.541, '54'],
  [1, '100'],
  [-0.031, '−3.1'],
])('writes the share %d with a decimal only between 0 and 10 percent', (share, percent) => {
  expect(percentText(share).replace('-', '−')).toBe(`${percent}\u00a0%`);
});
