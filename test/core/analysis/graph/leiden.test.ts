import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { neighbours } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { leiden } from '#core/analysis/graph/leiden.ts';
import { modularity } from '#core/analysis/graph/modularity.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import type { Known } from './support.ts';
import { atlas, known, knownGraph, renamedGraphs, smallGraphs, trivial } from './support.ts';

const karate = knownGraph(known.karate);

describe('modularity', () => {
  it.each(Object.entries(known))('of %s is that of NetworkX', (_, graph) => {
    expect(modularity(knownGraph(graph), graph.communities)).toBeCloseTo(graph.modularity, 9);
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
  // The optimum is that of Brandes and others (2008), "On modularity clustering".
  it('finds the optimum of the karate club', () => {
    expect(modularity(karate, leiden(karate, seededRandom(1)))).toBeCloseTo(0.41978961, 8);
  });

  it('ends on every graph of the atlas, and is optimal on at least 1,154 of 1,252', () => {
    const random = seededRandom(1);
    const reached = atlas.filter(({ graph, optimum }) => {
      const quality = modularity(graph, leiden(graph, random));
      expect(quality).toBeLessThan(optimum + 1e-9);
      return quality > optimum - 1e-9;
    });
    expect(atlas).toHaveLength(1252);
    expect(reached.length).toBeGreaterThanOrEqual(1154);
  });

  // Means of 200 seeds of `community_leiden(objective_function='modularity')` by python3-igraph 0.10.2.
  it.each([
    ['karate', 0.41976],
    ['miserables', 0.56661],
    ['tree', 0.67521],
    ['grid', 0.55102],
    ['sparse', 0.64],
    ['path', 0.88694],
    ['dense', 0.23405],
  ])('finds no less than igraph in %s, in the mean', (name, mean) => {
    const graph = knownGraph(known[name] as Known);
    const qualities = Array.from({ length: 200 }, (_, index) =>
      modularity(graph, leiden(graph, seededRandom(index + 1))),
    );
    expect(qualities.reduce((sum, quality) => sum + quality, 0) / 200).toBeGreaterThan(mean - 5e-6);
  });

  test.prop([smallGraphs(30), fc.integer()])(
    'finds connected communities that are no worse than none, numbered by their smallest node',
    (graph, seed) => {
      const communities = leiden(graph, seededRandom(seed));
      expect(areConnected(graph, communities)).toBe(true);
      const alone = Uint32Array.from({ length: graph.size }, (_, node) => node);
      expect(modularity(graph, communities)).toBeGreaterThan(modularity(graph, alone) - 1e-9);
      const numbers = [...new Set(communities)];
      expect(numbers).toEqual([...numbers.keys()]);
      expect(leiden(graph, seededRandom(seed))).toEqual(communities);
    },
  );

  it('does not depend on the unit of weights', () => {
    for (const unit of [1e-9, 1e9]) {
      const scaled = { ...karate, weights: karate.weights.map((weight) => weight * unit) };
      expect(leiden(scaled, seededRandom(3))).toEqual(leiden(karate, seededRandom(3)));
    }
  });

  it('makes each node its own community without edges', () => {
    const random = seededRandom(1);
    expect([...leiden(trivial.empty, random)]).toEqual([]);
    expect([...leiden(trivial.single, random)]).toEqual([0]);
    expect([...leiden(trivial.edgeless, random)]).toEqual([0, 1, 2]);
  });
});
