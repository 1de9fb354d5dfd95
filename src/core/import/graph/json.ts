import { clause } from '#shared/texts/sentence.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { typesBySection } from '../../model/interchange/keys.ts';
import type { Segment } from '../json/parse.ts';
import { idOf } from './graph.ts';
import type { Graph } from './graph.ts';
import { missingKeyFault, shapeFault } from './json-faults.ts';
import { forEachItem, JsonReader, readId, unpack } from './json-reader.ts';
import type { Item } from './json-reader.ts';

/**
 * Whether links' ends are indexes of nodes, as in NetworkX 1 and D3 3, rather than ids. An ambiguous file is refused unless the user chose
 * node-link JSON (`isChosen`), which means ids. Throws BAD_FILE, reason not_a_graph.
 */
function hasIndexesAsEnds(document: JsonObject, key: 'links' | 'edges', isChosen: boolean): boolean {
  const { nodes, [key]: links } = document;
  if (!Array.isArray(nodes) || !Array.isArray(links)) return false;
  const ends = (links as readonly Json[]).flatMap((link): (Json | undefined)[] =>
    isJsonObject(link) ? [link.source ?? link.from, link.target ?? link.to] : [],
  );
  const areIndexes = ends.every(
    (end) => typeof end === 'number' && Number.isInteger(end) && end >= 0 && end < nodes.length,
  );
  if (!areIndexes || ends.length === 0) return false;
  const ids = (nodes as readonly Json[]).map((node) => idOf(isJsonObject(node) ? node.id : node));
  const mismatches = (ends as readonly number[]).filter(
    (end) => ids[end] !== null && ids[end] !== String(end),
  );
  if (mismatches.length === 0) return false;
  const nodeIds = new Set(ids);
  const areIds = (ends as readonly number[]).every((end) => nodeIds.has(String(end)));
  if (!areIds) return true;
  // Only newer versions of NetworkX write "edges", and their ends are ids.
  if (isChosen || key === 'edges') return false;
  const end = mismatches[0] as number;
  const why = clause('idsOrPositions', { end, other: ids[end] ?? '' });
  throw fileRefusal('not_a_graph', { why });
}

const jsonFormats = ['cytoscape', 'node-link', 'graphology', 'json-graph', 'kumu'] as const;
export type JsonFormat = (typeof jsonFormats)[number];
export const isJsonFormat = (format: string): format is JsonFormat =>
  (jsonFormats as readonly string[]).includes(format);

const firstOf = (list: Json | undefined): JsonObject => {
  const first: Json = Array.isArray(list) ? ((list as readonly Json[])[0] ?? null) : null;
  return isJsonObject(first) ? first : {};
};

/** The list of links: `links`, or `edges` if that is missing or empty. */
function linksKey({ links, edges }: JsonObject): 'links' | 'edges' {
  const hasLinks = Array.isArray(links) && (links.length > 0 || !Array.isArray(edges));
  return hasLinks ? 'links' : 'edges';
}

/** Cytoscape.js also writes a list of elements alone. */
const isElementList = (document: Json): boolean => isJsonObject(firstOf(document).data ?? null);

/** The graph format of a JSON document; null for others. */
export function jsonFormat(document: Json): JsonFormat | null {
  if (isElementList(document)) return 'cytoscape';
  if (!isJsonObject(document) || Object.keys(document).some((key) => typesBySection.has(key))) return null;
  const { elements, connections, nodes, graph = null, graphs = null } = document;
  const isKumu =
    Array.isArray(elements) && (Array.isArray(connections) || firstOf(elements).label !== undefined);
  if (isKumu && firstOf(elements).data === undefined) return 'kumu';
  if (isJsonObject(elements) || Array.isArray(elements)) return 'cytoscape';
  if (Array.isArray(graphs) || (isJsonObject(graph) && nodes === undefined && graph.nodes !== undefined))
    return 'json-graph';
  const links = document[linksKey(document)];
  if (!Array.isArray(nodes)) return null;
  const { key, id, attributes = null } = firstOf(nodes);
  const hasNumericSource = typeof firstOf(links).source === 'number';
  if (
    key !== undefined &&
    id === undefined &&
    (isJsonObject(attributes) || 'options' in document || !hasNumericSource)
  )
    return 'graphology';
  return Array.isArray(links) ? 'node-link' : null;
}

/** Reads a graph of a format that the user chose (`isChosen`) or not. Yields elements read. Throws BAD_FILE, not_a_graph. */
export function* readJsonGraph(
  root: Json,
  format: JsonFormat,
  isChosen = false,
): Generator<number, Graph, void> {
  const document = isElementList(root) ? { elements: root } : root;
  if (!isJsonObject(document)) throw shapeFault([], 'object');
  const reader = new JsonReader(format);
  if (format === 'cytoscape') yield* readCytoscape(document, reader);
  else if (format === 'graphology') yield* readGraphology(document, reader);
  else if (format === 'json-graph') yield* readJsonGraphFormat(document, reader);
  else if (format === 'kumu') yield* readKumu(document, reader);
  else yield* readNodeLink(document, reader, isChosen);
  return reader.graph();
}

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

/** Columns of Cytoscape itself. */
const cytoscapeColumns = [
  'SUID',
  'selected',
  'shared_name',
  'shared_interaction',
  // Measures of its network analyser.
  'AverageShortestPathLength',
  'BetweennessCentrality',
  'ClosenessCentrality',
  'ClusteringCoefficient',
  'EdgeBetweenness',
  'EdgeCount',
  'Eccentricity',
  'Indegree',
  'IsSingleNode',
  'NeighborhoodConnectivity',
  'NumberOfDirectedEdges',
  'NumberOfUndirectedEdges',
  'Outdegree',
  'PartnerOfMultiEdgedNodePairs',
  'Radiality',
  'SelfLoops',
  'Stress',
  'TopologicalCoefficient',
];

function* readNodeLink(
  document: JsonObject,
  reader: JsonReader,
  isChosen: boolean,
): Generator<number, void, void> {
  const key = linksKey(document);
  const usesIndexes = hasIndexesAsEnds(document, key, isChosen);
  const ids: string[] = [];
  const idKey = findNameKey(document, key);
  yield* forEachItem(document.nodes, ['nodes'], ({ value: { id, ...others }, index }) => {
    ids.push(idOf(id) ?? idOf(idKey === null ? null : others[idKey]) ?? String(index));
    reader.addNode(ids[index] as string, others);
  });
  const directed = booleanOf(document.directed);
  yield* forEachItem(document[key], [key], ({ value, path }) => {
    if (!usesIndexes) return reader.addEdge(value, path, directed);
    const { source = value.from, target = value.to, from: _, to: __, ...others } = value;
    const nodeAt = (index: Json | undefined): Json => ids[index as number] ?? null;
    reader.addEdge({ ...others, source: nodeAt(source), target: nodeAt(target) }, path, directed);
  });
  if (usesIndexes) reader.notices.add('by_position', { count: reader.edges.length });
  reader.reportGraphData(document.graph);
}

/** The field by which links name nodes, if nodes have no ids; else null. */
function findNameKey(document: JsonObject, key: 'links' | 'edges'): string | null {
  const lists = [document.nodes ?? null, document[key] ?? null].map((list) =>
    Array.isArray(list) ? (list as readonly Json[]).flatMap((one) => (isJsonObject(one) ? [one] : [])) : [],
  );
  const [nodes = [], links = []] = lists;
  if (nodes.some(({ id }) => id !== undefined)) return null;
  const ends = links.flatMap((link) => [link.source ?? link.from ?? null, link.target ?? link.to ?? null]);
  const fieldName = ['name', 'label', 'key', 'title'].find((name) => {
    const nodeNames = new Set(nodes.map((node) => node[name]));
    return ends.length > 0 && ends.every((end) => typeof end === 'string' && nodeNames.has(end));
  });
  return fieldName ?? null;
}

function* readCytoscape(
  { elements = null, data: graphData }: JsonObject,
  reader: JsonReader,
): Generator<number, void, void> {
  if (isJsonObject(graphData ?? null) && (graphData as JsonObject).SUID !== undefined)
    reader.leaveOut(cytoscapeColumns);
  const addElement = ({ value: { data, ...outerFields }, path }: Item): void => {
    if (!isJsonObject(data)) throw missingKeyFault(path, 'data');
    const extraFields = Object.entries(outerFields).filter(
      ([name]) => !cytoscapeDrawing.has(name) && !(name in data),
    );
    if (isJsonObject(outerFields.position ?? null)) reader.notices.add('drawing_left_out');
    const fields = { ...data, ...Object.fromEntries(extraFields) };
    if (data.source !== undefined && data.target !== undefined)
      reader.addEdge(withoutEdgeName(fields), path, null);
    else addCytoscapeNode(fields, path, reader);
  };
  if (isJsonObject(elements)) {
    yield* forEachItem(elements.nodes ?? [], ['elements', 'nodes'], addElement);
    yield* forEachItem(elements.edges ?? [], ['elements', 'edges'], addElement);
  } else yield* forEachItem(elements, ['elements'], addElement);
  reader.reportGraphData(graphData, 'SUID', 'selected', '__Annotations');
}

/** Cytoscape names an edge by its ends: "Optics (advises) Radio". */
const withoutEdgeName = ({ name, ...others }: JsonObject): JsonObject =>
  name === undefined || name === others.shared_name ? others : { ...others, name };

function addCytoscapeNode(fields: JsonObject, path: readonly Segment[], reader: JsonReader): void {
  const { id, value, parent = null, ...others } = fields;
  const nodeId = readId(id, path);
  // NetworkX writes the node's id as its value.
  const isRepeatedId = value === undefined || idOf(value) === nodeId;
  reader.addNode(nodeId, isRepeatedId ? others : { ...others, value }, idOf(parent) ?? undefined);
}

/** Graphology and Gephi Lite: an element's label and values are in its `attributes`. */
function* readGraphology(document: JsonObject, reader: JsonReader): Generator<number, void, void> {
  const options = isJsonObject(document.options ?? null) ? (document.options as JsonObject) : {};
  yield* forEachItem(document.nodes, ['nodes'], ({ value, path }) => {
    const { key, ...others } = unpack(value, 'attributes');
    reader.addNode(readId(key, path, 'key'), others);
  });
  yield* forEachItem(document.edges ?? [], ['edges'], ({ value, path }) => {
    const { key = null, undirected, ...others } = unpack(value, 'attributes');
    const isUndirected = undirected === true || options.type === 'undirected';
    const isUnknown = options.type === undefined && undirected === undefined;
    reader.addEdge({ ...others, id: key }, path, isUnknown ? null : !isUndirected);
  });
  reader.reportGraphData(document.attributes);
}

/** JSON Graph Format: version 1 with a list of nodes, version 2 with nodes by id. Reads all graphs. */
function* readJsonGraphFormat(document: JsonObject, reader: JsonReader): Generator<number, void, void> {
  const graphs: [readonly Segment[], Json][] = Array.isArray(document.graphs)
    ? (document.graphs as readonly Json[]).map((value, index) => [['graphs', index], value])
    : [[['graph'], document.graph ?? null]];
  for (const [graphPath, graph] of graphs) {
    if (!isJsonObject(graph)) throw shapeFault(graphPath, 'object');
    const { nodes = [], edges = [], directed } = graph;
    const list = isJsonObject(nodes)
      ? Object.entries(nodes).map(([id, node]) => ({ ...(isJsonObject(node) ? node : {}), id }))
      : nodes;
    yield* forEachItem(list, [...graphPath, 'nodes'], ({ value, path }) => {
      const { id, ...others } = unpack(value, 'metadata');
      reader.addNode(readId(id, path), others);
    });
    yield* forEachItem(edges, [...graphPath, 'edges'], ({ value, path }) => {
      const { relation, directed: ownDirection, ...others } = unpack(value, 'metadata');
      const edgeFields = relation === undefined ? others : { ...others, relation };
      const isDirected = booleanOf(ownDirection) ?? booleanOf(directed);
      reader.addEdge(edgeFields, path, isDirected);
    });
    if (Array.isArray(graph.hyperedges) && graph.hyperedges.length > 0)
      reader.notices.add('element_left_out', {
        count: graph.hyperedges.length,
        where: { attribute: 'hyperedges' },
        params: { name: 'hyperedges' },
      });
    const { label, type, metadata = null } = graph;
    reader.reportGraphData({
      ...(label === undefined ? {} : { label }),
      ...(type === undefined ? {} : { type }),
      ...(isJsonObject(metadata) ? metadata : {}),
    });
  }
}

/** Kumu: elements and connections with fields, in `attributes` or directly. Connections name elements without ids by label. */
function* readKumu(document: JsonObject, reader: JsonReader): Generator<number, void, void> {
  const flatten = (element: JsonObject): JsonObject => {
    const { _id = null, ...fields } = unpack(element, 'attributes');
    return _id === null ? fields : { id: _id, ...fields };
  };
  const idByLabel = new Map<string, string>();
  yield* forEachItem(document.elements, ['elements'], ({ value, path }) => {
    const { id, 'element type': elementType, ...others } = flatten(value);
    const { label } = others;
    const nodeId = readId(id ?? label, path, 'label');
    if (typeof label === 'string' && !idByLabel.has(label)) idByLabel.set(label, nodeId);
    const type = elementType ?? others.type;
    reader.addNode(nodeId, type === undefined ? others : { ...others, type });
  });
  const endOf = (value: Json | undefined): Json => {
    const text = idOf(isJsonObject(value ?? null) ? (value as JsonObject).id : value);
    return text === null ? null : (idByLabel.get(text) ?? text);
  };
  yield* forEachItem(document.connections ?? [], ['connections'], ({ value, path }) => {
    const { direction = null, 'connection type': connectionType, ...others } = flatten(value);
    const { from, to, source, target, ...rest } = others;
    const isDirected = direction === 'directed' || direction === 'mutual';
    const directed = isDirected || direction === 'undirected' ? isDirected : null;
    const directionField = direction === 'mutual' ? { direction } : {};
    const type = connectionType ?? rest.type;
    const ends = { source: endOf(from ?? source), target: endOf(to ?? target) };
    reader.addEdge(
      { ...rest, ...directionField, ...(type === undefined ? {} : { type }), ...ends },
      path,
      directed,
    );
  });
  const { elements: _, connections: __, ...graphData } = document;
  reader.reportGraphData(graphData);
}

const booleanOf = (value: Json | undefined): boolean | null => (typeof value === 'boolean' ? value : null);
