import { furthest } from '#shared/contract/network.ts';
import type { Network, NodeType } from '#shared/contract/network.ts';
import type { Json } from '#shared/domain/json.ts';

/** A place in the layout: about one node's distance is 100. */
export interface Point {
  x: number;
  y: number;
}

/** A record that stands in the network. */
export interface NetNode {
  id: string;
  type: NodeType;
  title: string;
  university: string | null;
  /** Its interfaces, whether their other end is shown or not. */
  links: number;
  /** Where somebody has put it, or null. */
  saved: Point | null;
  /** The fields that were asked for. */
  values: Readonly<Record<string, Json>>;
}

/** An interface between two records, or a field of one that names the other. */
export interface NetEdge {
  id: string;
  from: string;
  to: string;
  kind: 'interface' | 'reference';
  bond: string | null;
  /** Percent, 0 to 100. */
  loss: number | null;
}

/** What of the network is shown. */
export interface Model {
  nodes: ReadonlyMap<string, NetNode>;
  edges: ReadonlyMap<string, NetEdge>;
  /** What records are called that nodes name by their ids: universities, and what the fields at hand refer to. */
  titles: ReadonlyMap<string, string>;
  /** How many records match; more than are here when there are too many to draw. */
  matched: number;
}

export const emptyModel: Model = { nodes: new Map(), edges: new Map(), titles: new Map(), matched: 0 };

/** A saved position, unless it is so far away that no picture could show it with the others. */
function savedAt(x: number | null | undefined, y: number | null | undefined): Point | null {
  const fits = (value: number | null | undefined): value is number =>
    typeof value === 'number' && Math.abs(value) <= furthest;
  return fits(x) && fits(y) ? { x, y } : null;
}

/** The model of an answer. With `types` only records of those types, and `keep` whatever it is. */
export function readModel(
  { nodes, edges, titles, matched }: Network,
  types?: readonly NodeType[],
  keep?: string,
): Model {
  const shown = new Map<string, NetNode>();
  const fields = Object.entries(nodes.values);
  nodes.id.forEach((id, at) => {
    const type = nodes.type[at];
    if (type === undefined || (types && id !== keep && !types.includes(type))) return;
    shown.set(id, {
      id,
      type,
      title: nodes.title[at] ?? '',
      university: nodes.university[at] ?? null,
      links: nodes.links[at] ?? 0,
      saved: savedAt(nodes.x[at], nodes.y[at]),
      values: Object.fromEntries(fields.map(([field, column]) => [field, column[at] ?? null])),
    });
  });
  const joined = new Map<string, NetEdge>();
  edges.id.forEach((id, at) => {
    const from = nodes.id[edges.from[at] ?? -1];
    const to = nodes.id[edges.to[at] ?? -1];
    if (from === undefined || to === undefined || !shown.has(from) || !shown.has(to)) return;
    const kind = edges.kind[at] ?? 'interface';
    joined.set(id, { id, from, to, kind, bond: edges.bond[at] ?? null, loss: edges.loss[at] ?? null });
  });
  // Those that were cut off may be of any type.
  const cut = matched - nodes.id.length;
  return { nodes: shown, edges: joined, titles: new Map(Object.entries(titles)), matched: shown.size + cut };
}
