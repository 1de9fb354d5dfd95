import type { ExportFormat } from '#shared/domain/formats.ts';
import type { Json } from '#shared/domain/json.ts';
import type { AttributeKind } from '../../model/interchange/attributes.ts';

/** A node or an edge as a file has it. Of what a file calls structural only the ends are here; `label` and `type` are attributes. */
export interface GraphElement {
  /** Null where the file gives none. */
  id: string | null;
  attributes: ReadonlyMap<string, Json>;
}

export interface GraphEdge extends GraphElement {
  source: string;
  target: string;
}

export type Kinds = ReadonlyMap<string, AttributeKind>;

/** A graph as it was read from a file. */
export interface Graph {
  format: Extract<ExportFormat, 'gexf' | 'graphml' | 'csv-nodes' | 'csv-edges' | 'cytoscape' | 'node-link'>;
  nodes: readonly GraphElement[];
  edges: readonly GraphEdge[];
  /** FRAMES wrote it, so that losses are per cent. */
  isOurs: boolean;
  /** What texts of attributes mean, by name; null where values are what they are. */
  kinds: { node: Kinds; edge: Kinds } | null;
}

/** Who wrote a file, as our own say it. */
export const ourName = 'FRAMES';

/**
 * A graph by the ids that its elements have as an attribute: igraph counts nodes anew and keeps there what they were called. Only where
 * each node has one of its own.
 */
export function withOwnIds(graph: Graph): Graph {
  const { nodes, edges } = graph;
  const ids = nodes.flatMap(({ attributes }) => idOf(attributes.get('id')) ?? []);
  if (ids.length === 0 || new Set(ids).size !== nodes.length) return graph;
  const renamed = new Map(nodes.map(({ id }, index) => [id, ids[index] as string]));
  const own = ({ id, attributes }: GraphElement): GraphElement => ({
    id: idOf(attributes.get('id')) ?? id,
    attributes: new Map([...attributes].filter(([name]) => name !== 'id')),
  });
  return {
    ...graph,
    nodes: nodes.map(own),
    edges: edges.map((edge) => ({
      ...own(edge),
      source: renamed.get(edge.source) ?? edge.source,
      target: renamed.get(edge.target) ?? edge.target,
    })),
  };
}

/** An id or an end as a file gives it: a number means its digits. */
export function idOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
