import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { refusal } from '../../kernel/files/refusal.ts';
import { sections } from '../../model/interchange/keys.ts';
import { jsonPath } from '../json/parse.ts';
import type { Segment } from '../json/parse.ts';
import { idOf, ourName } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';

/** Which form of graph a JSON document is; null for none, as for lists of records. */
export function jsonFormat(document: Json): 'cytoscape' | 'node-link' | null {
  if (!isJsonObject(document) || Object.keys(document).some((key) => sections.has(key))) return null;
  if (isJsonObject(document.elements) || Array.isArray(document.elements)) return 'cytoscape';
  const links = document.links ?? document.edges;
  return Array.isArray(document.nodes) && Array.isArray(links) ? 'node-link' : null;
}

const wrong = (path: readonly Segment[], expected: string) =>
  refusal('not_a_graph', `${jsonPath(path)} should be ${expected}.`, { path: jsonPath(path) });

/** Reads a graph of that form. Yields elements read. Throws BAD_FILE, reason not_a_graph, with the path of what does not fit. */
export function* readJsonGraph(
  document: Json,
  format: 'cytoscape' | 'node-link',
): Generator<number, Graph, void> {
  if (!isJsonObject(document)) throw wrong([], 'an object');
  return yield* format === 'cytoscape' ? readCytoscape(document) : readNodeLink(document);
}

interface Item {
  value: JsonObject;
  index: number;
  path: readonly Segment[];
}

const often = 1000;

/** Hands on the elements of a list, one after the other. */
function* eachOf(
  list: Json | undefined,
  path: readonly Segment[],
  take: (item: Item) => void,
): Generator<number, void, void> {
  if (!Array.isArray(list)) throw wrong(path, 'a list');
  for (const [index, value] of (list as readonly Json[]).entries()) {
    const at = [...path, index];
    // A node that is only named.
    const isName = typeof value === 'string' || typeof value === 'number';
    const object = isName ? { id: value } : value;
    if (!isJsonObject(object)) throw wrong(at, 'an object');
    take({ value: object, index, path: at });
    if (index % often === often - 1) yield index;
  }
}

const isOurs = (about: Json | undefined): boolean => isJsonObject(about) && about.creator === ourName;

function* readNodeLink(document: JsonObject): Generator<number, Graph, void> {
  const key = document.links === undefined ? 'edges' : 'links';
  const nodes: GraphElement[] = [];
  const edges: GraphEdge[] = [];
  yield* eachOf(document.nodes, ['nodes'], ({ value: { id, ...others }, index }) => {
    // Old files of D3 name a node by its place.
    nodes.push(elementOf(idOf(id) ?? String(index), others));
  });
  yield* eachOf(document[key], [key], ({ value, path }) => {
    edges.push(edgeOf(value, path));
  });
  return { format: 'node-link', nodes, edges, isOurs: isOurs(document.graph), kinds: null };
}

function* readCytoscape({ elements = null, data: about }: JsonObject): Generator<number, Graph, void> {
  const nodes: GraphElement[] = [];
  const edges: GraphEdge[] = [];
  const take = ({ value: { data }, path }: Item): void => {
    const at = [...path, 'data'];
    if (!isJsonObject(data)) throw wrong(at, 'an object');
    if (data.source !== undefined && data.target !== undefined) edges.push(edgeOf(data, at));
    else nodes.push(nodeOf(data, at));
  };
  if (isJsonObject(elements)) {
    yield* eachOf(elements.nodes ?? [], ['elements', 'nodes'], take);
    yield* eachOf(elements.edges ?? [], ['elements', 'edges'], take);
  } else yield* eachOf(elements, ['elements'], take);
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
