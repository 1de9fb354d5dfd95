import fc from 'fast-check';
import { MultiDirectedGraph } from 'graphology';
import { describe, expect, it } from 'vitest';
import type {
  EdgeAttributes,
  NodeAttributes,
  Renderer,
} from '#renderer/features/network/stage/attributes.ts';
import { distanceToLine, pickEdge } from '#renderer/features/network/stage/pick.ts';
import { LargeEdges } from '#renderer/features/network/stage/LargeEdges.ts';
import { edge, modelOf, node } from './support.ts';

const styles = {
  node: () => ({ size: 3, color: '#000000', shape: 'circle' as const, label: '' }),
  edge: (id: string) => ({ size: 1, color: id < 'e5' ? '#112233' : '#445566', dash: null }),
};

/** A WebGL context that records uploads and draws. */
function card() {
  const told = { uploads: [] as string[], runs: [] as { from: number; count: number; colour: number[] }[] };
  let colour: number[] = [];
  const gl = new Proxy(
    {
      createProgram: () => ({}),
      createShader: () => ({}),
      createBuffer: () => ({}),
      getAttribLocation: () => 0,
      getUniformLocation: (_program: unknown, name: string) => name,
      bufferData: (_kind: unknown, data: { constructor: { name: string } }) =>
        void told.uploads.push(data.constructor.name),
      uniform3f: (name: string, ...value: number[]) => {
        if (name === 'u_colour') colour = value;
      },
      drawElements: (_kind: unknown, count: number, _type: unknown, from: number) =>
        void told.runs.push({ from, count, colour }),
    },
    { get: (known: Record<string, unknown>, name: string) => known[name] ?? (() => {}) },
  );
  return { told, gl };
}

/** As much of sigma as edges need: a graph, a layer, and frames. */
function frames(graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>) {
  const { told, gl } = card();
  let draw = (): void => {};
  const sigma = {
    on: (_name: string, work: () => void) => (draw = work),
    getGraph: () => graph,
    getCanvases: () => ({ edges: { width: 100, height: 100, getContext: () => gl } }),
    getCustomBBox: () => ({ x: [0, 10], y: [0, 10] }),
    getRenderParams: () => ({ matrix: new Float32Array(9) }),
  };
  return { told, sigma: sigma as unknown as Renderer, frame: () => draw() };
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
  it('are uploaded once, and again where something has changed', () => {
    const { model, graph } = crowd([
      [0, 1],
      [1, 2],
    ]);
    const { told, sigma, frame } = frames(graph);
    const lines = new LargeEdges();
    let hidden = false;
    lines.drawWith(sigma, () => hidden);
    frame();
    expect(told.runs).toEqual([]);
    lines.show(model, graph, styles);
    lines.highlight(null, (colour) => colour);
    frame();
    frame();
    expect(told.uploads).toEqual(['Float32Array', 'Uint16Array']);
    expect(told.runs.map(({ count }) => count)).toEqual([4, 4]);
    lines.moved();
    frame();
    expect(told.uploads).toEqual(['Float32Array', 'Uint16Array', 'Float32Array']);
    hidden = true;
    frame();
    expect(told.runs).toHaveLength(3);
    hidden = false;
    lines.show(null, graph, styles);
    frame();
    expect(told.runs).toHaveLength(3);
  });

  it('are dimmed except bright ones, which are drawn last', () => {
    const { model, graph } = crowd([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const { told, sigma, frame } = frames(graph);
    const lines = new LargeEdges();
    lines.drawWith(sigma, () => false);
    lines.show(model, graph, styles);
    const bright = { nodes: new Set(['n0', 'n1']), edge: (_id: string, from: string) => from === 'n0' };
    lines.highlight(bright, () => '#ffffff');
    frame();
    expect(told.runs.map(({ from, count, colour }) => [from, count, colour[0]])).toEqual([
      [0, 6, 1],
      [12, 2, 0x11 / 255],
    ]);
  });

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
          lines.drawWith(sigma, () => false);
          lines.show(model, graph, styles);
          lines.highlight(null, (colour) => colour);
          frame();
          for (const { id, from, to } of model.edges.values())
            graph.addEdgeWithKey(id, from, to, { size: 1, color: '#000000', dash: null });
          const aim = { at, scale: 1, reach };
          const away = (id: string | null): number => {
            if (id === null) return Infinity;
            const [from, to] = graph.extremities(id);
            return distanceToLine(at, graph.getNodeAttributes(from), graph.getNodeAttributes(to));
          };
          // Of several as near, either may be found.
          expect(away(lines.pick(aim))).toBeCloseTo(away(pickEdge(graph, aim)), 6);
        },
      ),
    );
  });
});
