import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { ImportFormat } from '#shared/domain/formats.ts';
import type { Segment } from '../json/parse.ts';
import { Notices } from '../notices.ts';
import { addAttribute, idOf, framesCreator } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';
import { missingKeyFault, shapeFault } from './json-faults.ts';

export interface Item {
  value: JsonObject;
  index: number;
  path: readonly Segment[];
}

const itemsPerYield = 1000;

/** Drawing of nodes in Sigma, D3 and programs that use them. */
const sigmaDrawing = [
  'x',
  'y',
  'z',
  'vx',
  'vy',
  'fx',
  'fy',
  'color',
  'hidden',
  'highlighted',
  'zIndex',
  'index',
];

/** Collects the elements of a JSON graph. */
export class JsonReader {
  readonly #format: ImportFormat;
  readonly nodes: GraphElement[] = [];
  readonly edges: GraphEdge[] = [];
  readonly notices = new Notices();
  isFramesFile = false;
  #hasPositions = false;
  #ownAttributes: readonly string[] = [];

  constructor(format: ImportFormat) {
    this.#format = format;
  }

  addNode(id: string, others: JsonObject, parent?: string, isFolder = false): void {
    this.#hasPositions ||= typeof others.x === 'number' && typeof others.y === 'number';
    this.nodes.push({ id, attributes: attributesOf(others), parent, ...(isFolder && { isFolder }) });
  }

  addEdge(fields: JsonObject, path: readonly Segment[], directed: boolean | null): void {
    const { id = null, key = null, source = fields.from, target = fields.to, ...others } = fields;
    const ends = {
      source: readEnd(source, path, 'source'),
      target: readEnd(target, path, 'target'),
    };
    const { from: _, to: __, ...otherFields } = others;
    const attributes = attributesOf(fields.source === undefined ? otherFields : others);
    // A key distinguishes parallel edges; NetworkX numbers them by default.
    if (typeof key === 'string' && id !== null && key !== id) addAttribute(attributes, 'key', key);
    this.edges.push({
      id: idOf(id) ?? (typeof key === 'string' ? key : null),
      attributes,
      directed,
      ...ends,
    });
  }

  /** Leaves out attributes of the program itself by default. */
  leaveOut(names: readonly string[]): void {
    this.#ownAttributes = names;
  }

  /** Reports the graph's own values, which are not imported. */
  reportGraphData(graphData: Json | undefined, ...ignoredKeys: readonly string[]): void {
    if (graphData === undefined || !isJsonObject(graphData)) return;
    this.isFramesFile ||= graphData.creator === framesCreator;
    for (const [attribute, value] of Object.entries(graphData))
      if (!ignoredKeys.includes(attribute) && value !== null && value !== '' && value !== framesCreator)
        this.notices.add('graph_data_left_out', { where: { attribute } });
  }

  graph(): Graph {
    const { nodes, edges, notices, isFramesFile } = this;
    const drawingAttributes = this.#format === 'graphology' ? [...sigmaDrawing, 'size'] : sigmaDrawing;
    return {
      format: this.#format,
      nodes,
      edges,
      isFramesFile,
      kinds: null,
      drawingAttributes: this.#hasPositions && !isFramesFile ? drawingAttributes : this.#ownAttributes,
      notices,
    };
  }
}

/** Calls `onItem` for each element of a list. */
export function* forEachItem(
  list: Json | undefined,
  path: readonly Segment[],
  onItem: (item: Item) => void,
): Generator<number, void, void> {
  if (!Array.isArray(list)) throw shapeFault(path, 'list');
  for (const [index, value] of (list as readonly Json[]).entries()) {
    const itemPath = [...path, index];
    // A node can be given by its name alone.
    const isName = typeof value === 'string' || typeof value === 'number';
    const object = isName ? { id: value } : value;
    if (!isJsonObject(object)) throw shapeFault(itemPath, 'object');
    onItem({ value: object, index, path: itemPath });
    if (index % itemsPerYield === itemsPerYield - 1) yield index;
  }
}

/** An element with the values under `key` merged in; equal names get a number. */
export function unpack(element: JsonObject, key: string): JsonObject {
  const { [key]: innerFields = null, ...outerFields } = element;
  if (!isJsonObject(innerFields)) return outerFields;
  const fields = attributesOf(outerFields);
  for (const [name, value] of Object.entries(innerFields)) addAttribute(fields, name, value);
  return Object.fromEntries(fields);
}

export function readId(value: Json | undefined, path: readonly Segment[], name = 'id'): string {
  const id = idOf(value);
  if (id === null) throw missingKeyFault(path, name);
  return id;
}

function readEnd(value: Json | undefined, path: readonly Segment[], side: 'source' | 'target'): string {
  // D3 replaces the id of an end by its node when it draws the graph.
  const id = idOf(isJsonObject(value ?? null) ? (value as JsonObject).id : value);
  if (id === null) throw missingKeyFault(path, side);
  return id;
}

const attributesOf = (fields: JsonObject): Map<string, Json> => new Map(Object.entries(fields));
