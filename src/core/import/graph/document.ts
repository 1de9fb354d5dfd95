import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { nameField, titleOf } from '#shared/domain/title.ts';
import { nodeType } from '#shared/contract/network.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldOfAttribute, textOf, valueOf } from '../../model/interchange/attributes.ts';
import { ourUnits, unitsKey, verbatimKey } from '../../model/interchange/keys.ts';
import type { Lookup } from '../record-planner.ts';
import type { Segment } from '../json/parse.ts';
import { Notices } from '../notices.ts';
import type { Present } from '../table/present.ts';
import { addAttribute } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';
import { ElementIds, isCounted, nameOf } from './ids.ts';
import { NodeTypes } from './node-types.ts';
import { Universities } from './universities.ts';

type Options = Pick<ImportOptions, 'node_type' | 'node_types' | 'attributes' | 'matching'>;

/** A graph as a frames-json document, with the place of each record in the graph. */
export interface GraphDocument {
  root: JsonObject;
  placeOf: (table: string, index: number) => readonly Segment[];
  summary: Omit<NonNullable<ImportPlan['graph']>, 'matched'>;
  notices: Notices;
  linkId: ElementIds['freeLinkId'];
}

const often = 1000;

/**
 * Converts a graph: nodes become records of the type that they name, that their id or name has in the workspace, or that the options
 * choose; edges become interfaces, attributes become fields. A file of edges alone creates missing nodes. Yields elements done.
 */
export function* graphDocument(
  graph: Graph,
  options: Options,
  lookup: Lookup,
  present?: Pick<Present, 'called'>,
): Generator<number, GraphDocument, void> {
  const document = new DocumentBuilder(graph, options, lookup, present);
  let done = 0;
  for (const [index, node] of graph.nodes.entries()) {
    document.addNode(node, index);
    if (++done % often === 0) yield done;
  }
  for (const id of graph.format === 'csv-edges' ? document.ids.ends : []) {
    document.addEnd(id);
    if (++done % often === 0) yield done;
  }
  for (const [index, edge] of graph.edges.entries()) {
    document.addEdge(edge, index);
    if (++done % often === 0) yield done;
  }
  return document.finish();
}

/** Collects the records of a graph by type. */
class DocumentBuilder {
  readonly #graph: Graph;
  readonly #lookup: Lookup;
  readonly #present: Pick<Present, 'called'> | undefined;
  readonly #isJoined: boolean;
  readonly #types: NodeTypes;
  readonly #mapping: Mapping;
  readonly #universities: Universities;
  readonly #lists = new Map<EntityType, { records: JsonObject[]; places: Segment[] }>();
  readonly #notices = new Notices();
  readonly #isMixed: boolean;
  readonly ids: ElementIds;

  constructor(graph: Graph, options: Options, lookup: Lookup, present: Pick<Present, 'called'> | undefined) {
    this.#graph = graph;
    this.#lookup = lookup;
    this.#present = present;
    this.#isJoined = options.matching !== 'create';
    this.#notices.addAll(graph.notices.list());
    this.ids = new ElementIds(graph, lookup, this.#notices);
    this.#types = new NodeTypes(options, lookup);
    this.#universities = new Universities(graph, this.#types, this.ids, lookup);
    this.#mapping = new Mapping(graph, options.attributes, this.#notices, this.#universities);
    this.#isMixed = graph.edges.some(({ directed }) => directed !== false);
  }

  addNode(node: GraphElement, index: number): void {
    const { id } = node;
    const isTaken = id !== null && this.ids.isTaken(id);
    const { type: named, isKnown, isTyped } = this.#types.of(isTaken ? { ...node, id: null } : node);
    const isHere = !isTaken && this.#types.here(id) !== null;
    const type = isKnown || isHere ? named : (this.#typeByName(nameOf(node)) ?? named);
    const fields = this.#mapping.fieldsOf(this.#inGroup(node), type, isTyped);
    const name = nameField(type);
    // Ids are names if the file has no others, unless they only count.
    const isName = id !== null && !isTaken && !isHere && !this.#graph.isOurs && !isCounted(id);
    if (isName && name !== null && (nameOf(node) ?? id) === id && !fields.has(name)) fields.set(name, id);
    const record = nodeRecord({ ...node, id: id && this.ids.nodeId(node, type) }, type, fields);
    this.#add(type, record, id ?? index);
  }

  /** A node named only by its edges. */
  addEnd(id: string): void {
    const found = this.#lookup(id);
    if (found && !found.deleted) return;
    const { type: named } = this.#types.of({ id, attributes: new Map() });
    const type = found ? named : (this.#typeByName(id) ?? named);
    this.#add(type, found ? { id } : { id, name: id }, id);
  }

  addEdge(edge: GraphEdge, index: number): void {
    const fields = this.#mapping.fieldsOf(edge, 'interface', this.#graph.isOurs);
    const from = this.ids.endOf(edge.source);
    const to = this.ids.endOf(edge.target);
    const { id, given } = this.ids.edgeId(edge, from, to);
    if (given !== null) fields.set(freeName(fields, 'edge id', 'edge'), given);
    if (edge.directed === false) {
      this.#notices.add('undirected_edges');
      if (this.#isMixed) fields.set(freeName(fields, 'directed', 'edge'), false);
    }
    this.#add('interface', { ...Object.fromEntries(fields), id, from, to }, edge.id ?? index);
  }

  /** The type of the only existing record of a name; else null. */
  #typeByName(name: string | null): EntityType | null {
    if (name === null || !this.#isJoined) return null;
    const found = this.#present?.called(nodeType.options, name) ?? [];
    return found.length === 1 ? (found[0]?.type ?? null) : null;
  }

  /** A node with its group's name as an attribute. */
  #inGroup(node: GraphElement): GraphElement {
    if (node.parent === undefined) return node;
    const attributes = new Map(node.attributes);
    addAttribute(attributes, 'group', this.ids.labelOf(node.parent));
    return { ...node, attributes };
  }

  /** `place`: the id of the element in the file, or its index. */
  #add(type: EntityType, record: JsonObject, place: Segment): void {
    const list = this.#lists.get(type) ?? { records: [], places: [] };
    list.records.push(record);
    list.places.push(place);
    this.#lists.set(type, list);
  }

  finish(): GraphDocument {
    for (const university of this.#universities.made()) this.#add('university', university, university.name);
    const { nodes, edges, format, isOurs } = this.#graph;
    const interfaces = this.#lists.get('interface')?.records ?? [];
    const known = entityTypes.flatMap((type) => {
      const list = this.#lists.get(type);
      return list ? [[tableOf[type], list] as const] : [];
    });
    const byTable = new Map(known.map(([table, { places }]) => [table as string, places]));
    return {
      root: {
        ...(isOurs ? { [unitsKey]: ourUnits } : {}),
        ...Object.fromEntries(
          known.flatMap(([table, { records }]) => (records === interfaces ? [] : [[table, records]])),
        ),
        // Last, as ids of links depend on those of nodes. The graph may have no edges.
        interfaces,
      },
      placeOf: (table, index) => {
        const place = byTable.get(table)?.[index];
        return place === undefined ? [table, index] : [table === 'interfaces' ? 'edges' : 'nodes', place];
      },
      notices: this.#notices,
      linkId: (...link) => this.ids.freeLinkId(...link),
      summary: {
        format,
        nodes: nodes.length,
        edges: edges.length,
        untyped: this.#types.untyped,
        types: this.#types.undecided(),
        attributes: this.#mapping.summary(),
      },
    };
  }
}

type Attribute = NonNullable<ImportPlan['graph']>['attributes'][number];

const mostShown = 200;
const longestSample = 60;

/** The attributes and what they become. */
class Mapping {
  readonly #kinds: Graph['kinds'];
  readonly #isOurs: boolean;
  readonly #chosen: ReadonlyMap<string, string | null>;
  readonly #notices: Notices;
  readonly #universities: Universities;
  readonly #found = new Map<string, Attribute>();

  constructor(
    { kinds, isOurs, drawing }: Graph,
    chosen: Options['attributes'],
    notices: Notices,
    universities: Universities,
  ) {
    this.#kinds = kinds;
    this.#isOurs = isOurs;
    this.#notices = notices;
    this.#universities = universities;
    this.#chosen = new Map([
      ...drawing.map((name) => [`nodes ${name}`, null] as const),
      ...chosen.map(({ of, name, becomes }) => [`${of} ${name}`, becomes] as const),
    ]);
  }

  /** Fields from an element's attributes, without a node's label; the type if it is known otherwise. */
  fieldsOf({ attributes }: GraphElement, type: EntityType, isTyped: boolean): Map<string, Json> {
    const [of, place] = type === 'interface' ? (['edges', 'edge'] as const) : (['nodes', 'node'] as const);
    const fields = new Map<string, Json>();
    const moved: { name: string; value: Json; field: string; to: string }[] = [];
    const take = (name: string, value: Json, field: string): void => {
      const kind = this.#kinds?.[place].get(name) ?? 'string';
      const read = typeof value === 'string' && this.#kinds ? valueOf(value, kind, type, field) : value;
      if (read !== undefined) fields.set(freeName(fields, field, place), read);
    };
    for (const [name, value] of attributes) {
      const isNamed = name === 'label' && (place === 'node' || this.#isOurs);
      if (isNamed || (name === 'type' && (isTyped || value === 'interface'))) continue;
      // Other programs write it for every element.
      if (value === '' && !this.#isOurs && this.#kinds) continue;
      const university =
        this.#isOurs || place === 'edge' ? null : this.#universities.idFor(type, name, value);
      const field = university === null ? fieldOfAttribute(type, name, place) : 'university_id';
      const to = this.#chosen.has(`${of} ${name}`) ? (this.#chosen.get(`${of} ${name}`) ?? null) : field;
      this.#note({ of, name, count: 1, sample: '', becomes: to }, value);
      if (to === null) this.#notices.add('attribute_left_out', { where: { attribute: name, of } });
      else if (to === field) take(name, university ?? value, field);
      else moved.push({ name, value, field, to });
    }
    // The element's own field wins.
    for (const { name, value, field, to } of moved) take(name, value, fields.has(to) ? field : to);
    return fields;
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

  /** The first attributes found. */
  summary(): Attribute[] {
    return [...this.#found.values()];
  }
}

/** A record's values beyond its fields. */
const reserved = { node: ['id'], edge: ['id', 'from', 'to'] } as const;

/** A field name that is free, with a number if needed. */
function freeName(fields: ReadonlyMap<string, Json>, name: string, place: 'node' | 'edge'): string {
  const taken = new Set<string>(reserved[place]);
  let free = name;
  for (let count = 2; taken.has(free) || fields.has(free); count += 1) free = `${name} (${count})`;
  return free;
}

/** A label names an unnamed record; a different label is kept. */
function nodeRecord(
  { id, attributes }: GraphElement,
  type: EntityType,
  values: ReadonlyMap<string, Json>,
): JsonObject {
  const fields = Object.fromEntries(values);
  const given = attributes.get('label') ?? null;
  const label = given === null ? '' : textOf(given);
  const record = id === null ? fields : { ...fields, id };
  const isRepeated = label === '' || label === id || label === titleOf(type, fields);
  if (isRepeated) return record;
  const name = nameField(type);
  if (name === null) return record;
  return fields[name] === undefined
    ? { ...record, [name]: label }
    : { ...record, [freeName(values, 'label', 'node')]: label };
}
