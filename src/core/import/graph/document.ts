import { createHash } from 'node:crypto';
import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { nameField, titleOf } from '#shared/domain/title.ts';
import { entityTypes, idPrefix, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldOfAttribute, valueOf } from '../../model/interchange/attributes.ts';
import { ourUnits, unitsKey } from '../../model/interchange/keys.ts';
import type { Lookup } from '../json/document.ts';
import type { Segment } from '../json/parse.ts';
import type { Graph, GraphEdge, GraphElement, Kinds } from './graph.ts';

type Options = Pick<ImportOptions, 'node_type' | 'weight'>;

/** The document of frames-json that says what a graph says, and where in the graph each of its records stands. */
export interface GraphDocument {
  root: JsonObject;
  placeOf: (table: string, index: number) => readonly Segment[];
  summary: NonNullable<ImportPlan['graph']>;
}

const often = 1000;
/** What Gephi writes of the drawing into GraphML, beside the attributes. */
const drawing = ['r', 'g', 'b', 'x', 'y'];

/**
 * Turns a graph into a document: nodes are records of the type that they name, that the workspace has under their id, or else that the
 * options choose; edges are interfaces. Attributes are fields of that name. A file of edges alone brings nodes that are not here.
 * Yields elements done.
 */
export function* graphDocument(
  graph: Graph,
  options: Options,
  lookup: Lookup,
): Generator<number, GraphDocument, void> {
  const lists = new Map<EntityType, { records: JsonObject[]; places: Segment[][] }>();
  const add = (type: EntityType, record: JsonObject, place: Segment[]): void => {
    const list = lists.get(type) ?? { records: [], places: [] };
    list.records.push(record);
    list.places.push(place);
    lists.set(type, list);
  };
  const { nodes, edges, format, isOurs, kinds } = graph;
  const ids = new Set(nodes.map(({ id }) => id));
  const isDrawn = drawing.every((name) => kinds?.node.has(name));
  const passedOver: ReadonlySet<string> = new Set(isDrawn ? [...drawing, 'size'] : []);
  let untyped = 0;
  let done = 0;
  for (const [index, node] of nodes.entries()) {
    const named = typeNamed(node);
    const type = named ?? typeHere(lookup, node.id) ?? options.node_type;
    if (named === null) untyped += 1;
    const fields = fieldsOf(node, { type, kinds: kinds?.node, passedOver, consumed: named !== null });
    add(type, nodeRecord(node, type, fields), ['nodes', node.id ?? index]);
    if (++done % often === 0) yield done;
  }
  if (format === 'csv-edges') {
    for (const id of new Set(edges.flatMap(({ source, target }) => [source, target]))) {
      const found = lookup(id);
      if (found && !found.deleted) continue;
      untyped += 1;
      add(typeHere(lookup, id) ?? options.node_type, found ? { id } : { id, name: id }, ['nodes', id]);
      if (++done % often === 0) yield done;
    }
  }
  // Files that count their edges count their nodes alike: an id names one record only.
  const areMistakable = edges.some(({ id }) => id !== null && ids.has(id));
  const parallel = new Map<string, number>();
  let weights = 0;
  for (const [index, edge] of edges.entries()) {
    const fields = fieldsOf(edge, {
      type: 'interface',
      kinds: kinds?.edge,
      passedOver: new Set(),
      consumed: true,
    });
    const hasWeight = typeof fields.weight === 'number';
    if (hasWeight) weights += 1;
    const id = edge.id === null || areMistakable ? derivedId(edge, parallel) : edge.id;
    const lost = hasWeight && options.weight === 'loss' ? withLoss(fields) : fields;
    const record = { ...lost, id, from: edge.source, to: edge.target };
    add('interface', record, ['edges', edge.id ?? index]);
    if (++done % often === 0) yield done;
  }
  const known = entityTypes.flatMap((type) => {
    const list = lists.get(type);
    return list ? [[tableOf[type], list] as const] : [];
  });
  const byTable = new Map<string, Segment[][]>(known.map(([table, { places }]) => [table, places]));
  return {
    // A graph without nodes is one all the same.
    root: {
      ...(isOurs ? { [unitsKey]: ourUnits } : {}),
      interfaces: [],
      ...Object.fromEntries(known.map(([table, { records }]) => [table, records])),
    },
    placeOf: (table, index) => byTable.get(table)?.[index] ?? [table, index],
    summary: { format, nodes: nodes.length, edges: edges.length, untyped, weights },
  };
}

function typeNamed({ attributes }: GraphElement): EntityType | null {
  const type = attributes.get('type');
  const name = typeof type === 'string' ? type.trim().toLowerCase() : null;
  return isEntityType(name) && name !== 'interface' ? name : null;
}

function typeHere(lookup: Lookup, id: string | null): EntityType | null {
  const type = id === null ? undefined : lookup(id)?.type;
  return isEntityType(type) && type !== 'interface' ? type : null;
}

interface Reading {
  type: EntityType;
  kinds: Kinds | undefined;
  passedOver: ReadonlySet<string>;
  /** What the file says under `type` is known otherwise. */
  consumed: boolean;
}

/** The fields that the attributes of an element mean, without its label. */
function fieldsOf({ attributes }: GraphElement, { type, kinds, passedOver, consumed }: Reading): JsonObject {
  const place = type === 'interface' ? 'edge' : 'node';
  const fields = [...attributes].flatMap(([name, value]): [string, Json][] => {
    if (passedOver.has(name) || name === 'label' || (name === 'type' && consumed)) return [];
    const field = fieldOfAttribute(type, name, place);
    const kind = kinds?.get(name) ?? 'string';
    const read = typeof value === 'string' && kinds ? valueOf(value, kind, type, field) : value;
    return read === undefined ? [] : [[field, read]];
  });
  return Object.fromEntries(fields);
}

/** A label names a record that has no name; another one than the name is kept. */
function nodeRecord({ id, attributes }: GraphElement, type: EntityType, fields: JsonObject): JsonObject {
  const label = attributes.get('label');
  const record = id === null ? fields : { ...fields, id };
  const isSaid = label === '' || label === id || label === titleOf(type, fields);
  if (typeof label !== 'string' || isSaid) return record;
  const name = nameField(type);
  if (name === null) return record;
  return fields[name] === undefined ? { ...record, [name]: label } : { ...record, label };
}

const withLoss = ({ weight = null, ...others }: JsonObject): JsonObject =>
  others.energy_loss === undefined ? { ...others, energy_loss: weight } : { ...others, weight };

/** The id of an edge that has none of its own: the same each time the file is read. */
function derivedId({ source, target }: GraphEdge, parallel: Map<string, number>): string {
  const ends = JSON.stringify([source, target]);
  const count = (parallel.get(ends) ?? 0) + 1;
  parallel.set(ends, count);
  const hash = createHash('sha256').update(`${ends}${count}`).digest('hex').slice(0, 24);
  return `${idPrefix.interface}_${hash}`;
}
