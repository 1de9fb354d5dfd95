import { clause } from '#shared/texts/sentence.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { ImportFormat } from '#shared/domain/formats.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { typesBySection } from '../../model/interchange/keys.ts';
import { jsonPath } from '../json/parse.ts';
import type { Segment } from '../json/parse.ts';
import { Notices } from '../notices.ts';
import { addAttribute, idOf, ourName } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';

/**
 * Whether links' ends are indexes of nodes, as in NetworkX 1 and D3 3, rather than ids. An ambiguous file is refused unless the user chose
 * node-link JSON (`chosen`), which means ids. Throws BAD_FILE, reason not_a_graph.
 */
function readsByPosition(document: JsonObject, key: 'links' | 'edges', chosen: boolean): boolean {
  const { nodes, [key]: links } = document;
  if (!Array.isArray(nodes) || !Array.isArray(links)) return false;
  const ends = (links as readonly Json[]).flatMap((link): (Json | undefined)[] =>
    isJsonObject(link) ? [link.source ?? link.from, link.target ?? link.to] : [],
  );
  const arePositions = ends.every(
    (end) => typeof end === 'number' && Number.isInteger(end) && end >= 0 && end < nodes.length,
  );
  if (!arePositions || ends.length === 0) return false;
  const ids = (nodes as readonly Json[]).map((node) => idOf(isJsonObject(node) ? node.id : node));
  const meansOther = (ends as readonly number[]).filter(
    (end) => ids[end] !== null && ids[end] !== String(end),
  );
  if (meansOther.length === 0) return false;
  const known = new Set(ids);
  const areIds = (ends as readonly number[]).every((end) => known.has(String(end)));
  if (!areIds) return true;
  // Only newer NetworkX has "edges", with ids.
  if (chosen || key === 'edges') return false;
  const end = meansOther[0] as number;
  const why = clause('idsOrPositions', { end, other: ids[end] ?? '' });
  throw fileRefusal('not_a_graph', { why }, { path: `$.${key}` });
}

const jsonFormats = ['cytoscape', 'node-link', 'graphology', 'json-graph', 'kumu'] as const;
export type JsonFormat = (typeof jsonFormats)[number];
export const isJsonFormat = (format: string): format is JsonFormat =>
  (jsonFormats as readonly string[]).includes(format);

const firstOf = (list: Json | undefined): JsonObject => {
  const first: Json = Array.isArray(list) ? ((list as readonly Json[])[0] ?? null) : null;
  return isJsonObject(first) ? first : {};
};

/** The graph format of a JSON document; null for others. */
export function jsonFormat(document: Json): JsonFormat | null {
  if (!isJsonObject(document) || Object.keys(document).some((key) => typesBySection.has(key))) return null;
  const { elements, connections, nodes, graph = null, graphs = null } = document;
  const isKumu =
    Array.isArray(elements) && (Array.isArray(connections) || firstOf(elements).label !== undefined);
  if (isKumu && firstOf(elements).data === undefined) return 'kumu';
  if (isJsonObject(elements) || Array.isArray(elements)) return 'cytoscape';
  if (Array.isArray(graphs) || (isJsonObject(graph) && nodes === undefined && graph.nodes !== undefined))
    return 'json-graph';
  const links = document.links ?? document.edges;
  if (!Array.isArray(nodes)) return null;
  const { key, id, attributes = null } = firstOf(nodes);
  const isNumbered = typeof firstOf(links).source === 'number';
  if (
    key !== undefined &&
    id === undefined &&
    (isJsonObject(attributes) || 'options' in document || !isNumbered)
  )
    return 'graphology';
  return Array.isArray(links) ? 'node-link' : null;
}

const wrong = (path: readonly Segment[], expected: string) =>
  fileRefusal(
    'not_a_graph',
    { why: clause('shouldBe', { path: jsonPath(path), expected }) },
    { path: jsonPath(path) },
  );

/** Reads a graph of that format. `chosen`: the user chose it. Yields elements read. Throws BAD_FILE, reason not_a_graph, with the path. */
export function* readJsonGraph(
  document: Json,
  format: JsonFormat,
  chosen = false,
): Generator<number, Graph, void> {
  if (!isJsonObject(document)) throw wrong([], 'an object');
  const reader = new JsonReader(format);
  if (format === 'cytoscape') yield* readCytoscape(document, reader);
  else if (format === 'graphology') yield* readGraphology(document, reader);
  else if (format === 'json-graph') yield* readJsonGraphFormat(document, reader);
  else if (format === 'kumu') yield* readKumu(document, reader);
  else yield* readNodeLink(document, reader, chosen);
  return reader.graph();
}

interface Item {
  value: JsonObject;
  index: number;
  path: readonly Segment[];
}

const often = 1000;

/** Drawing outside the attributes of an element. */
const cytoscapeDrawing = new Set([
  'position',
  'renderedPosition',
  'style',
  'selected',
  'selectable',
  'locked',
  'grabbable',
  'grabbed',
  'pannable',
  'removed',
  'group',
  'scratch',
]);

/** Drawing of nodes in Sigma, D3 and programs that use them. */
const sigmaDrawing = ['x', 'y', 'z', 'vx', 'vy', 'fx', 'fy', 'color', 'hidden', 'highlighted', 'zIndex'];

/** Collects the elements of a JSON graph. */
export class JsonReader {
  readonly #format: ImportFormat;
  readonly nodes: GraphElement[] = [];
  readonly edges: GraphEdge[] = [];
  readonly notices = new Notices();
  isOurs = false;
  #isPlaced = false;

  constructor(format: ImportFormat) {
    this.#format = format;
  }

  addNode(id: string, others: JsonObject, parent?: string): void {
    this.#isPlaced ||= typeof others.x === 'number' && typeof others.y === 'number';
    this.nodes.push({ id, attributes: attributesOf(others), parent });
  }

  addEdge(given: JsonObject, path: readonly Segment[], directed: boolean | null): void {
    const { id = null, key = null, source = given.from, target = given.to, ...others } = given;
    const ends = { source: endIn(source, [...path, 'source']), target: endIn(target, [...path, 'target']) };
    const { from: _, to: __, ...rest } = others;
    const attributes = attributesOf(given.source === undefined ? rest : others);
    // A key distinguishes parallel edges; NetworkX numbers them by default.
    if (typeof key === 'string' && id !== null && key !== id) addAttribute(attributes, 'key', key);
    this.edges.push({
      id: idOf(id) ?? (typeof key === 'string' ? key : null),
      attributes,
      directed,
      ...ends,
    });
  }

  /** The graph's own values, by name. */
  about(given: Json | undefined, ...passedOver: readonly string[]): void {
    if (given === undefined || !isJsonObject(given)) return;
    this.isOurs ||= given.creator === ourName;
    for (const [attribute, value] of Object.entries(given))
      if (!passedOver.includes(attribute) && value !== null && value !== '' && value !== ourName)
        this.notices.add('graph_data_left_out', { where: { attribute } });
  }

  graph(): Graph {
    const { nodes, edges, notices, isOurs } = this;
    const drawing =
      !this.#isPlaced || isOurs
        ? []
        : this.#format === 'graphology'
          ? [...sigmaDrawing, 'size']
          : sigmaDrawing;
    return { format: this.#format, nodes, edges, isOurs, kinds: null, drawing, notices };
  }
}

/** Passes on the elements of a list. */
function* eachOf(
  list: Json | undefined,
  path: readonly Segment[],
  take: (item: Item) => void,
): Generator<number, void, void> {
  if (!Array.isArray(list)) throw wrong(path, 'a list');
  for (const [index, value] of (list as readonly Json[]).entries()) {
    const at = [...path, index];
    // A node given by its name alone.
    const isName = typeof value === 'string' || typeof value === 'number';
    const object = isName ? { id: value } : value;
    if (!isJsonObject(object)) throw wrong(at, 'an object');
    take({ value: object, index, path: at });
    if (index % often === often - 1) yield index;
  }
}

function* readNodeLink(
  document: JsonObject,
  reader: JsonReader,
  chosen: boolean,
): Generator<number, void, void> {
  const key = document.links === undefined ? 'edges' : 'links';
  const byPosition = readsByPosition(document, key, chosen);
  const ids: string[] = [];
  const idKey = nameKey(document, key);
  yield* eachOf(document.nodes, ['nodes'], ({ value: { id, ...others }, index }) => {
    ids.push(idOf(id) ?? idOf(idKey === null ? null : others[idKey]) ?? String(index));
    reader.addNode(ids[index] as string, others);
  });
  const directed = document.directed === true ? true : document.directed === false ? false : null;
  yield* eachOf(document[key], [key], ({ value, path }) => {
    if (!byPosition) return reader.addEdge(value, path, directed);
    const { source = value.from, target = value.to, from: _, to: __, ...others } = value;
    const nodeAt = (at: Json | undefined): Json => ids[at as number] ?? null;
    reader.addEdge({ ...others, source: nodeAt(source), target: nodeAt(target) }, path, directed);
  });
  if (byPosition) reader.notices.add('by_position', { count: reader.edges.length });
  reader.about(document.graph);
}

/** The field by which links name nodes without ids. */
function nameKey(document: JsonObject, key: 'links' | 'edges'): string | null {
  const lists = [document.nodes ?? null, document[key] ?? null].map((list) =>
    Array.isArray(list) ? (list as readonly Json[]).flatMap((one) => (isJsonObject(one) ? [one] : [])) : [],
  );
  const [nodes = [], links = []] = lists;
  if (nodes.some(({ id }) => id !== undefined)) return null;
  const ends = links.flatMap((link) => [link.source ?? link.from ?? null, link.target ?? link.to ?? null]);
  const found = ['name', 'label', 'key', 'title'].find((name) => {
    const known = new Set(nodes.map((node) => node[name]));
    return ends.length > 0 && ends.every((end) => typeof end === 'string' && known.has(end));
  });
  return found ?? null;
}

function* readCytoscape(
  { elements = null, data: about }: JsonObject,
  reader: JsonReader,
): Generator<number, void, void> {
  const take = ({ value: { data, ...around }, path }: Item): void => {
    const at = [...path, 'data'];
    if (!isJsonObject(data)) throw wrong(at, 'an object');
    const extra = Object.entries(around).filter(([name]) => !cytoscapeDrawing.has(name) && !(name in data));
    if (isJsonObject(around.position ?? null)) reader.notices.add('drawing_left_out');
    const all = { ...data, ...Object.fromEntries(extra) };
    if (data.source !== undefined && data.target !== undefined) reader.addEdge(all, at, null);
    else addCytoscapeNode(all, at, reader);
  };
  if (isJsonObject(elements)) {
    yield* eachOf(elements.nodes ?? [], ['elements', 'nodes'], take);
    yield* eachOf(elements.edges ?? [], ['elements', 'edges'], take);
  } else yield* eachOf(elements, ['elements'], take);
  reader.about(about, 'SUID', 'selected', '__Annotations');
}

function addCytoscapeNode(given: JsonObject, path: readonly Segment[], reader: JsonReader): void {
  const { id, value, parent = null, ...others } = given;
  const found = idIn(id, path);
  // NetworkX writes the node itself there.
  const isOwn = value === undefined || idOf(value) === found;
  reader.addNode(found, isOwn ? others : { ...others, value }, idOf(parent) ?? undefined);
}

/** Graphology and Gephi Lite: an element's label and values are in its `attributes`. */
function* readGraphology(document: JsonObject, reader: JsonReader): Generator<number, void, void> {
  const options = isJsonObject(document.options ?? null) ? (document.options as JsonObject) : {};
  yield* eachOf(document.nodes, ['nodes'], ({ value, path }) => {
    const { key, ...others } = unpacked(value, 'attributes');
    reader.addNode(idIn(key, path, 'key'), others);
  });
  yield* eachOf(document.edges ?? [], ['edges'], ({ value, path }) => {
    const { key = null, undirected, ...others } = unpacked(value, 'attributes');
    const directed =
      undirected === true || options.type === 'undirected'
        ? false
        : options.type === undefined && undirected === undefined
          ? null
          : true;
    reader.addEdge({ ...others, id: key }, path, directed);
  });
  reader.about(document.attributes);
}

/** JSON Graph Format: version 1 with a list of nodes, version 2 with nodes by id. Reads all graphs. */
function* readJsonGraphFormat(document: JsonObject, reader: JsonReader): Generator<number, void, void> {
  const graphs: [readonly Segment[], Json][] = Array.isArray(document.graphs)
    ? (document.graphs as readonly Json[]).map((one, index) => [['graphs', index], one])
    : [[['graph'], document.graph ?? null]];
  for (const [at, graph] of graphs) {
    if (!isJsonObject(graph)) throw wrong(at, 'an object');
    const { nodes = [], edges = [], directed } = graph;
    const list = isJsonObject(nodes)
      ? Object.entries(nodes).map(([id, node]) => ({ ...(isJsonObject(node) ? node : {}), id }))
      : nodes;
    yield* eachOf(list, [...at, 'nodes'], ({ value, path }) => {
      const { id, ...others } = unpacked(value, 'metadata');
      reader.addNode(idIn(id, path), others);
    });
    yield* eachOf(edges, [...at, 'edges'], ({ value, path }) => {
      const { relation, directed: own, ...others } = unpacked(value, 'metadata');
      const related = relation === undefined ? others : { ...others, relation };
      const isDirected = typeof own === 'boolean' ? own : typeof directed === 'boolean' ? directed : null;
      reader.addEdge(related, path, isDirected);
    });
    if (Array.isArray(graph.hyperedges) && graph.hyperedges.length > 0)
      reader.notices.add('element_left_out', {
        count: graph.hyperedges.length,
        where: { attribute: 'hyperedges' },
        params: { name: 'hyperedges' },
      });
    const { label, type, metadata = null } = graph;
    reader.about({
      ...(label === undefined ? {} : { label }),
      ...(type === undefined ? {} : { type }),
      ...(isJsonObject(metadata) ? metadata : {}),
    });
  }
}

/** Kumu: elements and connections with fields, in `attributes` or directly; connections without ids name labels. */
function* readKumu(document: JsonObject, reader: JsonReader): Generator<number, void, void> {
  const flat = (given: JsonObject): JsonObject => {
    const { _id = null, ...all } = unpacked(given, 'attributes');
    return _id === null ? all : { id: _id, ...all };
  };
  const byLabel = new Map<string, string>();
  yield* eachOf(document.elements, ['elements'], ({ value, path }) => {
    const { id, 'element type': elementType, ...others } = flat(value);
    const { label } = others;
    const found = idIn(id ?? label, path, 'label');
    if (typeof label === 'string' && !byLabel.has(label)) byLabel.set(label, found);
    const type = elementType ?? others.type;
    reader.addNode(found, type === undefined ? others : { ...others, type });
  });
  const endOf = (value: Json | undefined): Json => {
    const text = idOf(isJsonObject(value ?? null) ? (value as JsonObject).id : value);
    return text === null ? null : (byLabel.get(text) ?? text);
  };
  yield* eachOf(document.connections ?? [], ['connections'], ({ value, path }) => {
    const { direction = null, 'connection type': connectionType, ...others } = flat(value);
    const { from, to, source, target, ...rest } = others;
    const directed =
      direction === 'undirected' ? false : direction === 'directed' || direction === 'mutual' ? true : null;
    const kept = direction === 'mutual' ? { direction } : {};
    const type = connectionType ?? rest.type;
    const ends = { source: endOf(from ?? source), target: endOf(to ?? target) };
    reader.addEdge({ ...rest, ...kept, ...(type === undefined ? {} : { type }), ...ends }, path, directed);
  });
  const { elements: _, connections: __, ...about } = document;
  reader.about(about);
}

/** An element with the values under `key` merged in; equal names get a number. */
function unpacked(given: JsonObject, key: string): JsonObject {
  const { [key]: held = null, ...around } = given;
  if (!isJsonObject(held)) return around;
  const all = attributesOf(around);
  for (const [name, value] of Object.entries(held)) addAttribute(all, name, value);
  return Object.fromEntries(all);
}

function idIn(value: Json | undefined, path: readonly Segment[], name = 'id'): string {
  const id = idOf(value);
  if (id === null) throw wrong([...path, name], 'the id of the node');
  return id;
}

function endIn(value: Json | undefined, path: readonly Segment[]): string {
  // D3 replaces an id by the node after drawing it.
  const id = idOf(isJsonObject(value ?? null) ? (value as JsonObject).id : value);
  if (id === null) throw wrong(path, 'the id of a node');
  return id;
}

const attributesOf = (given: JsonObject): Map<string, Json> => new Map(Object.entries(given));
