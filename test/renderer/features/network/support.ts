import fc from 'fast-check';
import type { NodeType } from '#shared/contract/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { Model, NetEdge, NetNode } from '#renderer/features/network/model/model.ts';

/** A node with what a test says of it. */
export function node(id: string, parts: Partial<NetNode> = {}): NetNode {
  return { id, type: 'team', title: id, university: null, links: 0, saved: null, values: {}, ...parts };
}

/** An edge between two nodes with what a test says of it. */
export function edge(id: string, from: string, to: string, parts: Partial<NetEdge> = {}): NetEdge {
  return { id, from, to, kind: 'interface', bond: null, loss: null, ...parts };
}

/** A network; `titles` are the names of what nodes name by ids. */
export function modelOf(
  nodes: readonly NetNode[],
  edges: readonly NetEdge[] = [],
  titles: Readonly<Record<string, string>> = {},
): Model {
  return {
    nodes: new Map(nodes.map((one) => [one.id, one])),
    edges: new Map(edges.map((one) => [one.id, one])),
    titles: new Map(Object.entries(titles)),
    matched: nodes.length,
  };
}

const types: readonly NodeType[] = nodeType.options;
const place = fc.record({
  x: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  y: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
});

/** Any small network: ids of a small set, so that two of them have nodes in common. */
export const anyModel: fc.Arbitrary<Model> = fc
  .uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 24 })
  .chain((ids) =>
    fc.record({
      nodes: fc.tuple(
        ...ids.map((id) =>
          fc
            .record({
              type: fc.constantFrom(...types),
              title: fc.string({ maxLength: 8 }),
              links: fc.nat(40),
              saved: fc.option(place),
              university: fc.option(fc.constantFrom('u1', 'u2', 'u3')),
              values: fc.record({
                lifecycle: fc.constantFrom(null, 'incoming', 'established', 'outgoing', 'other'),
                size: fc.option(fc.integer({ min: 0, max: 50 })),
              }),
            })
            .map((parts) => node(`n${id}`, parts)),
        ),
      ),
      edges: fc.array(
        fc.record({
          id: fc.integer({ min: 0, max: 40 }),
          from: fc.nat(30),
          to: fc.nat(30),
          loss: fc.option(fc.integer({ min: 0, max: 100 })),
        }),
        { maxLength: ids.length === 0 ? 0 : 40 },
      ),
    }),
  )
  .map(({ nodes, edges }) => {
    const at = (index: number): string => nodes[index % nodes.length]?.id ?? '';
    return modelOf(
      nodes,
      edges.map(({ id, from, to, loss }) => edge(`e${id}`, at(from), at(to), { loss })),
    );
  });
