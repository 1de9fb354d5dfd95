import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Network } from '#shared/contract/network.ts';
import {
  networkDifference,
  isEmptyDifference,
  neighboursOf,
  readModel,
} from '#renderer/features/network/model/model.ts';
import { strongestLineIndexes } from '#renderer/features/network/model/groups.ts';
import type { Model } from '#renderer/features/network/model/model.ts';
import { anyModel } from './support.ts';

const answer: Network = {
  nodes: {
    id: ['a', 'b', 'c'],
    type: ['team', 'faculty', 'student'],
    title: ['Thermal', 'Dr. Mehta', ''],
    university: ['u', null, 'u'],
    links: [2, 1, 0],
    x: [1, null, null],
    y: [2, null, 3],
    values: { lifecycle: ['incoming', null, null] },
  },
  edges: {
    id: ['l1', 'c.team_id'],
    from: [0, 2],
    to: [1, 0],
    kind: ['interface', 'reference'],
    bond: ['codified-strong', null],
    loss: [5, null],
    description: [null, null],
  },
  titles: { u: 'Summit State' },
  matched: 7,
};

describe('an answer', () => {
  it('becomes nodes with their places and values, and edges by id', () => {
    const model = readModel(answer);
    expect(model.nodes.get('a')).toMatchObject({
      title: 'Thermal',
      saved: { x: 1, y: 2 },
      values: { lifecycle: 'incoming' },
    });
    expect(model.nodes.get('c')?.saved).toBeNull();
    expect(model.edges.get('c.team_id')).toMatchObject({ from: 'c', to: 'a', kind: 'reference' });
    expect(model.matched).toBe(7);
  });

  it('is narrowed to types, but for the record in the middle, with the edges that are left', () => {
    const model = readModel(answer, ['student'], 'a');
    expect([...model.nodes.keys()]).toEqual(['a', 'c']);
    expect([...model.edges.keys()]).toEqual(['c.team_id']);
  });
});

/** Does to the parts of a model what the steps say, taking the new parts from the other. */
function applied(before: Model, after: Model): Model {
  const { nodes, edges } = networkDifference(before, after);
  const next = {
    nodes: new Map(before.nodes),
    edges: new Map(before.edges),
    titles: after.titles,
    matched: after.matched,
  };
  for (const id of edges.removed) next.edges.delete(id);
  for (const id of nodes.removed) next.nodes.delete(id);
  for (const id of [...nodes.added, ...nodes.changed]) next.nodes.set(id, after.nodes.get(id) as never);
  for (const id of [...edges.added, ...edges.changed]) next.edges.set(id, after.edges.get(id) as never);
  return next;
}

const contents = ({ nodes, edges }: Model) => [
  [...nodes].sort(([a], [b]) => (a < b ? -1 : 1)),
  [...edges].sort(([a], [b]) => (a < b ? -1 : 1)),
];

describe('the difference of two models', () => {
  it('transform one model into the other', () => {
    fc.assert(
      fc.property(anyModel, anyModel, (before, after) => {
        expect(contents(applied(before, after))).toEqual(contents(after));
      }),
    );
  });

  it('is nothing between equal ones, however they were made', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const again = structuredClone(model);
        expect(isEmptyDifference(networkDifference(model, again))).toBe(true);
      }),
    );
  });
});

describe('neighbours', () => {
  it('are mutual, each once, and never oneself', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const neighbours = neighboursOf(model);
        for (const [id, others] of neighbours) {
          expect(new Set(others).size).toBe(others.length);
          expect(others).not.toContain(id);
          for (const other of others) expect(neighbours.get(other)).toContain(id);
        }
      }),
    );
  });
});

describe('lines between many groups', () => {
  it('are the strongest of each group, and all if there are few', () => {
    const ends = Array.from({ length: 20 }, (_, at) => `g${at}`);
    const pairs = ends.flatMap((from, at) => ends.slice(at + 1).map((to) => [from, to] as const));
    const lines = (some: typeof pairs) => ({
      from: some.map(([from]) => from),
      to: some.map(([, to]) => to),
      count: some.map((_, at) => (at * 7) % 97),
      loss: some.map(() => null),
    });
    const drawn = strongestLineIndexes(lines(pairs));
    expect(drawn.size).toBeLessThanOrEqual(3 * ends.length);
    expect(new Set([...drawn].flatMap((at) => pairs[at] ?? []))).toEqual(new Set(ends));
    expect(strongestLineIndexes(lines(pairs.slice(0, 100))).size).toBe(100);
  });
});
