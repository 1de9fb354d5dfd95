import fc from 'fast-check';
import { MultiDirectedGraph } from 'graphology';
import { describe, expect, it } from 'vitest';
import type { EdgeAttributes, NodeAttributes } from '#renderer/features/network/stage/attributes.ts';
import { pickEdge, pickNode, pointsInside } from '#renderer/features/network/stage/pick.ts';

const look = { color: '#000000', shape: 'circle' as const, label: '' };
const radius = (size: number): number => size * 2;

/** Two nodes side by side with a line between them, and a larger one above. */
function drawn() {
  const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  graph.addNode('left', { x: 0, y: 0, size: 5, ...look });
  graph.addNode('right', { x: 100, y: 0, size: 5, ...look });
  graph.addNode('above', { x: 50, y: 100, size: 10, ...look });
  graph.addEdgeWithKey('across', 'left', 'right', { size: 1, color: '#000000', dash: null });
  graph.addEdgeWithKey('up', 'left', 'above', { size: 1, color: '#000000', dash: null });
  return graph;
}

describe('the element under the pointer', () => {
  it('is a node within its radius on the screen, and a few px more', () => {
    const at = (x: number, y: number) => pickNode(drawn(), { point: { x, y }, scale: 2, reach: 4 }, radius);
    expect(at(0, 0)).toBe('left');
    // 10 px of radius and 4 of room are 7 units.
    expect(at(6.9, 0)).toBe('left');
    expect(at(7.1, 0)).toBeNull();
    expect(at(50, 88.5)).toBe('above');
  });

  it('is the nearest of several nodes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 120 }), fc.integer({ min: -20, max: 120 }), (x, y) => {
        const graph = drawn();
        const away = (id: string): number =>
          Math.hypot(graph.getNodeAttribute(id, 'x') - x, graph.getNodeAttribute(id, 'y') - y) -
          radius(graph.getNodeAttribute(id, 'size'));
        const found = pickNode(graph, { point: { x, y }, scale: 1, reach: 1000 }, radius);
        expect(away(found ?? '')).toBe(Math.min(...graph.nodes().map(away)));
      }),
    );
  });

  it('is a line along its length and not beyond', () => {
    const at = (x: number, y: number) => pickEdge(drawn(), { point: { x, y }, scale: 2, reach: 4 });
    expect(at(50, 1.9)).toBe('across');
    expect(at(50, 2.1)).toBeNull();
    expect(at(101.9, 0)).toBe('across');
    expect(at(102.1, 0)).toBeNull();
    expect(at(25, 50)).toBe('up');
  });
});

describe('selecting an area', () => {
  const square = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
  ];
  const isInside = (x: number, y: number, line: typeof square): boolean =>
    pointsInside(new Map([['a', { x, y }]]), line).length === 1;

  it('selects exactly the nodes inside of the line', () => {
    const coordinate = fc.integer({ min: -20, max: 20 }).filter((value) => ![0, 10].includes(value));
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        expect(isInside(x, y, square)).toBe(x > 0 && x < 10 && y > 0 && y < 10);
      }),
    );
    expect(isInside(5, 5, square.slice(0, 2))).toBe(false);
    const dented = [...square, { x: 5, y: 5 }];
    expect([isInside(1, 5, dented), isInside(9, 5, dented)]).toEqual([false, true]);
  });
});
