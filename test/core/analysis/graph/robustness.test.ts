import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { components } from '#core/analysis/graph/connectivity.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { robustness } from '#core/analysis/graph/robustness.ts';
import { graphOf, renamedGraphs, trivial, without } from './support.ts';

/** By its definition: the largest component of what is left. */
function shareLeft(graph: Graph, removed: readonly number[]): number {
  const { component } = components(without(graph, removed));
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

it('robustness refuses to remove what is not there', () => {
  const graph = graphOf(2, [[0, 1, 1]]);
  expect(() => robustness(graph, [0, 0])).toThrow(RangeError);
  expect(() => robustness(graph, [2])).toThrow(RangeError);
});
