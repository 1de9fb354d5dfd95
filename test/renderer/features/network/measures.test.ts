import { describe, expect, it } from 'vitest';
import type { NetworkMeasures } from '#shared/contract/analysis.ts';
import '#renderer/i18n/setup.ts';
import { lookFieldName, swatchText } from '#renderer/features/network/controls/legend-parts.ts';
import {
  colourFields,
  isNumeric,
  measureFields,
  sizeFields,
} from '#renderer/features/network/look/fields.ts';
import { estimatesOf, withMeasures } from '#renderer/features/network/measures.ts';
import { modelOf, node } from './support.ts';

const sampled = {
  nodes: [
    { id: 'a', degree: 3, in_degree: 1, out_degree: 2, closeness: 0.5, community: 0, articulation: true },
    { id: 'b', degree: 1, in_degree: 1, out_degree: 0, closeness: 0.25, community: 1, articulation: false },
  ],
  sources: 2,
  weighted_sources: 1,
  error: { betweenness: 0, weighted_betweenness: 0.17, closeness: 0 },
} as unknown as NetworkMeasures;

describe('measures', () => {
  it('all colour, and all numbers size', () => {
    expect(colourFields(['team'])).toEqual(expect.arrayContaining([...measureFields]));
    const sizes = sizeFields(['team']).filter((field) => measureFields.some((known) => known === field));
    expect(sizes).toEqual(measureFields.slice(0, -2));
    expect(sizes.every((field) => isNumeric([], [], field))).toBe(true);
    expect(lookFieldName('weighted_betweenness')).toBe('weighted betweenness');
  });

  it('are values of the nodes', () => {
    const { nodes } = withMeasures(modelOf([node('a'), node('b'), node('c')]), {
      network: sampled,
      damage: undefined,
    });
    expect(nodes.get('a')?.values).toMatchObject({ in_degree: 1, out_degree: 2, community: '1' });
    expect(nodes.get('c')?.values).toEqual({});
  });

  it('that are estimated name the number of sampled records', () => {
    expect(estimatesOf(sampled, ['betweenness', 'in_degree', 'links'])).toEqual([]);
    expect(estimatesOf(sampled, ['weighted_betweenness', 'weighted_betweenness'])).toEqual([
      { measure: 'weighted_betweenness', sources: 1, error: 0.17 },
    ]);
    expect(estimatesOf(undefined, ['betweenness'])).toEqual([]);
  });

  it('below 1 keep two digits in the legend', () => {
    const text = (from: number, to: number): string =>
      swatchText({ key: '0', range: [from, to], token: '', count: 1 }, 'eigenvector', new Map());
    expect(text(0.001234, 0.02345)).toBe('0.0012 to 0.023');
    expect(text(1.239, 20.5)).toBe('1.24 to 20.5');
  });
});
