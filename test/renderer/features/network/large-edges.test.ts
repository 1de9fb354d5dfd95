import fc from 'fast-check';
import { MultiDirectedGraph } from 'graphology';
import { describe, expect, it } from 'vitest';
import type {
  EdgeAttributes,
  NodeAttributes,
  Renderer,
} from '#renderer/features/network/stage/attributes.ts';
import { squaredLineDistance, pickEdge } from '#renderer/features/network/stage/pick.ts';
import { LargeEdges } from '#renderer/features/network/stage/LargeEdges.ts';
import { lineProgram } from '#renderer/features/network/stage/line-program.ts';
import { edge, modelOf, node } from './support.ts';

const styles = {
  node: () => ({ size: 3, color: '#000000', shape: 'circle' as const, label: '' }),
  edge: (id: string) => ({ size: 1, color: id < 'e5' ? '#112233' : '#445566', dash: null }),
};

/** A WebGL context that takes whatever it is given. */
const card = new Proxy({}, { get: () => () => ({}) });

/** As much of sigma as edges need: a graph, a layer, and frames. */
function frames(graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>) {
  let draw = (): void => {};
  const sigma = {
    on: (_name: string, work: () => void) => (draw = work),
    getGraph: () => graph,
    getCanvases: () => ({ edges: { width: 100, height: 100, getContext: () => card } }),
    getCustomBBox: () => ({ x: [0, 10], y: [0, 10] }),
    getRenderParams: () => ({ matrix: new Float32Array(9) }),
  };
  return { sigma: sigma as unknown as Renderer, frame: () => draw() };
}

function crowd(joins: readonly (readonly [number, number])[]) {
  const nodes = Array.from({ length: 10 }, (_, at) => node(`n${at}`));
  const edges = joins.map(([from, to], at) => edge(`e${at}`, `n${from}`, `n${to}`));
  const model = modelOf(nodes, edges);
  const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  for (const [at, { id }] of nodes.entries())
    graph.addNode(id, { x: (at * 37) % 100, y: (at * 61) % 100, ...styles.node() });
  return { model, graph };
}

describe('the edges of a large network', () => {
  it('are found at a position like those that sigma draws', () => {
    const join = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }));
    const place = fc.record({ x: fc.integer({ min: -5, max: 105 }), y: fc.integer({ min: -5, max: 105 }) });
    fc.assert(
      fc.property(
        fc.array(join, { maxLength: 12 }),
        place,
        fc.integer({ min: 1, max: 12 }),
        (joins, at, reach) => {
          const { model, graph } = crowd(joins);
          const { sigma, frame } = frames(graph);
          const lines = new LargeEdges();
          lines.drawWith(sigma, lineProgram, () => false);
          lines.show(model, graph, styles);
          lines.highlight(null, (colour) => colour);
          frame();
          for (const { id, from, to } of model.edges.values())
            graph.addEdgeWithKey(id, from, to, { size: 1, color: '#000000', dash: null });
          const aim = { point: at, scale: 1, reach };
          const away = (id: string | null): number => {
            if (id === null) return Infinity;
            const [from, to] = graph.extremities(id);
            return squaredLineDistance(at, graph.getNodeAttributes(from), graph.getNodeAttributes(to));
          };
          // Of several as near, either may be found.
          expect(away(lines.pick(aim))).toBeCloseTo(away(pickEdge(graph, aim)), 6);
        },
      ),
    );
  });
});
