import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { neighbours } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { leiden } from '#core/analysis/graph/leiden.ts';
import { modularity } from '#core/analysis/graph/modularity.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { atlas, known, knownGraph, renamedGraphs, smallGraphs, trivial } from './support.ts';

const karate = knownGraph(known.karate);

describe('modularity', () => {
  it.each(Object.entries(known))('of %s is that of NetworkX', (_, graph) => {
    for (const [gamma, expected] of Object.entries(graph.modularity))
      expect(modularity(knownGraph(graph), graph.communities, Number(gamma))).toBeCloseTo(expected, 9);
  });

  test.prop([renamedGraphs, fc.array(fc.nat({ max: 3 }), { minLength: 12, maxLength: 12 })])(
    'does not depend on how nodes are numbered',
    ({ graph, renamed, names }, communities) => {
      const moved: number[] = [];
      for (const [node, name] of names.entries()) moved[name] = communities[node] as number;
      expect(modularity(renamed, moved)).toBeCloseTo(modularity(graph, communities), 12);
    },
  );

  it('is 0 without edges', () => {
    expect(modularity(trivial.empty, [])).toBe(0);
    expect(modularity(trivial.single, [0])).toBe(0);
    expect(modularity(trivial.edgeless, [0, 0, 1])).toBe(0);
  });
});

/** Whether each community holds together without the others. */
function areConnected(graph: Graph, communities: Uint32Array): boolean {
  return [...new Set(communities)].every((community) => {
    const members = [...communities.keys()].filter((node) => communities[node] === community);
    const reached = new Set(members.slice(0, 1));
    for (const node of reached)
      for (const target of neighbours(graph, node))
        if (communities[target] === community) reached.add(target);
    return reached.size === members.length;
  });
}

describe('Leiden', () => {
  // At 1 the optimum is that of Brandes and others (2008), "On modularity clustering".
  it.each([
    { gamma: 1, optimum: 0.41978961 },
    { gamma: 2, optimum: 0.16452991 },
  ])('finds the optimum of the karate club, $optimum at $gamma', ({ gamma, optimum }) => {
    const communities = leiden(karate, { gamma, random: seededRandom(1) });
    expect(modularity(karate, communities, gamma)).toBeCloseTo(optimum, 8);
  });

  it('ends on every graph of the atlas, and is optimal on at least 1,154 of 1,252', () => {
    const random = seededRandom(1);
    const reached = atlas.filter(({ graph, optimum }) => {
      const quality = modularity(graph, leiden(graph, { random }));
      expect(quality).toBeLessThan(optimum + 1e-9);
      return quality > optimum - 1e-9;
    });
    expect(atlas).toHaveLength(1252);
    expect(reached.length).toBeGreaterThanOrEqual(1154);
  });

  test.prop([smallGraphs(30), fc.integer(), fc.constantFrom(0, 0.5, 1, 2, 100)])(
    'finds connected communities that are no worse than none, numbered by their smallest node',
    (graph, seed, gamma) => {
      const communities = leiden(graph, { gamma, random: seededRandom(seed) });
      expect(areConnected(graph, communities)).toBe(true);
      const alone = Uint32Array.from({ length: graph.size }, (_, node) => node);
      expect(modularity(graph, communities, gamma)).toBeGreaterThan(modularity(graph, alone, gamma) - 1e-9);
      const numbers = [...new Set(communities)];
      expect(numbers).toEqual([...numbers.keys()]);
      expect(leiden(graph, { gamma, random: seededRandom(seed) })).toEqual(communities);
    },
  );

  it('does not depend on the unit of weights', () => {
    for (const unit of [1e-9, 1e9]) {
      const scaled = { ...karate, weights: karate.weights.map((weight) => weight * unit) };
      expect(leiden(scaled, { random: seededRandom(3) })).toEqual(
        leiden(karate, { random: seededRandom(3) }),
      );
    }
  });

  it('makes each node its own community without edges', () => {
    const random = seededRandom(1);
    expect([...leiden(trivial.empty, { random })]).toEqual([]);
    expect([...leiden(trivial.single, { random })]).toEqual([0]);
    expect([...leiden(trivial.edgeless, { random })]).toEqual([0, 1, 2]);
  });

  it('stops if the callback throws', () => {
    const onProgress = (): never => {
      throw new Error('cancelled');
    };
    expect(() => leiden(karate, { random: seededRandom(1), onProgress })).toThrow('cancelled');
  });
});
