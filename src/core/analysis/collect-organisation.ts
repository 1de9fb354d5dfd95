import { areaKey } from '#shared/domain/fold.ts';
import { importanceWeight } from '#shared/domain/importance.ts';
import { describedIds } from '../documents/described-ids.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { NameIndex } from '../model/name-index.ts';
import type { Link, LinkIndex } from '../network/link-index.ts';
import { pagesOf } from '../network/pages.ts';
import { collectContacts } from './collect-contacts.ts';
import {
  activeCondition,
  addBearerSet,
  importanceColumn,
  lifecycleIndex,
  measureLink,
  neededColumn,
  nodeKind,
  noLifecycle,
  noNode,
  readAreas,
  readStudentRow,
  studentColumns,
  teamColumns,
} from './organisation.ts';
import type { NamedNode, Needs, Organisation, OrganisationState } from './organisation.ts';

const itemsPerYield = 2000;

/** Areas of expertise by name, ignoring case and spaces. */
class AreaIndex {
  readonly names: string[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(name: string): number {
    const key = areaKey(name);
    const index = this.#indexes.get(key);
    if (index !== undefined) return index;
    this.#indexes.set(key, this.names.length);
    return this.names.push(name.trim()) - 1;
  }
}

const formerTeamQuery = `SELECT DISTINCT team_id FROM students WHERE ${visibleCondition()} AND active = 0 AND team_id IS NOT NULL`;

/** The nodes of an organisation, in the order in which they are added. */
class NodeTable {
  readonly nodes: NamedNode[] = [];
  readonly nodeById = new Map<string, number>();
  readonly #names: NameIndex;

  constructor(names: NameIndex) {
    this.#names = names;
  }

  /** The node of a record, which is added if it is missing. */
  addNode(id: string): number {
    const node = this.nodeById.get(id);
    if (node !== undefined) return node;
    const name = this.#names.find(id);
    this.nodeById.set(id, this.nodes.length);
    this.nodes.push({
      id,
      type: name?.type ?? 'team',
      title: name?.title ?? id,
      university: name?.university_id ?? null,
    });
    return this.nodes.length - 1;
  }
}

const selectPages = (read: Connection, columns: string, table: string, condition = '') =>
  pagesOf(read, { select: columns, table, condition: `${visibleCondition('r')}${condition}` });

/** The columns of teams, by node. */
interface TeamColumns {
  lifecycles: number[];
  sizes: number[];
  importance: number[];
}

function* readTeams(read: Connection, table: NodeTable): Generator<number, TeamColumns, void> {
  const columns: TeamColumns = { lifecycles: [], sizes: [], importance: [] };
  for (const rows of selectPages(read, teamColumns, 'teams')) {
    for (const [id, lifecycle, size, weight] of rows) {
      const node = table.addNode(id as string);
      columns.lifecycles[node] = lifecycleIndex(lifecycle);
      if (typeof size === 'number') columns.sizes[node] = size;
      columns.importance[node] = importanceWeight(weight);
    }
    yield table.nodes.length;
  }
  return columns;
}

function* readFaculty(read: Connection, table: NodeTable): Generator<number, void, void> {
  for (const rows of selectPages(read, 'r.id', 'faculty')) {
    for (const [id] of rows) table.addNode(id as string);
    yield table.nodes.length;
  }
}

/** What projects and teams need. A project that states a need becomes a node even without links. */
function* readNeeds(
  read: Connection,
  table: NodeTable,
  areas: AreaIndex,
): Generator<number, Pick<Needs, 'needers' | 'areas'>, void> {
  const needs: [node: number, area: number][] = [];
  for (const type of ['projects', 'teams'])
    for (const rows of selectPages(read, `r.id, ${neededColumn}`, type, ` AND ${neededColumn} IS NOT NULL`)) {
      for (const [id, text] of rows)
        for (const area of new Set(readAreas(text).map((name) => areas.indexOf(name))))
          needs.push([table.addNode(id as string), area]);
      yield table.nodes.length;
    }
  return {
    needers: Uint32Array.from(needs, ([node]) => node),
    areas: Uint32Array.from(needs, ([, area]) => area),
  };
}

function* readTeamProjects(
  read: Connection,
  { nodes, nodeById }: NodeTable,
): Generator<number, Uint32Array, void> {
  const projects = new Uint32Array(nodes.length).fill(noNode);
  for (const rows of selectPages(read, 'r.id, r.project_id', 'teams', ' AND r.project_id IS NOT NULL')) {
    for (const [team, project] of rows)
      projects[nodeById.get(team as string) as number] = nodeById.get(project as string) ?? noNode;
    yield nodes.length;
  }
  return projects;
}

/** The columns of memberships and of areas of expertise. */
interface StudentColumns {
  students: number[];
  memberOf: number[];
  terms: number[];
  memberWeights: number[];
  holders: number[];
  heldAreas: number[];
}

function* readStudents(
  read: Connection,
  table: NodeTable,
  areas: AreaIndex,
): Generator<number, StudentColumns, void> {
  const columns: StudentColumns = {
    students: [],
    memberOf: [],
    terms: [],
    memberWeights: [],
    holders: [],
    heldAreas: [],
  };
  for (const rows of selectPages(read, studentColumns, 'students', activeCondition)) {
    for (const row of rows) {
      const node = table.addNode(row[0] as string);
      const { teams, terms, weight, areas: areaNames } = readStudentRow(row, table.nodeById);
      for (const team of teams) {
        columns.students.push(node);
        columns.memberOf.push(team);
        columns.terms.push(terms);
        columns.memberWeights.push(weight);
      }
      for (const area of new Set(areaNames.map((name) => areas.indexOf(name)))) {
        columns.holders.push(node);
        columns.heldAreas.push(area);
      }
    }
    yield table.nodes.length;
  }
  return columns;
}

function* readOtherImportance(
  read: Connection,
  { nodes, nodeById }: NodeTable,
  importance: number[],
): Generator<number, void, void> {
  const hasImportance = ` AND ${importanceColumn} IS NOT NULL`;
  for (const table of ['projects', 'organisations'])
    for (const rows of selectPages(read, `r.id, ${importanceColumn}`, table, hasImportance)) {
      for (const [id, weight] of rows) {
        const node = nodeById.get(id as string);
        if (node !== undefined) importance[node] = importanceWeight(weight);
      }
      yield nodes.length;
    }
}

type LinkColumns = Pick<
  Organisation,
  'from' | 'to' | 'losses' | 'documented' | 'linkImportance' | 'bearerSet' | 'bearerSets'
>;

function* measureLinks(
  links: readonly Link[],
  table: NodeTable,
  describedLinks: ReadonlySet<string>,
): Generator<number, LinkColumns, void> {
  const bearerSets: Uint32Array[] = [];
  const columns = {
    from: new Uint32Array(links.length),
    to: new Uint32Array(links.length),
    losses: new Float64Array(links.length),
    documented: new Float64Array(links.length),
    linkImportance: new Float64Array(links.length),
    bearerSet: new Uint32Array(links.length),
    bearerSets,
  };
  for (const [index, link] of links.entries()) {
    columns.from[index] = table.addNode(link.from);
    columns.to[index] = table.addNode(link.to);
    const { loss, documented, importance } = measureLink(link, describedLinks);
    columns.losses[index] = loss;
    columns.documented[index] = documented;
    columns.linkImportance[index] = importance;
    columns.bearerSet[index] = addBearerSet(link, table.nodeById, bearerSets);
    if (index % itemsPerYield === 0) yield index;
  }
  return columns;
}

/** Reads the organisation from fresh indexes; links are sorted by id. Yields to other work. */
export function* collectOrganisation({
  read,
  names,
  links: index,
  today,
}: {
  read: Connection;
  names: NameIndex;
  links: LinkIndex;
  /** Later contacts are planned ones. */
  today: string;
}): Generator<number, OrganisationState, void> {
  const describedLinks = describedIds(read);
  const table = new NodeTable(names);
  const { nodes, nodeById } = table;
  const { lifecycles, sizes, importance } = yield* readTeams(read, table);
  yield* readFaculty(read, table);
  const areas = new AreaIndex();
  const { students, memberOf, terms, memberWeights, holders, heldAreas } = yield* readStudents(
    read,
    table,
    areas,
  );
  const activeNodeCount = nodes.length;
  const needs = yield* readNeeds(read, table, areas);
  const emptyTeams = new Set(read.column<string>(formerTeamQuery));
  for (const team of memberOf) if (team !== noNode) emptyTeams.delete((nodes[team] as NamedNode).id);
  // Sorted by id, because the order of the index depends on earlier writes.
  const links = yield* sortInSlices([...index.all()], (a, b) => (a.id < b.id ? -1 : 1));
  yield nodes.length;
  const linkEnds = links.flatMap(({ from, to }) => [from, to]).filter((id) => !nodeById.has(id));
  // Sorted, so that the order of nodes does not depend on the order of links.
  for (const id of [...new Set(linkEnds)].sort()) table.addNode(id);
  yield* readOtherImportance(read, table, importance);
  const firstTeams = new Map(
    students.map((student, row) => [student, memberOf[row] as number] as const).toReversed(),
  );
  const partyOf = (node: number): number => {
    const team = firstTeams.get(node) ?? noNode;
    return team === noNode ? node : team;
  };
  const linkColumns = yield* measureLinks(links, table, describedLinks);
  const kindOfNode = ({ type, id }: NamedNode, node: number): number => {
    if (type === 'team') return emptyTeams.has(id) ? nodeKind.left : nodeKind.team;
    if (type === 'student') return node < activeNodeCount ? nodeKind.person : nodeKind.left;
    return type === 'faculty' ? nodeKind.person : nodeKind.other;
  };
  const organisation = {
    nodes,
    kinds: Uint8Array.from(nodes, kindOfNode),
    linkIds: links.map(({ id }) => id),
    bonds: links.map(({ bond }) => bond),
    areas: areas.names,
    needs:
      needs.areas.length === 0 ? undefined : { ...needs, teamProjects: yield* readTeamProjects(read, table) },
    ...linkColumns,
    students: Uint32Array.from(students),
    memberOf: Uint32Array.from(memberOf),
    terms: Float64Array.from(terms),
    memberWeights: Float64Array.from(memberWeights),
    holders: Uint32Array.from(holders),
    heldAreas: Uint32Array.from(heldAreas),
    contacts: yield* collectContacts(read, { nodeById, today, partyOf }),
    importance: Float64Array.from(nodes, (_, node) => importance[node] ?? 1),
    sizes: Float64Array.from(nodes, (_, node) => sizes[node] ?? Number.NaN),
    lifecycles: Uint8Array.from(nodes, (_, node) => lifecycles[node] ?? noLifecycle),
  };
  return { organisation, nodeById, describedLinks };
}

/** A merge sort in slices. Yields the number of merged items. */
function* sortInSlices<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<number, T[], void> {
  let parts: T[][] = [];
  for (let index = 0; index < items.length; index += itemsPerYield)
    parts.push(items.slice(index, index + itemsPerYield).sort(compare));
  while (parts.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < parts.length; index += 2) {
      merged.push(yield* mergeSorted(parts[index] as T[], parts[index + 1] ?? [], compare));
    }
    parts = merged;
  }
  return parts[0] ?? [];
}

function* mergeSorted<T>(
  left: T[],
  right: T[],
  compare: (a: T, b: T) => number,
): Generator<number, T[], void> {
  const merged: T[] = [];
  for (let [a, b] = [0, 0]; a < left.length || b < right.length;) {
    const isLeftNext = b === right.length || (a < left.length && compare(left[a] as T, right[b] as T) <= 0);
    merged.push((isLeftNext ? left[a++] : right[b++]) as T);
    if (merged.length % itemsPerYield === 0) yield merged.length;
  }
  return merged;
}
