import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { refusal } from '../../kernel/files/refusal.ts';
import { jsonPath } from '../json/parse.ts';
import type { Segment } from '../json/parse.ts';
import { idOf, ourName } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';

/** Which form of graph a JSON document is; null for none. */
export function jsonFormat(document: Json): 'cytoscape' | 'node-link' | null {
  if (!isJsonObject(document)) return null;
  if (isJsonObject(document.elements) || Array.isArray(document.elements)) return 'cytoscape';
  const links = document.links ?? document.edges;
  return Array.isArray(document.nodes) && Array.isArray(links) ? 'node-link' : null;
}

const wrong = (path: readonly Segment[], expected: string) =>
  refusal('not_a_graph', `${jsonPath(path)} should be ${expected}.`, { path: jsonPath(path) });

/** Reads a graph of that form. Throws BAD_FILE, reason not_a_graph, with the path of what does not fit. */
export function readJsonGraph(document: Json, format: 'cytoscape' | 'node-link'): Graph {
  if (!isJsonObject(document)) throw wrong([], 'an object');
  return format === 'cytoscape' ? readCytoscape(document) : readNodeLink(document);
}

interface Item {
  value: JsonObject;
  path: readonly Segment[];
}

function itemsOf(list: Json | undefined, path: readonly Segment[]): Item[] {
  if (!Array.isArray(list)) throw wrong(path, 'a list');
  return list.map((value: Json, index) => {
    const at = [...path, index];
    // A node that is only named.
    if (typeof value === 'string' || typeof value === 'number') return { value: { id: value }, path: at };
    if (!isJsonObject(value)) throw wrong(at, 'an object');
    return { value, path: at };
  });
}

function readNodeLink(document: JsonObject): Graph {
  const key = document.links === undefined ? 'edges' : 'links';
  const nodes = itemsOf(document.nodes, ['nodes']).map(({ value: { id, ...others } }, index) =>
    // Old files of D3 name a node by its place.
    elementOf(idOf(id) ?? String(index), others),
  );
  const edges = itemsOf(document[key], [key]).map(({ value, path }) => edgeOf(value, path));
  return { format: 'node-link', nodes, edges, isOurs: isOurs(document.graph), kinds: null };
}

const isOurs = (about: Json | undefined): boolean => isJsonObject(about) && about.creator === ourName;

function readCytoscape({ elements = null, data: about }: JsonObject): Graph {
  const groups = isJsonObject(elements)
    ? [
        { list: elements.nodes ?? [], path: ['elements', 'nodes'] },
        { list: elements.edges ?? [], path: ['elements', 'edges'] },
      ]
    : [{ list: elements, path: ['elements'] }];
  const nodes: GraphElement[] = [];
  const edges: GraphEdge[] = [];
  for (const { list, path } of groups) {
    for (const item of itemsOf(list, path)) {
      const { data } = item.value;
      if (!isJsonObject(data)) throw wrong([...item.path, 'data'], 'an object');
      const isEdge = data.source !== undefined && data.target !== undefined;
      if (isEdge) edges.push(edgeOf(data, [...item.path, 'data']));
      else nodes.push(nodeOf(data, [...item.path, 'data']));
    }
  }
  return { format: 'cytoscape', nodes, edges, isOurs: isOurs(about), kinds: null };
}

function nodeOf({ id, value, ...others }: JsonObject, path: readonly Segment[]): GraphElement {
  const found = idOf(id);
  if (found === null) throw wrong([...path, 'id'], 'the id of the node');
  // NetworkX writes the node itself there.
  const isOwn = value === undefined || idOf(value) === found;
  return elementOf(found, isOwn ? others : { ...others, value });
}

function edgeOf(given: JsonObject, path: readonly Segment[]): GraphEdge {
  const { id, key: _, source = given.from, target = given.to, ...others } = given;
  const ends = { source: endIn(source, [...path, 'source']), target: endIn(target, [...path, 'target']) };
  return { ...elementOf(idOf(id), others), ...ends };
}

function endIn(value: Json | undefined, path: readonly Segment[]): string {
  // D3 puts the node itself in the place of its id once it has drawn it.
  const id = idOf(isJsonObject(value) ? value.id : value);
  if (id === null) throw wrong(path, 'the id of a node');
  return id;
}

const elementOf = (id: string | null, attributes: JsonObject): GraphElement => ({
  id,
  attributes: new Map(Object.entries(attributes)),
});
