import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { nameField, titleOf } from '#shared/domain/title.ts';
import { nodeType } from '#shared/contract/network.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldOfAttribute, textOf, parseAttribute } from '../../model/interchange/attributes.ts';
import { ourUnits, unitsKey, verbatimKey } from '../../model/interchange/keys.ts';
import type { Lookup } from '../record-planner.ts';
import type { Segment } from '../json/parse.ts';
import { joinTitles } from '../../model/titles.ts';
import { Notices } from '../notices.ts';
import type { FindGraphRecord } from '../problems.ts';
import type { VisibleRecords } from '../table/visible-records.ts';
import { AttributeFields } from './attribute-fields.ts';
import { addAttribute } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';
import { labelAttributes, Memberships, membershipField } from './memberships.ts';
import type { NodeRecord } from './memberships.ts';
import { ElementIds, isNumbered, nameOf } from './ids.ts';
import { NodeTypes } from './node-types.ts';
import { Universities } from './university-nodes.ts';

type Options = Pick<
  ImportOptions,
  'node_type' | 'node_types' | 'university_names' | 'attributes' | 'matching'
>;

type Visible = Pick<VisibleRecords, 'recordsNamed' | 'titles'>;

/** A graph as a frames-json document, with the place of each record in the graph's file. */
export interface GraphDocument {
  root: JsonObject;
  pathOf: (table: string, index: number) => readonly Segment[];
  /** The record at such a path. */
  findGraphRecord: FindGraphRecord;
  summary: Omit<NonNullable<ImportPlan['graph']>, 'matched'>;
  notices: Notices;
  linkId: ElementIds['freeLinkId'];
}

const elementsPerYield = 1000;

/**
 * Converts a graph: nodes become records of the type that they name, that their id or name has in the workspace, or that the options
 * choose; edges become interfaces, attributes become fields. A file of edges alone creates missing nodes. Yields elements done.
 */
export function* graphDocument(
  graph: Graph,
  options: Options,
  lookup: Lookup,
  visible?: Visible,
): Generator<number, GraphDocument, void> {
  const document = new DocumentBuilder(graph, options, lookup, visible);
  let done = 0;
  for (const [index, node] of graph.nodes.entries()) {
    document.addNode(node, index);
    if (++done % elementsPerYield === 0) yield done;
  }
  for (const id of graph.format === 'csv-edges' ? document.ids.ends : []) {
    document.addEnd(id);
    if (++done % elementsPerYield === 0) yield done;
  }
  for (const [index, edge] of graph.edges.entries()) {
    document.addEdge(edge, index);
    if (++done % elementsPerYield === 0) yield done;
  }
  return document.finish();
}

/** An edge with one of these says what passes, so it is a link, whatever its label. */
const linkFields = ['energy_loss', 'documented', 'bond_type'];

/** Collects the records of a graph by type. */
class DocumentBuilder {
  readonly #graph: Graph;
  readonly #lookup: Lookup;
  readonly #visible: Visible | undefined;
  readonly #isMatching: boolean;
  readonly #types: NodeTypes;
  readonly #mapping: AttributeMapping;
  readonly #universities: Universities;
  readonly #lists = new Map<EntityType, { records: JsonObject[]; segments: Segment[] }>();
  readonly #notices = new Notices();
  readonly #isTypedByName: boolean;
  readonly #grouped: (NodeRecord & { parent: string })[] = [];
  /** Whether not every edge is undirected, so that undirected ones are marked. */
  readonly #isMixed: boolean;
  readonly ids: ElementIds;
  readonly #nodes = new Map<string, NodeRecord>();
  readonly #memberships = new Memberships((id) => this.#nodes.get(id));

  constructor(graph: Graph, options: Options, lookup: Lookup, visible: Visible | undefined) {
    this.#graph = graph;
    this.#lookup = lookup;
    this.#visible = visible;
    this.#isMatching = options.matching !== 'create';
    this.#notices.addAll(graph.notices.list());
    this.ids = new ElementIds(graph, lookup, this.#notices);
    this.#isTypedByName = options.node_type === 'by_name';
    this.#types = new NodeTypes(options, lookup);
    this.#universities = new Universities({
      graph,
      types: this.#types,
      ids: this.ids,
      lookup,
      visible,
      choices: options.university_names,
    });
    this.#mapping = new AttributeMapping(graph, options.attributes, this.#notices, this.#universities);
    this.#isMixed = graph.edges.some(({ directed }) => directed !== false);
  }

  addNode(node: GraphElement, index: number): void {
    const { id } = node;
    const isConflicting = id !== null && this.ids.isConflicting(id);
    const {
      type: givenType,
      isKnown,
      isTypeRepeated,
      organisationKind,
    } = this.#types.decideType(isConflicting ? { ...node, id: null } : node);
    const isExisting = !isConflicting && this.#types.existingTypeOf(id) !== null;
    const existingType = isKnown || isExisting ? null : this.#typeByName(nameOf(node));
    const type = existingType ?? givenType;
    if (!isKnown && !isExisting && existingType === null) this.#countNamed();
    const element = this.#withGroup(node);
    const fields = this.#mapping.readFields(
      organisationKind ? withoutAttribute(element, organisationKind.attribute) : element,
      type,
      isTypeRepeated,
    );
    if (organisationKind && !fields.has('kind')) fields.set('kind', organisationKind.kind);
    const name = nameField(type);
    // The id names a new node without a name, unless a program generated the id.
    const canIdBeName =
      id !== null && !isConflicting && !isExisting && !this.#graph.isFramesFile && !isNumbered(id);
    if (canIdBeName && name !== null && (nameOf(node) ?? id) === id && !fields.has(name))
      fields.set(name, id);
    const record = nodeRecord({ ...node, id: id && this.ids.assignNodeId(node, type) }, type, fields);
    this.#add(type, record, index);
    if (typeof record.id !== 'string') return;
    this.#nodes.set(record.id, { type, record });
    if (node.parent !== undefined) this.#grouped.push({ type, record, parent: node.parent });
  }

  #countNamed(): void {
    if (this.#isTypedByName) this.#notices.add('types_by_name');
  }

  /** Makes nodes within a team, project or university its members, where its name was an attribute. */
  #resolveGroups(): void {
    for (const { type, record, parent } of this.#grouped) {
      const id = this.ids.endOf(parent);
      const field = membershipField(type, this.#nodes.get(id)?.type);
      if (field === undefined || record[field] !== undefined || record.group !== this.ids.labelOf(parent))
        continue;
      record[field] = id;
      delete record.group;
    }
  }

  /** Adds a node that only edges name. */
  addEnd(id: string): void {
    const existing = this.#lookup(id);
    if (existing && !existing.deleted) return;
    const { type: givenType } = this.#types.decideType({ id, attributes: new Map() });
    const type = existing ? givenType : (this.#typeByName(id) ?? givenType);
    if (!existing && this.#typeByName(id) === null) this.#countNamed();
    this.#add(type, existing ? { id } : { id, name: id }, id);
  }

  addEdge(edge: GraphEdge, index: number): void {
    const fields = this.#mapping.readFields(edge, 'interface', this.#graph.isFramesFile);
    const from = this.ids.endOf(edge.source);
    const to = this.ids.endOf(edge.target);
    const isPlain = !linkFields.some((field) => fields.has(field));
    if (!this.#graph.isFramesFile && isPlain && this.#memberships.add(edge, from, to)) {
      this.#notices.add('membership_edges');
      for (const name of fields.keys())
        if (!labelAttributes.includes(name))
          this.#notices.add('attribute_left_out', { where: { attribute: name, of: 'edges' } });
      return;
    }
    const { id, fileId } = this.ids.assignEdgeId(edge, from, to);
    if (fileId !== null) fields.set(freeName(fields, 'edge id', 'edge'), fileId);
    if (edge.directed === false) {
      this.#notices.add('undirected_edges');
      if (this.#isMixed) fields.set(freeName(fields, 'directed', 'edge'), false);
    }
    this.#add('interface', { ...Object.fromEntries(fields), id, from, to }, index);
  }

  /** The type of the only existing record with a name; null if there is none or several. */
  #typeByName(name: string | null): EntityType | null {
    if (name === null || !this.#isMatching) return null;
    const matches = this.#visible?.recordsNamed(nodeType.options, name) ?? [];
    return matches.length === 1 ? (matches[0]?.type ?? null) : null;
  }

  /** The node with its group's name as an attribute. */
  #withGroup(node: GraphElement): GraphElement {
    if (node.parent === undefined) return node;
    const attributes = new Map(node.attributes);
    addAttribute(attributes, 'group', this.ids.labelOf(node.parent));
    return { ...node, attributes };
  }

  /** `segment`: the index of the element in the file, or its name if only others name it. */
  #add(type: EntityType, record: JsonObject, segment: Segment): void {
    const list = this.#lists.get(type) ?? { records: [], segments: [] };
    list.records.push(record);
    list.segments.push(segment);
    this.#lists.set(type, list);
  }

  #finderOfRecords(): FindGraphRecord {
    let types: Map<Segment, EntityType> | null = null;
    return ([list, segment = '']) => {
      const isIndex = typeof segment === 'number';
      if (list === 'edges') {
        const edge = this.#graph.edges[Number(segment)];
        const name = edge ? joinTitles(this.ids.labelOf(edge.source), this.ids.labelOf(edge.target)) : null;
        return { type: 'interface', name, number: Number(segment) + 1 };
      }
      types ??= new Map(
        [...this.#lists].flatMap(([type, { segments }]) =>
          type === 'interface' ? [] : segments.map((one) => [one, type] as const),
        ),
      );
      const type = types.get(segment);
      const node = isIndex ? this.#graph.nodes[segment] : undefined;
      const name = isIndex ? node && (nameOf(node) ?? node.id) : segment;
      return type && { type, name: name ?? null, number: isIndex ? segment + 1 : null };
    };
  }

  finish(): GraphDocument {
    for (const university of this.#universities.newUniversities())
      this.#add('university', university, university.name);
    const { nodes, edges, format, isFramesFile } = this.#graph;
    this.#resolveGroups();
    const interfaces = this.#lists.get('interface')?.records ?? [];
    const lists = entityTypes.flatMap((type) => {
      const list = this.#lists.get(type);
      return list ? [[tableOf[type], list] as const] : [];
    });
    const segmentsByTable = new Map(lists.map(([table, { segments }]) => [table as string, segments]));
    return {
      root: {
        ...(isFramesFile ? { [unitsKey]: ourUnits } : {}),
        ...Object.fromEntries(
          lists.flatMap(([table, { records }]) => (records === interfaces ? [] : [[table, records]])),
        ),
        // Last, because ids of links depend on ids of nodes. The graph can be without edges.
        interfaces,
      },
      pathOf: (table, index) => {
        const segment = segmentsByTable.get(table)?.[index];
        return segment === undefined ? [table, index] : [table === 'interfaces' ? 'edges' : 'nodes', segment];
      },
      findGraphRecord: this.#finderOfRecords(),
      notices: this.#notices,
      linkId: (...link) => this.ids.freeLinkId(...link),
      summary: {
        format,
        nodes: nodes.length,
        edges: edges.length,
        untyped: this.#types.untypedCount,
        types: this.#types.questions(),
        universities: this.#universities.questions(),
        attributes: this.#mapping.summary(),
      },
    };
  }
}

type Attribute = NonNullable<ImportPlan['graph']>['attributes'][number];

const maxAttributes = 200;
const maxSampleLength = 60;

/** The attributes of a graph and the fields that they become. */
class AttributeMapping {
  readonly #kinds: Graph['kinds'];
  readonly #isFramesFile: boolean;
  readonly #choices: ReadonlyMap<string, string | null>;
  readonly #notices: Notices;
  readonly #universities: Universities;
  readonly #fieldsByWords: AttributeFields;
  readonly #attributes = new Map<string, Attribute>();

  constructor(graph: Graph, choices: Options['attributes'], notices: Notices, universities: Universities) {
    const { kinds, isFramesFile, drawingAttributes } = graph;
    this.#fieldsByWords = new AttributeFields(graph);
    this.#kinds = kinds;
    this.#isFramesFile = isFramesFile;
    this.#notices = notices;
    this.#universities = universities;
    this.#choices = new Map([
      ...drawingAttributes.flatMap((name) =>
        [`nodes ${name}`, `edges ${name}`].map((key) => [key, null] as const),
      ),
      ...choices.map(({ of, name, becomes }) => [`${of} ${name}`, becomes] as const),
    ]);
  }

  /** Fields from an element's attributes, without a node's label, and without the type if `isTypeRepeated`. Counts the attributes. */
  readFields({ attributes }: GraphElement, type: EntityType, isTypeRepeated: boolean): Map<string, Json> {
    const [of, elementKind] =
      type === 'interface' ? (['edges', 'edge'] as const) : (['nodes', 'node'] as const);
    const fields = new Map<string, Json>();
    const movedFields: { name: string; value: Json; field: string; target: string }[] = [];
    const setField = (name: string, value: Json, field: string): void => {
      const kind = this.#kinds?.[elementKind].get(name) ?? 'string';
      const fieldValue =
        typeof value === 'string' && this.#kinds ? parseAttribute(value, kind, type, field) : value;
      if (fieldValue !== undefined) fields.set(freeName(fields, field, elementKind), fieldValue);
    };
    for (const [name, value] of attributes) {
      const isLabel = name === 'label' && (elementKind === 'node' || this.#isFramesFile);
      if (isLabel || (name === 'type' && (isTypeRepeated || value === 'interface'))) continue;
      // Other programs write an empty value for every element.
      if (value === '' && !this.#isFramesFile) continue;
      const university =
        this.#isFramesFile || elementKind === 'edge'
          ? null
          : this.#universities.findOrCreateId(type, name, value);
      const field = university === null ? this.#fieldFor(type, name, elementKind) : 'university_id';
      const target = this.#choices.has(`${of} ${name}`)
        ? (this.#choices.get(`${of} ${name}`) ?? null)
        : field;
      this.#countAttribute({ of, name, count: 1, sample: '', becomes: target }, value);
      if (target === null) this.#notices.add('attribute_left_out', { where: { attribute: name, of } });
      else if (target === field) setField(name, university ?? value, field);
      else movedFields.push({ name, value, field, target });
    }
    // A moved attribute keeps its own field if another attribute filled the target.
    for (const { name, value, field, target } of movedFields)
      setField(name, value, fields.has(target) ? field : target);
    return fields;
  }

  /** Files of FRAMES name fields exactly; those of others can use other words. */
  #fieldFor(type: EntityType, name: string, elementKind: 'node' | 'edge'): string {
    const byWords = this.#isFramesFile ? null : this.#fieldsByWords.fieldFor(type, name, elementKind);
    return byWords ?? fieldOfAttribute(type, name, elementKind);
  }

  #countAttribute(attribute: Attribute, value: Json): void {
    const { of, name } = attribute;
    const existing = this.#attributes.get(`${of} ${name}`);
    if (existing) existing.count += 1;
    else if (this.#attributes.size < maxAttributes && name !== verbatimKey)
      this.#attributes.set(`${of} ${name}`, {
        ...attribute,
        sample: textOf(value).slice(0, maxSampleLength).toWellFormed(),
      });
  }

  /** The attributes in the order in which they were found, up to a limit. */
  summary(): Attribute[] {
    return [...this.#attributes.values()];
  }
}

function withoutAttribute(element: GraphElement, name: string): GraphElement {
  const attributes = new Map(element.attributes);
  attributes.delete(name);
  return { ...element, attributes };
}

/** Keys of a record that are not fields. */
const reservedKeys = { node: ['id'], edge: ['id', 'from', 'to'] } as const;

/** A field name that is free, with a number if needed. */
function freeName(fields: ReadonlyMap<string, Json>, name: string, elementKind: 'node' | 'edge'): string {
  const reservedNames = new Set<string>(reservedKeys[elementKind]);
  let result = name;
  for (let count = 2; reservedNames.has(result) || fields.has(result); count += 1)
    result = `${name} (${count})`;
  return result;
}

/** The label becomes the name of a record without one; a label that differs from the name is kept as a field. */
function nodeRecord(
  { id, attributes }: GraphElement,
  type: EntityType,
  values: ReadonlyMap<string, Json>,
): JsonObject {
  const fields = Object.fromEntries(values);
  const labelValue = attributes.get('label') ?? null;
  const label = labelValue === null ? '' : textOf(labelValue);
  const record = id === null ? fields : { ...fields, id };
  const isRepeated = label === '' || label === id || label === titleOf(type, fields);
  if (isRepeated) return record;
  const name = nameField(type);
  if (name === null) return record;
  return fields[name] === undefined
    ? { ...record, [name]: label }
    : { ...record, [freeName(values, 'label', 'node')]: label };
}
