import { test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { coreNumbers } from '#core/analysis/measures/network-model.ts';
import { neighbours } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { known, knownGraph, renamedGraphs, smallGraphs, trivial } from './support.ts';

/** By its definition: for each k, what is left when nodes of fewer than k neighbours are taken away as long as there are any. */
function byPeeling(graph: Graph): number[] {
  const cores = Array.from({ length: graph.size }, () => 0);
  for (let k = 1; k < graph.size; k += 1) {
    const left = new Set(cores.keys());
    const isLoose = (node: number): boolean =>
      neighbours(graph, node).filter((target) => left.has(target)).length < k;
    for (let loose = [...left].filter(isLoose); loose.length > 0; loose = [...left].filter(isLoose))
      for (const node of loose) left.delete(node);
    for (const node of left) cores[node] = k;
  }
  return cores;
}

it.each(Object.entries(known))('the core numbers of %s are those of NetworkX and igraph', (_, graph) => {
  expect([...coreNumbers(knownGraph(graph))]).toEqual(graph.cores);
});

test.prop([smallGraphs(10)])('core numbers are what peeling leaves', (graph) => {
  expect([...coreNumbers(graph)]).toEqual(byPeeling(graph));
});

test.prop([renamedGraphs])(
  'core numbers do not depend on how nodes are numbered',
  ({ graph, renamed, names }) => {
    const cores = coreNumbers(renamed);
    expect(names.map((name) => cores[name])).toEqual([...coreNumbers(graph)]);
  },
);

it('core numbers are 0 without edges', () => {
  expect([...coreNumbers(trivial.empty)]).toEqual([]);
  expect([...coreNumbers(trivial.single)]).toEqual([0]);
  expect([...coreNumbers(trivial.edgeless)]).toEqual([0, 0, 0]);
});
