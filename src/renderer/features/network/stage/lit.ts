import type { Model } from '../model/model.ts';
import type { Neighbours } from '../model/neighbours.ts';
import type { Emphasis } from './attributes.ts';

/** What stays bright while the rest is dimmed; null when nothing is dimmed. */
export interface Lit {
  nodes: ReadonlySet<string>;
  /** An edge is bright when this says so. */
  edge: (id: string, from: string, to: string) => boolean;
}

/** The node under the pointer, else those selected, each with its neighbours; or an edge with its ends. */
export function litBy(
  { hovered, selected, edge }: Emphasis,
  model: Model,
  neighbours: Neighbours,
): Lit | null {
  const middle =
    hovered !== null && model.nodes.has(hovered)
      ? new Set([hovered])
      : new Set([...selected].filter((id) => model.nodes.has(id)));
  if (middle.size === 0) {
    const ends = edge === null ? undefined : model.edges.get(edge);
    return ends ? { nodes: new Set([ends.from, ends.to]), edge: (id) => id === ends.id } : null;
  }
  const nodes = new Set(middle);
  for (const id of middle) for (const other of neighbours.get(id) ?? []) nodes.add(other);
  return { nodes, edge: (_, from, to) => middle.has(from) || middle.has(to) };
}
