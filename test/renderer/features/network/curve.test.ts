import fc from 'fast-check';
import { MultiDirectedGraph } from 'graphology';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { lookOf } from '#renderer/features/network/look/appearance.ts';
import { edgeName } from '#renderer/features/network/model/model.ts';
import type { EdgeAttributes, NodeAttributes } from '#renderer/features/network/stage/attributes.ts';
import { arrowOf, bendsOf, curveOf, pointOn, straightArrow } from '#renderer/features/network/stage/curve.ts';
import { pickEdge } from '#renderer/features/network/stage/pick.ts';
import { edge, modelOf, node } from './support.ts';

const look = { size: 5, color: '#000000', shape: 'circle' as const, label: '' };
const line = { size: 1, color: '#000000', dash: null };
const place = fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 20 }) });
const right = { x: 100, y: 0 };
const left = { x: 0, y: 0 };

describe('several links between the same two records', () => {
  it('are picked at their own middle, in both directions', () => {
    const directions = fc.array(fc.boolean(), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(directions, place, (forwards, off) => {
        const b = { x: 100 + off.x, y: off.y };
        const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
        graph.addNode('a', { ...left, ...look });
        graph.addNode('b', { ...b, ...look });
        const edges = forwards.map((isForward, at) =>
          isForward ? edge(`e${at}`, 'a', 'b') : edge(`e${at}`, 'b', 'a'),
        );
        const bends = bendsOf(edges);
        expect(bends.size).toBe(edges.length);
        for (const { id, from, to } of edges)
          graph.addEdgeWithKey(id, from, to, { ...line, bend: bends.get(id) ?? null });
        for (const { id, from } of edges) {
          const ends = from === 'a' ? ([left, b] as const) : ([b, left] as const);
          const middle = pointOn(curveOf(...ends, bends.get(id) ?? 0), 0.5);
          expect(pickEdge(graph, { point: middle, scale: 1, reach: 4 })).toBe(id);
        }
      }),
    );
  });

  it('are the only ones that are bent', () => {
    const bends = bendsOf([
      edge('one', 'a', 'b'),
      edge('own', 'a', 'a'),
      edge('x', 'b', 'c'),
      edge('y', 'c', 'b'),
    ]);
    expect([...bends.keys()]).toEqual(['x', 'y']);
    // To the left of each direction, so on different sides.
    expect(bends.get('x')).toBe(bends.get('y'));
  });

  it('have an arrowhead at their target', () => {
    const [tip, ...back] = arrowOf(curveOf(left, right, 0.1), 10, 2);
    const away = Math.hypot((tip?.x ?? 0) - 100, tip?.y ?? 0);
    expect(away > 10 && away < 13).toBe(true);
    for (const { x } of back) expect(x).toBeLessThan(tip?.x ?? 0);
    expect(arrowOf(curveOf(left, { x: 12, y: 0 }, 0.1), 10, 2)).toEqual([]);
  });
});

it('the arrowhead of a straight link is that of a curve without a bend, and smaller at a small record', () => {
  fc.assert(
    fc.property(
      place,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 5 }),
      (off, radius, width) => {
        const to = { x: 100 + off.x, y: off.y };
        const straight = straightArrow(left, to, radius, width);
        const bent = arrowOf(curveOf(left, to, 0), radius, width);
        expect(straight).toHaveLength(3);
        const [tip, one, other] = straight as [typeof to, typeof to, typeof to];
        expect(Math.hypot(tip.x - to.x, tip.y - to.y)).toBeCloseTo(radius + 1, 9);
        // The points of a curve are found in steps.
        bent.forEach(({ x, y }, at) => {
          expect(Math.hypot(x - (straight[at]?.x ?? 0), y - (straight[at]?.y ?? 0))).toBeLessThan(2);
        });
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeLessThan(0.9 * (2 + radius + width));
      },
    ),
  );
  expect(straightArrow(left, { x: 12, y: 0 }, 10, 2)).toEqual([]);
});

it('only links between two records have a direction', () => {
  const model = modelOf(
    [node('a'), node('b')],
    [
      edge('link', 'a', 'b'),
      edge('field', 'a', 'b', { kind: 'reference' }),
      edge('many', 'a', 'b', { count: 3 }),
    ],
  );
  const { styles } = lookOf(model, { colour: 'type', size: '' }, () => '#123456');
  expect(['link', 'field', 'many'].map((id) => styles.edge(id).arrow)).toEqual([true, false, false]);
});

it('a link is named by its records, its description and its bond', () => {
  const { nodes } = modelOf([node('a', { title: 'Thermal' }), node('b', { title: 'Power' })]);
  expect(edgeName(edge('e', 'a', 'b', { bond: 'codified-strong' }), nodes)).toMatch(/^Thermal → Power · \S/);
  expect(edgeName(edge('e', 'b', 'a'), nodes)).toBe('Power → Thermal');
  const described = edge('e', 'b', 'a', { description: 'Heat budget' });
  expect(edgeName(described, nodes)).toBe('Power → Thermal · Heat budget');
  expect(edgeName(edge('e', 'b', 'a', { count: 3 }), nodes)).toMatch(/ · 3 /);
});
