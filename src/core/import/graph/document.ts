import { createHash } from 'node:crypto';
import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { nameField, titleOf } from '#shared/domain/title.ts';
import { entityTypes, idPrefix, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldOfAttribute, textOf, valueOf } from '../../model/interchange/attributes.ts';
import { ourUnits, unitsKey, verbatimKey } from '../../model/interchange/keys.ts';
import type { Lookup } from '../json/document.ts';
import type { Segment } from '../json/parse.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';

type Options = Pick<ImportOptions, 'node_type' | 'attributes'>;

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
  const ids = new Set([
    ...nodes.map(({ id }) => id),
    ...edges.flatMap(({ source, target }) => [source, target]),
  ]);
  const isDrawn = drawing.every((name) => kinds?.node.has(name));
  const passedOver = isDrawn ? [...drawing, 'size'] : [];
  const mapping = new Mapping(graph, passedOver, options.attributes);
  let untyped = 0;
  let done = 0;
  for (const [index, node] of nodes.entries()) {
    const named = typeNamed(node);
    const type = named ?? typeHere(lookup, node.id) ?? options.node_type;
    if (named === null) untyped += 1;
    const fields = mapping.fieldsOf(node, type, named !== null);
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
  for (const [index, edge] of edges.entries()) {
    const fields = mapping.fieldsOf(edge, 'interface', true);
    const id = edge.id === null || areMistakable ? derivedId(edge, parallel) : edge.id;
    const record = { ...fields, id, from: edge.source, to: edge.target };
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
    summary: { format, nodes: nodes.length, edges: edges.length, untyped, attributes: mapping.summary() },
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

type Attribute = NonNullable<ImportPlan['graph']>['attributes'][number];

const mostShown = 200;
const longestSample = 60;

/** What attributes become, and which there are. */
class Mapping {
  readonly #kinds: Graph['kinds'];
  readonly #isOurs: boolean;
  readonly #chosen: ReadonlyMap<string, string | null>;
  readonly #found = new Map<string, Attribute>();

  constructor({ kinds, isOurs }: Graph, passedOver: readonly string[], chosen: Options['attributes']) {
    this.#kinds = kinds;
    this.#isOurs = isOurs;
    this.#chosen = new Map([
      ...passedOver.map((name) => [`nodes ${name}`, null] as const),
      ...chosen.map(({ of, name, becomes }) => [`${of} ${name}`, becomes] as const),
    ]);
  }

  /** The fields that the attributes of an element mean, without its label; its type where that is known otherwise. */
  fieldsOf({ attributes }: GraphElement, type: EntityType, isTyped: boolean): JsonObject {
    const [of, place] = type === 'interface' ? (['edges', 'edge'] as const) : (['nodes', 'node'] as const);
    const fields = new Map<string, Json>();
    const moved: { name: string; value: Json; field: string; to: string }[] = [];
    const take = (name: string, value: Json, field: string): void => {
      const kind = this.#kinds?.[place].get(name) ?? 'string';
      const read = typeof value === 'string' && this.#kinds ? valueOf(value, kind, type, field) : value;
      if (read !== undefined) fields.set(field, read);
    };
    for (const [name, value] of attributes) {
      if (name === 'label' || (name === 'type' && isTyped)) continue;
      // Other programs write it of every element, whether it has the attribute or not.
      if (value === '' && !this.#isOurs && this.#kinds) continue;
      const field = fieldOfAttribute(type, name, place);
      const to = this.#chosen.has(`${of} ${name}`) ? (this.#chosen.get(`${of} ${name}`) ?? null) : field;
      this.#note({ of, name, count: 1, sample: '', becomes: to }, value);
      if (to === field) take(name, value, field);
      else if (to !== null) moved.push({ name, value, field, to });
    }
    // A field that the element has itself is not replaced.
    for (const { name, value, field, to } of moved) take(name, value, fields.has(to) ? field : to);
    return Object.fromEntries(fields);
  }

  #note(attribute: Attribute, value: Json): void {
    const { of, name } = attribute;
    const known = this.#found.get(`${of} ${name}`);
    if (known) known.count += 1;
    else if (this.#found.size < mostShown && name !== verbatimKey)
      this.#found.set(`${of} ${name}`, {
        ...attribute,
        sample: textOf(value).slice(0, longestSample).toWellFormed(),
      });
  }

  /** The first attributes that elements have. */
  summary(): Attribute[] {
    return [...this.#found.values()];
  }
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

/** The id of an edge that has none of its own: the same each time the file is read. */
function derivedId({ source, target }: GraphEdge, parallel: Map<string, number>): string {
  const ends = JSON.stringify([source, target]);
  const count = (parallel.get(ends) ?? 0) + 1;
  parallel.set(ends, count);
  const hash = createHash('sha256').update(`${ends}${count}`).digest('hex').slice(0, 24);
  return `${idPrefix.interface}_${hash}`;
}
