import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Neighbourhood } from '#core/analysis/graph/neighbourhood.ts';
import { distances, smallGraphs } from './support.ts';

test.prop([smallGraphs(12), fc.nat({ max: 5 })])(
  'a neighbourhood is what is near, nearest first',
  (graph, hops) => {
    const neighbourhood = new Neighbourhood(graph);
    for (let source = 0; source < graph.size; source += 1) {
      const steps = distances(graph, source);
      const found = [...neighbourhood.nodesWithin(source, hops)];
      expect(found[0]).toBe(source);
      expect(found.toSorted((a, b) => a - b)).toEqual(
        [...steps.keys()].filter((node) => (steps[node] as number) <= hops),
      );
      const order = found.map((node) => steps[node] as number);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
  },
);
