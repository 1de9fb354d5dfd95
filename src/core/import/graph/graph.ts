import type { ImportFormat } from '#shared/domain/formats.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { refusal } from '../../kernel/files/refusal.ts';
import type { AttributeKind } from '../../model/interchange/attributes.ts';
import type { Notices } from '../notices.ts';

/** A node or an edge as a file has it. Of what a file calls structural only the ends are here; `label` and `type` are attributes. */
export interface GraphElement {
  /** Null where the file gives none. */
  id: string | null;
  attributes: ReadonlyMap<string, Json>;
  /** The id of the node that a node is in. */
  parent?: string | undefined;
}

export interface GraphEdge extends GraphElement {
  source: string;
  target: string;
  /** Null where the file does not say it. */
  directed: boolean | null;
}

export type Kinds = ReadonlyMap<string, AttributeKind>;

/** A graph as it was read from a file. */
export interface Graph {
  format: ImportFormat;
  nodes: readonly GraphElement[];
  edges: readonly GraphEdge[];
  /** FRAMES wrote it, so that losses are per cent. */
  isOurs: boolean;
  /** What texts of attributes mean, by name; null where values are what they are. */
  kinds: { node: Kinds; edge: Kinds } | null;
  /** Attributes of nodes that say how they are drawn: left out unless somebody says otherwise. */
  drawing: readonly string[];
  /** What of the file is not among the nodes and edges. */
  notices: Notices;
}

/** Who wrote a file, as our own say it. */
export const ourName = 'FRAMES';

/** Values that one element may have under one name. */
const mostAlike = 200;

/** Adds an attribute. Where another value has the name already, the name gets a number, as headings of tables do; an empty text is none. */
export function addAttribute(attributes: Map<string, Json>, name: string, value: Json): void {
  for (let count = 1; ; count += 1) {
    if (count > mostAlike)
      throw refusal('too_large', `The attribute “${name}” has more than ${mostAlike} values.`);
    const free = count === 1 ? name : `${name} (${count})`;
    const known = attributes.get(free);
    if (known === undefined || known === '') attributes.set(free, value);
    if (known === undefined || known === '' || value === '' || jsonEqual(known, value)) return;
  }
}

/**
 * A graph by the ids that its elements have as an attribute: igraph counts nodes anew and keeps there what they were called. Only where
 * each node has one of its own.
 */
export function withOwnIds(graph: Graph): Graph {
  const { nodes, edges } = graph;
  const ids = nodes.flatMap(({ attributes }) => idOf(attributes.get('id')) ?? []);
  if (ids.length === 0 || new Set(ids).size !== nodes.length) return graph;
  const renamed = new Map(nodes.map(({ id }, index) => [id, ids[index] as string]));
  const own = <T extends GraphElement>(element: T): T => ({
    ...element,
    id: idOf(element.attributes.get('id')) ?? element.id,
    attributes: new Map([...element.attributes].filter(([name]) => name !== 'id')),
  });
  const nameOf = (id: string): string => renamed.get(id) ?? id;
  return {
    ...graph,
    nodes: nodes.map((node) => ({
      ...own(node),
      parent: node.parent === undefined ? undefined : nameOf(node.parent),
    })),
    edges: edges.map((edge) => ({
      ...own(edge),
      source: nameOf(edge.source),
      target: nameOf(edge.target),
    })),
  };
}

/** An id or an end as a file gives it: a number means its digits. */
export function idOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
