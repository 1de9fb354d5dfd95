import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { betweenness } from '#core/analysis/graph/betweenness.ts';
import { findComponents } from '#core/analysis/graph/connectivity.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { declineByRemoval, robustness } from '#core/analysis/graph/robustness.ts';
import { graphOf, known, knownGraph, renamedGraphs, trivial, without } from './support.ts';

const asked = (graph: Graph) => ({ scores: betweenness(graph), seed: 1 });

/** By its definition: the largest component of what is left. */
function shareLeft(graph: Graph, removed: readonly number[]): number {
  const { component } = findComponents(without(graph, removed));
  const sizes = new Map<number, number>();
  component.forEach((number, node) => {
    if (!removed.includes(node)) sizes.set(number, (sizes.get(number) ?? 0) + 1);
  });
  return Math.max(0, ...sizes.values()) / Math.max(1, graph.size);
}

test.prop([renamedGraphs, fc.nat({ max: 12 })])(
  'robustness is the largest component after each removal',
  ({ graph, names }, count) => {
    const order = names.slice(0, count);
    const expected = Array.from({ length: order.length + 1 }, (_, end) =>
      shareLeft(graph, order.slice(0, end)),
    );
    expect([...robustness(graph, order)]).toEqual(expected);
  },
);

it('robustness is defined without edges', () => {
  expect([...robustness(trivial.empty, [])]).toEqual([0]);
  expect([...robustness(trivial.single, [0])]).toEqual([1, 0]);
  expect([...robustness(trivial.edgeless, [1])]).toEqual([1 / 3, 1 / 3]);
});

it('robustness refuses to remove unknown nodes', () => {
  const graph = graphOf(2, [[0, 1, 1]]);
  expect(() => robustness(graph, [0, 0])).toThrow(RangeError);
  expect(() => robustness(graph, [2])).toThrow(RangeError);
});

it('two triangles joined by an edge are halved by either of its ends', () => {
  const graph = graphOf(6, [
    [0, 1, 1],
    [1, 2, 1],
    [0, 2, 1],
    [2, 3, 1],
    [3, 4, 1],
    [4, 5, 1],
    [3, 5, 1],
  ]);
  const found = declineByRemoval(graph, asked(graph));
  expect(found.halved).toMatchObject({ betweenness: 1, degree: 1 });
  expect(found.first).toEqual([2]);
  expect(found.curve.map(({ removed, betweenness }) => [removed, betweenness])).toEqual([
    [0, 1],
    [1, 3 / 6],
    [2, 2 / 6],
    [3, 2 / 6],
  ]);
  expect(declineByRemoval(graph, asked(graph))).toEqual(found);
});

it('recomputes betweenness after each removal', () => {
  // A path: its middle first, then the middle of each half, though the neighbours of the first middle stood higher before.
  const path = graphOf(
    7,
    Array.from({ length: 6 }, (_, at) => [at, at + 1, 1]),
  );
  const { curve, rounds, removals } = declineByRemoval(path, asked(path));
  expect({ rounds, removals }).toEqual({ rounds: 4, removals: 4 });
  expect(curve.map(({ betweenness: share }) => share)).toEqual([1, 3 / 7, 3 / 7, 1 / 7, 1 / 7]);
});

it('samples within the cost limit, with about the same result', () => {
  const graph = knownGraph(known.miserables);
  const exact = declineByRemoval(graph, asked(graph));
  expect(exact).toMatchObject({ rounds: 39, removals: 39, sources: 77 });
  const sampled = declineByRemoval(graph, { ...asked(graph), maxCost: 100_000 });
  expect(sampled).toMatchObject({ rounds: 25, removals: 39, sources: 64 });
  expect(Math.abs(sampled.halved.betweenness - exact.halved.betweenness)).toBeLessThan(3);
  expect(sampled.halved.random).toBe(exact.halved.random);
  expect(declineByRemoval(graph, { ...asked(graph), maxCost: 100_000, isExact: true })).toEqual(exact);
});

it('counts parallel links for degrees', () => {
  const graph = graphOf(6, [
    [0, 1, 1],
    [1, 2, 1],
    [2, 3, 1],
    [3, 4, 5],
    [4, 5, 1],
  ]);
  const { curve } = declineByRemoval(graph, asked(graph));
  // 3, with six links, goes first, and then 4.
  expect(curve.map(({ degree }) => degree)).toEqual([1, 3 / 6, 3 / 6, 1 / 6]);
});

it('removes by degree if that halves it sooner', () => {
  const star = graphOf(5, [
    [0, 1, 1],
    [0, 2, 1],
    [0, 3, 1],
    [0, 4, 1],
  ]);
  const { halved, first } = declineByRemoval(star, { scores: Float64Array.of(0, 1, 0, 0, 0), seed: 1 });
  expect(halved).toMatchObject({ betweenness: 2, degree: 1 });
  expect(first).toEqual([0]);
});

it('the decline is defined without nodes', () => {
  const { curve, halved, first } = declineByRemoval(trivial.empty, asked(trivial.empty));
  expect({ curve, halved, first }).toEqual({
    curve: [],
    halved: { betweenness: 0, degree: 0, random: 0 },
    first: [],
  });
});
