import { expect, it } from 'vitest';
import { surroundingsOf } from '#renderer/features/insights/ItemDetails.tsx';
import type { Model, NetEdge, NetNode } from '#renderer/features/network/model/model.ts';

const node = (id: string, links = 1): [string, NetNode] => [
  id,
  { id, type: 'team', title: id, university: null, links, saved: null, values: {} },
];
const edge = (from: string, to: string): [string, NetEdge] => [
  `${from}-${to}`,
  { id: `${from}-${to}`, from, to, kind: 'interface', bond: null, loss: null },
];
const modelOf = (nodes: [string, NetNode][], edges: [string, NetEdge][]): Model => ({
  nodes: new Map(nodes),
  edges: new Map(edges),
  titles: new Map(),
  matched: nodes.length,
});

it('an item is in the middle of its neighbours, and nothing else is drawn', () => {
  const model = modelOf(
    [node('a'), node('b'), node('c'), node('far')],
    [edge('a', 'b'), edge('c', 'a'), edge('c', 'far')],
  );
  const { nodes, edges } = surroundingsOf(model, ['a']);
  expect([...nodes.keys()].toSorted()).toEqual(['a', 'b', 'c']);
  expect([...edges.keys()]).toEqual(['a-b', 'c-a']);
  expect(nodes.get('a')?.saved).toEqual({ x: 0, y: 0 });
});

it('of many neighbours the most linked are drawn, each at its own position', () => {
  const others = Array.from({ length: 30 }, (_, at) => node(`n${at}`, at));
  const model = modelOf(
    [node('a'), ...others],
    others.map(([id]) => edge('a', id)),
  );
  const { nodes } = surroundingsOf(model, ['a']);
  expect(nodes.size).toBe(11);
  expect(nodes.has('n29') && !nodes.has('n0')).toBe(true);
  const places = [...nodes.values()].map(({ saved }) => `${saved?.x} ${saved?.y}`);
  expect(new Set(places).size).toBe(places.length);
});

it('both ends of a link are side by side, each near its own neighbours', () => {
  const model = modelOf(
    [node('a'), node('b'), node('left'), node('right')],
    [edge('a', 'b'), edge('right', 'b'), edge('left', 'a')],
  );
  const { nodes } = surroundingsOf(model, ['a', 'b']);
  const x = (id: string): number => nodes.get(id)?.saved?.x ?? Number.NaN;
  expect(x('a')).toBeLessThan(x('b'));
  expect(x('left')).toBeLessThanOrEqual(x('right'));
});
