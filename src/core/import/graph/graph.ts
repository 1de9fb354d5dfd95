import { clause } from '#shared/texts/sentence.ts';
import type { ImportFormat } from '#shared/domain/formats.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import type { AttributeKind } from '../../model/interchange/attributes.ts';
import type { Notices } from '../notices.ts';

/** A node or an edge of a file with its ends; `label` and `type` are attributes. */
export interface GraphElement {
  /** Null if the file gives none. */
  id: string | null;
  attributes: ReadonlyMap<string, Json>;
  /** The id of the containing node. */
  parent?: string | undefined;
}

export interface GraphEdge extends GraphElement {
  source: string;
  target: string;
  /** Null if the file does not say. */
  directed: boolean | null;
}

export type Kinds = ReadonlyMap<string, AttributeKind>;

/** A graph as read from a file. */
export interface Graph {
  format: ImportFormat;
  nodes: readonly GraphElement[];
  edges: readonly GraphEdge[];
  /** Written by FRAMES, so that losses are in per cent. */
  isOurs: boolean;
  /** Meanings of texts in attributes, by name; null if values are literal. */
  kinds: { node: Kinds; edge: Kinds } | null;
  /** Node attributes about drawing: left out by default. */
  drawing: readonly string[];
  /** Other content of the file, not imported. */
  notices: Notices;
}

/** The creator in our own files. */
export const ourName = 'FRAMES';

/** Values of one element under one name, at most. */
const mostAlike = 200;

/** Adds an attribute; an equal name gets a number. An empty text is none. */
export function addAttribute(attributes: Map<string, Json>, name: string, value: Json): void {
  for (let count = 1; ; count += 1) {
    if (count > mostAlike)
      throw fileRefusal('too_large', { why: clause('alikeValues', { name, count: mostAlike }) });
    const free = count === 1 ? name : `${name} (${count})`;
    const known = attributes.get(free);
    if (known === undefined || known === '') attributes.set(free, value);
    if (known === undefined || known === '' || value === '' || jsonEqual(known, value)) return;
  }
}

/** Uses the original ids that igraph keeps as an attribute, if every node has its own: igraph renumbers nodes. */
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

/** An id or end in the file; numbers as their digits. */
export function idOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
