import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { linkTitle, nameField, titleOf } from '#shared/domain/title.ts';
import { nodeType } from '#shared/contract/network.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { textOf } from '../../model/interchange/attributes.ts';
import { cutTo } from '../../model/interchange/headings.ts';
import { ourUnits, unitsKey } from '../../model/interchange/keys.ts';
import type { Lookup } from '../record-planner.ts';
import type { Segment } from '../json/parse.ts';
import { Notices } from '../notices.ts';
import { typedNumberIn } from '../units.ts';
import type { FindGraphRecord } from '../problems.ts';
import type { VisibleRecords } from '../table/rows/visible-records.ts';
import { AnnotationNodes } from './annotations.ts';
import { AttributeMapping, freeName } from './attribute-mapping.ts';
import type { ElementFields } from './attribute-mapping.ts';
import { EdgeDirections } from './edge-direction.ts';
import { addAttribute } from './graph.ts';
import type { Graph, GraphEdge, GraphElement } from './graph.ts';
import { isRelationAttribute } from '../../model/interchange/attribute-words.ts';
import { Memberships, membershipField } from './memberships.ts';
import type { NodeRecord } from './memberships.ts';
import { ElementIds, isNumbered, nameOf } from './ids.ts';
import { withNames } from './named-nodes.ts';
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
  statedUnits: AttributeMapping['statedUnits'];
  /** By record: its fields that are 100 % minus their value, each with the attribute. */
  rests: ReadonlyMap<JsonObject, ReadonlyMap<string, string>>;
  /** Whether another program chose the words for values. */
  readsWords: boolean;
}

const elementsPerYield = 1000;
const maxNoticeLength = 60;

/**
 * Converts a graph: nodes become records of the type that they name, that their id or name has in the workspace, or that the options
 * choose; edges become interfaces, attributes become fields. A file of edges alone creates missing nodes. Yields elements done.
 */
export function* graphDocument(
  source: Graph,
  options: Options,
  lookup: Lookup,
  visible?: Visible,
): Generator<number, GraphDocument, void> {
  const graph = withNames(source);
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

/** An edge with a bond or one of these shares says what passes, so it is a link, whatever its label. */
const shareFields = ['energy_loss', 'documented'];

/** Labels can be losses of links and words for memberships: "20 %" and "member of". */
const isNumber = (value: Json | undefined): boolean =>
  typeof value === 'number' || (typeof value === 'string' && typedNumberIn(value, 'percent') !== null);

/** Collects the records of a graph by type. */
class DocumentBuilder {
  readonly #graph: Graph;
  readonly #lookup: Lookup;
  readonly #visible: Visible | undefined;
  readonly #isMatching: boolean;
  readonly #types: NodeTypes;
  readonly #annotations: AnnotationNodes;
  readonly #directions = new EdgeDirections();
  readonly #leftOut = new Set<string>();
  readonly #mapping: AttributeMapping;
  readonly #universities: Universities;
  readonly #lists = new Map<EntityType, { records: JsonObject[]; segments: Segment[] }>();
  readonly #rests = new Map<JsonObject, ReadonlyMap<string, string>>();
  readonly #notices = new Notices();
  readonly #isTypedByName: boolean;
  readonly #grouped: (NodeRecord & { groups: readonly string[] })[] = [];
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
    this.#types = new NodeTypes(options, lookup, graph.nodes);
    this.#annotations = new AnnotationNodes(graph);
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
    if (this.#annotations.isUnnamedFolder(id)) return;
    const isConflicting = id !== null && this.ids.isConflicting(id);
    const {
      type: givenType,
      isKnown,
      isLeftOut,
      repeatedBy,
      isFormer,
      organisationKind,
    } = this.#types.decideType(
      isConflicting ? { ...node, id: null } : node,
      this.#annotations.isAnnotation(id),
    );
    if (isLeftOut) return this.#leaveOut(id, nameOf(node));
    const isExisting = !isConflicting && this.#types.existingTypeOf(id) !== null;
    const existingType = isKnown || isExisting ? null : this.#typeByName(nameOf(node));
    const type = existingType ?? givenType;
    if (!isKnown && !isExisting && existingType === null) this.#countNamed();
    const element = this.#withGroup(node);
    const { fields } = this.#mapping.readFields(
      organisationKind ? withoutAttribute(element, organisationKind.attribute) : element,
      type,
      repeatedBy,
    );
    if (isFormer === true && !fields.has('active')) {
      fields.set('active', false);
      this.#notices.add('former_members');
    }
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
    const groups = this.#annotations.groupsOf(node);
    if (groups.length > 0) this.#grouped.push({ type, record, groups });
  }

  #leaveOut(id: string | null, name: string | null): void {
    const text = name ?? id ?? '';
    const shortName = text.length > maxNoticeLength ? `${cutTo(text, maxNoticeLength - 1)}…` : text;
    this.#notices.add('nodes_left_out', { params: { name: shortName } });
    if (id !== null) this.#leftOut.add(id);
  }

  #countNamed(): void {
    if (this.#isTypedByName) this.#notices.add('types_by_name');
  }

  /** Makes nodes within a team, project or university its members, where its name was an attribute. */
  #resolveGroups(): void {
    for (const { type, record, groups } of this.#grouped)
      for (const [depth, group] of groups.entries()) {
        const id = this.ids.endOf(group);
        const field = membershipField(type, this.#nodes.get(id)?.type);
        if (field === undefined || record[field] !== undefined) continue;
        const isNamed = record.group === this.ids.labelOf(group);
        if (depth === 0 && !isNamed) continue;
        record[field] = id;
        if (depth === 0) delete record.group;
      }
  }

  /** As in tables, a student without a university belongs to that of the team. */
  #useTeamUniversities(): void {
    if (this.#graph.isFramesFile) return;
    for (const { type, record } of this.#nodes.values()) {
      if (type !== 'student' || typeof record.team_id !== 'string' || record.university_id !== undefined)
        continue;
      const university = this.#nodes.get(record.team_id)?.record.university_id;
      if (typeof university === 'string') record.university_id = university;
    }
  }

  /** Adds a node that only edges name. */
  addEnd(id: string): void {
    const existing = this.#lookup(id);
    if (existing && !existing.deleted) return;
    const { type: givenType, isLeftOut } = this.#types.decideType({ id, attributes: new Map() });
    if (isLeftOut) return this.#leaveOut(id, null);
    const type = existing ? givenType : (this.#typeByName(id) ?? givenType);
    if (!existing && this.#typeByName(id) === null) this.#countNamed();
    this.#add(type, existing ? { id } : { id, name: id }, id);
  }

  addEdge(givenEdge: GraphEdge, index: number): void {
    if (this.#leftOut.has(givenEdge.source) || this.#leftOut.has(givenEdge.target))
      return this.#notices.add('edges_left_out');
    const { edge, isMutual } = this.#withDirection(givenEdge);
    const elementFields = this.#mapping.readFields(
      edge,
      'interface',
      this.#graph.isFramesFile ? 'type' : null,
    );
    const { fields } = elementFields;
    const from = this.ids.endOf(edge.source);
    const to = this.ids.endOf(edge.target);
    const isPlain = !fields.has('bond_type') && !shareFields.some((field) => isNumber(fields.get(field)));
    if (!this.#graph.isFramesFile && isPlain && this.#memberships.add(edge, from, to)) {
      this.#notices.add('membership_edges');
      for (const name of fields.keys())
        if (!isRelationAttribute(name))
          this.#notices.add('attribute_left_out', { where: { attribute: name, of: 'edges' } });
      return;
    }
    this.#addLink(edge, elementFields, { from, to }, index);
    if (!isMutual || from === to) return;
    this.#notices.add('mutual_edges');
    this.#addLink({ ...edge, id: null }, elementFields, { from: to, to: from }, index);
  }

  #withDirection(edge: GraphEdge): { edge: GraphEdge; isMutual: boolean } {
    if (this.#graph.isFramesFile) return { edge, isMutual: false };
    const { isMutual, isReversed, attribute } = this.#directions.directionOf(edge);
    if (!isMutual && !isReversed && attribute === null) return { edge, isMutual };
    const { id, source, target } = edge;
    const [from, to] = isReversed ? [target, source] : [source, target];
    const attributes = attribute === null ? edge.attributes : withoutAttribute(edge, attribute).attributes;
    return { edge: { id, source: from, target: to, directed: true, attributes }, isMutual };
  }

  #addLink(
    edge: GraphEdge,
    { fields: edgeFields, rests }: ElementFields,
    { from, to }: { from: string; to: string },
    index: number,
  ): void {
    const fields = new Map(edgeFields);
    const { id, fileId } = this.ids.assignEdgeId(edge, from, to);
    if (fileId !== null) fields.set(freeName(fields, 'edge id', 'edge'), fileId);
    if (edge.directed === false) {
      this.#notices.add('undirected_edges');
      if (this.#isMixed) fields.set(freeName(fields, 'directed', 'edge'), false);
    }
    const record = { ...Object.fromEntries(fields), id, from, to };
    if (rests.size > 0) this.#rests.set(record, rests);
    this.#add('interface', record, index);
  }

  /** The type of the only existing record with a name; null if there is none or several. */
  #typeByName(name: string | null): EntityType | null {
    if (name === null || !this.#isMatching) return null;
    const matches = this.#visible?.recordsNamed(nodeType.options, name) ?? [];
    return matches.length === 1 ? (matches[0]?.type ?? null) : null;
  }

  /** The node with its group's name as an attribute. */
  #withGroup(node: GraphElement): GraphElement {
    const [parent] = this.#annotations.groupsOf(node);
    if (parent === undefined) return node;
    const attributes = new Map(node.attributes);
    addAttribute(attributes, 'group', this.ids.labelOf(parent));
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
        const name = edge ? linkTitle(this.ids.labelOf(edge.source), this.ids.labelOf(edge.target)) : null;
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
    this.#useTeamUniversities();
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
      statedUnits: this.#mapping.statedUnits,
      rests: this.#rests,
      readsWords: !isFramesFile,
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

function withoutAttribute(element: GraphElement, name: string): GraphElement {
  const attributes = new Map(element.attributes);
  attributes.delete(name);
  return { ...element, attributes };
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
