import { clause } from '#shared/texts/sentence.ts';
import type { ImportFormat } from '#shared/domain/formats.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import type { AttributeKind } from '../../model/interchange/attributes.ts';
import type { Notices } from '../notices.ts';

/** A node or an edge of a file; its label and type are attributes. */
export interface GraphElement {
  /** Null if the file gives none. */
  id: string | null;
  attributes: ReadonlyMap<string, Json>;
  /** The id of the containing node. */
  parent?: string | undefined;
  /** Whether the program drew it as a note. */
  isNote?: boolean;
  /** Whether it is a folder of a drawing, which can be without a name. */
  isFolder?: boolean;
}

export interface GraphEdge extends GraphElement {
  source: string;
  target: string;
  /** Null if the file does not say. */
  directed: boolean | null;
  /** Whether it points both ways. */
  isMutual?: boolean;
}

export type AttributeKinds = ReadonlyMap<string, AttributeKind>;

/** A graph as read from a file. */
export interface Graph {
  format: ImportFormat;
  nodes: readonly GraphElement[];
  edges: readonly GraphEdge[];
  /** Whether FRAMES wrote the file, so that losses are in per cent. */
  isFramesFile: boolean;
  /** Meanings of texts in attributes, by name; null if values are literal. */
  kinds: { node: AttributeKinds; edge: AttributeKinds } | null;
  /** Attributes about drawing, and those of a program itself, which are left out by default. */
  drawingAttributes: readonly string[];
  /** Notices of content that is not imported. */
  notices: Notices;
}

/** The creator that exported files name. */
export const framesCreator = 'FRAMES';

/** The names that yEd gives to folders, in its languages. */
const defaultFolderName =
  /^(?:folder|group|ordner|gruppe|cartella|gruppo|dossier|groupe|carpeta|grupo|pasta|map|groep|folder|grupa|složka|skupina|mapp|grupp|mappe|kansio|ryhmä|klasör|grup|папка|группа|フォルダー?|グループ|文件夹|组)(?:\s*\d+)?$/iu;

export const isDefaultFolderName = (label: string): boolean => defaultFolderName.test(label.trim());

/** Limit of values of one element under one name. */
const maxEqualNames = 200;

/** Adds an attribute. An equal name gets a number, unless the values are equal or one of them is an empty text. */
export function addAttribute(attributes: Map<string, Json>, name: string, value: Json): void {
  for (let count = 1; ; count += 1) {
    if (count > maxEqualNames)
      throw fileRefusal('too_large', { why: clause('alikeValues', { name, count: maxEqualNames }) });
    const numberedName = count === 1 ? name : `${name} (${count})`;
    const existing = attributes.get(numberedName);
    if (existing === undefined || existing === '') attributes.set(numberedName, value);
    if (existing === undefined || existing === '' || value === '' || jsonEqual(existing, value)) return;
  }
}

/** Restores the original ids, which igraph keeps as an attribute when it renumbers nodes, if every node has one. */
export function restoreOriginalIds(graph: Graph): Graph {
  const { nodes, edges } = graph;
  const ids = nodes.flatMap(({ attributes }) => idOf(attributes.get('id')) ?? []);
  if (ids.length === 0 || new Set(ids).size !== nodes.length) return graph;
  const originalIds = new Map(nodes.map(({ id }, index) => [id, ids[index] as string]));
  const withOriginalId = <T extends GraphElement>(element: T): T => ({
    ...element,
    id: idOf(element.attributes.get('id')) ?? element.id,
    attributes: new Map([...element.attributes].filter(([name]) => name !== 'id')),
  });
  const originalIdOf = (id: string): string => originalIds.get(id) ?? id;
  return {
    ...graph,
    nodes: nodes.map((node) => ({
      ...withOriginalId(node),
      parent: node.parent === undefined ? undefined : originalIdOf(node.parent),
    })),
    edges: edges.map((edge) => ({
      ...withOriginalId(edge),
      source: originalIdOf(edge.source),
      target: originalIdOf(edge.target),
    })),
  };
}

/** The text of an id in the file, or of an edge's end; null if there is none. */
export function idOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
