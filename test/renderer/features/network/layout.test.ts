import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ForceLayout, separateNodes } from '#renderer/features/network/layout/force.ts';
import { clusterLayout, columnLayout } from '#renderer/features/network/layout/groups.ts';
import type { GroupedNode } from '#renderer/features/network/layout/groups.ts';
import {
  toForceInput,
  fromForcePoints,
  positionAll,
  startPoint,
  unitHash,
} from '#renderer/features/network/layout/positions.ts';
import { neighboursOf } from '#renderer/features/network/model/model.ts';
import { anyModel, edge, modelOf, node } from './support.ts';

const finite = ({ x, y }: { x: number; y: number }): boolean => Number.isFinite(x) && Number.isFinite(y);

describe('start positions from ids', () => {
  it('are the same every time, from 0 up to 1, and different for different ids', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(9), (text, salt) => {
        const drawn = unitHash(text, salt);
        expect(drawn).toBe(unitHash(text, salt));
        expect(drawn).toBeGreaterThanOrEqual(0);
        expect(drawn).toBeLessThan(1);
      }),
    );
    const many = new Set(Array.from({ length: 1000 }, (_, at) => unitHash(`team_${at}`)));
    expect(many.size).toBeGreaterThan(990);
    expect(startPoint('team_1', 10)).toEqual(startPoint('team_1', 10));
    expect(startPoint('team_1', 10)).not.toEqual(startPoint('team_2', 10));
  });
});

describe('the position of a node', () => {
  it('is the saved one, else the computed one, else a finite one', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const found = new Map([['n3', { x: 5, y: 6 }]]);
        const points = positionAll(model, found, neighboursOf(model));
        expect([...points.keys()].sort()).toEqual([...model.nodes.keys()].sort());
        for (const [id, point] of points) {
          const saved = model.nodes.get(id)?.saved ?? found.get(id);
          expect(saved ?? point).toEqual(point);
          expect(finite(point)).toBe(true);
        }
      }),
    );
  });
});

describe('the layout by forces', () => {
  const run = (model: ReturnType<typeof modelOf>) => {
    const { ids, input } = toForceInput(model, positionAll(model, new Map(), neighboursOf(model)));
    const layout = new ForceLayout(input);
    for (let step = 0; step < 120 && !layout.isAtRest; step += 1) layout.step();
    return fromForcePoints(ids, layout.points());
  };

  it('is finite, keeps saved positions, and is the same for the same network in any order', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const points = run(model);
        const turned = modelOf([...model.nodes.values()].reverse(), [...model.edges.values()].reverse());
        expect(run(turned)).toEqual(points);
        for (const [id, point] of points) {
          expect(finite(point)).toBe(true);
          const saved = model.nodes.get(id)?.saved;
          const put = saved ?? point;
          expect(Math.hypot(point.x - put.x, point.y - put.y)).toBeLessThan(0.01);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('rests with linked nodes about one spacing apart', () => {
    const nodes = Array.from({ length: 40 }, (_, at) => node(`n${at}`));
    const edges = Array.from({ length: 60 }, (_, at) =>
      edge(`e${at}`, `n${at % 34}`, `n${Math.floor(unitHash(`to ${at}`) * 34)}`),
    );
    const points = run(modelOf(nodes, edges));
    const lengths = edges.map(({ from, to }) => {
      const [a, b] = [points.get(from), points.get(to)];
      return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
    });
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(60);
    expect(mean).toBeLessThan(400);
    for (const { x, y } of points.values()) expect(Math.hypot(x, y)).toBeLessThan(2000);
  });
});

describe('overlapping nodes', () => {
  it('are separated, fixed ones stay', () => {
    const points = new Float32Array([0, 0, 0, 0, 3, 4, 500, 500]);
    separateNodes(points, new Uint8Array([1, 0, 0, 0]), 50);
    expect([points[0], points[1]]).toEqual([0, 0]);
    expect([points[6], points[7]]).toEqual([500, 500]);
    const away = (a: number, b: number): number =>
      Math.hypot(
        (points[a * 2] ?? 0) - (points[b * 2] ?? 0),
        (points[a * 2 + 1] ?? 0) - (points[b * 2 + 1] ?? 0),
      );
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(away(a, b)).toBeGreaterThan(45);
  });
});

const grouped: fc.Arbitrary<GroupedNode[]> = fc
  .array(fc.record({ group: fc.constantFrom('', 'a', 'b', 'c', 'd'), weight: fc.nat(20) }), {
    maxLength: 120,
  })
  .map((all) => all.map((one, at) => ({ ...one, id: `n${at}` })));

describe('layouts by groups', () => {
  it('place every node once, whatever the order of reading', () => {
    fc.assert(
      fc.property(grouped, (nodes) => {
        for (const layout of [clusterLayout, (all: GroupedNode[]) => columnLayout(all, ['b', 'a'])]) {
          const { points, areas: places } = layout(nodes);
          expect(points.size).toBe(nodes.length);
          for (const point of points.values()) expect(finite(point)).toBe(true);
          expect(new Set([...points.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
          expect(places.reduce((sum, { count }) => sum + count, 0)).toBe(nodes.length);
          expect(layout([...nodes].reverse()).points).toEqual(points);
        }
      }),
    );
  });

  it('keep clusters apart, and their members inside', () => {
    fc.assert(
      fc.property(grouped, (nodes) => {
        const { points, areas: places } = clusterLayout(nodes);
        for (const [at, a] of places.entries())
          for (const b of places.slice(at + 1))
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius + b.radius);
        for (const { id, group } of nodes) {
          const [point, place] = [points.get(id), places.find((one) => one.group === group)];
          if (!point || !place) throw new Error('not placed');
          expect(Math.hypot(point.x - place.x, point.y - place.y)).toBeLessThanOrEqual(place.radius);
        }
      }),
    );
  });
});
