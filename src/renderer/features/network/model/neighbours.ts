import type { Model } from './model.ts';

/** For each record those it is joined with, in the order of the edges; each once. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

export function neighboursOf({ nodes, edges }: Model): Neighbours {
  const found = new Map<string, string[]>();
  for (const id of nodes.keys()) found.set(id, []);
  for (const { from, to } of edges.values()) {
    if (from === to) continue;
    found.get(from)?.push(to);
    found.get(to)?.push(from);
  }
  for (const [id, others] of found) if (others.length > 1) found.set(id, [...new Set(others)]);
  return found;
}

/** How many edges end at each record. */
export function degrees({ nodes, edges }: Model): ReadonlyMap<string, number> {
  const found = new Map<string, number>([...nodes.keys()].map((id) => [id, 0]));
  for (const { from, to } of edges.values()) {
    found.set(from, (found.get(from) ?? 0) + 1);
    if (to !== from) found.set(to, (found.get(to) ?? 0) + 1);
  }
  return found;
}
