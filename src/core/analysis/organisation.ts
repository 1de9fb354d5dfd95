import type { Answer } from '#shared/contract/analysis.ts';
import { importanceWeight } from '#shared/domain/importance.ts';
import { defaultEnergyLoss, describedShare, usualShares } from '#shared/domain/interfaces.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { describedIds } from '../documents/described-ids.ts';
import { readHead } from '../log/audit/head.ts';
import { areaKey } from '#shared/domain/fold.ts';
import { idsOf } from '../network/link-index.ts';
import type { Link, LinkIndex } from '../network/link-index.ts';
import { pagesOf } from '../network/pages.ts';
import type { NameIndex } from '../model/name-index.ts';

/** The measured columns of an organisation, as sent to a worker. Nodes and links are indexes. docs/science.md documents every value. */
export interface Organisation {
  /** `nodeKind` of each node. Teams and people hold knowledge and pass it on; other records only receive it. */
  readonly kinds: Uint8Array;
  readonly importance: Float64Array;
  /** The usual number of members of each team; NaN if unknown and for other nodes. */
  readonly sizes: Float64Array;
  /** The lifecycle of each team as an index of the vocabulary; `noLifecycle` for other nodes. */
  readonly lifecycles: Uint8Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** The loss of each link, per cent; for an unrated link the usual loss of its bond, NaN without one. */
  readonly losses: Float64Array;
  /** The documented share of each link, 0 to 1. */
  readonly documented: Float64Array;
  readonly linkImportance: Float64Array;
  /** The bearers of each link as an index of `bearerSets`; `noNode` if all members of its ends carry it. */
  readonly bearerSet: Uint32Array;
  /** The bearers as nodes; `noNode` for people who are not in the organisation. */
  readonly bearerSets: readonly Uint32Array[];
  /**
   * Memberships: the student, the team (`noNode` for none), and the terms left (NaN if unknown). A member of several teams has a row for
   * each; a student without a team has one row.
   */
  readonly students: Uint32Array;
  readonly memberOf: Uint32Array;
  readonly terms: Float64Array;
  readonly memberWeights: Float64Array;
  /** The area of expertise of each student as an index of `areas`; `noNode` for other nodes. */
  readonly expertise: Uint32Array;
}

/** A lead counts as two members. */
export const leadWeight = 2;

/** The version of the measures; increased when a value changes for the same records. */
export const measuresVersion = 3;

export const noLifecycle = 255;

/** In columns of nodes, sets of bearers or areas: none. */
export const noNode = 0xffff_ffff;
/** `left`: an inactive student, or a team whose listed members have all left. Only the documented share of their links passes. */
export const nodeKind = { other: 0, team: 1, person: 2, left: 3 } as const;

export interface NamedNode {
  id: string;
  type: EntityType;
  title: string;
  university: string | null;
}

export interface NamedOrganisation extends Organisation {
  readonly nodes: readonly NamedNode[];
  readonly linkIds: readonly string[];
  readonly bonds: readonly (string | null)[];
  readonly areas: readonly string[];
  readonly head: MeasuredHead;
}

export function readMeasuredHead(read: Connection): MeasuredHead {
  const { id, hash, created_at: at } = readHead(read);
  return { id, hash, at };
}

type MeasuredHead = Answer['head'];
export function withoutNames({
  nodes: _nodes,
  linkIds: _links,
  bonds: _bonds,
  areas: _areas,
  head: _head,
  ...organisation
}: NamedOrganisation): Organisation {
  return organisation;
}

const itemsPerYield = 2000;

export interface LinkMeasures {
  /** Per cent; NaN if loss and bond are unknown. */
  loss: number;
  /** 0 to 1. */
  documented: number;
  importance: number;
}

/** The measured values of a link; by default those of its bond. A link that a document describes has at least `describedShare`. */
export function measureLink(
  { id, bond, loss, documented, importance }: Link,
  describedLinks: ReadonlySet<string>,
): LinkMeasures {
  const bondDefault = (defaults: Readonly<Record<string, number>>): number | undefined =>
    bond === null ? undefined : defaults[bond];
  return {
    loss: loss ?? bondDefault(defaultEnergyLoss) ?? Number.NaN,
    documented:
      Math.min(
        100,
        Math.max(0, documented ?? bondDefault(usualShares) ?? 0, describedLinks.has(id) ? describedShare : 0),
      ) / 100,
    importance: importanceWeight(importance),
  };
}

export interface OrganisationState {
  organisation: Omit<NamedOrganisation, 'head'>;
  nodeById: ReadonlyMap<string, number>;
  describedLinks: ReadonlySet<string>;
}

export const importanceColumn = "r.payload->>'$.importance'";
/** SQL condition for active students. */
export const activeCondition = ' AND (r.active IS NULL OR r.active <> 0)';
export const teamColumns = `r.id, r.lifecycle, r.payload->>'$.size', ${importanceColumn}`;
export const studentColumns =
  "r.id, r.team_id, r.terms_remaining, r.payload->'$.other_team_ids', r.payload->>'$.is_lead', r.payload->>'$.expertise_area'";

export function readStudentRow(
  [, team, termsLeft, otherTeams, isLead, area]: readonly unknown[],
  nodeById: ReadonlyMap<string, number>,
): { teams: number[]; terms: number; weight: number; area: string | null } {
  const ids = [team, ...idsOf(typeof otherTeams === 'string' ? JSON.parse(otherTeams) : null)];
  const teams = [
    ...new Set(ids.flatMap((teamId) => (typeof teamId === 'string' ? (nodeById.get(teamId) ?? []) : []))),
  ];
  return {
    teams: teams.length > 0 ? teams : [noNode],
    terms: typeof termsLeft === 'number' ? termsLeft : Number.NaN,
    weight: isLead === 1 ? leadWeight : 1,
    area: typeof area === 'string' ? area : null,
  };
}

/** The index of a lifecycle in the vocabulary. */
export function lifecycleIndex(lifecycle: unknown): number {
  const index = (vocabulary.lifecycle as readonly unknown[]).indexOf(lifecycle);
  return index === -1 ? noLifecycle : index;
}

/** Areas of expertise by name, ignoring case and spaces. */
class AreaIndex {
  readonly names: string[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(name: string): number {
    const key = areaKey(name);
    if (key === '') return noNode;
    const index = this.#indexes.get(key);
    if (index !== undefined) return index;
    this.#indexes.set(key, this.names.length);
    return this.names.push(name.trim()) - 1;
  }
}

/** Adds a link's bearers to `sets` and returns their index; `noNode` without named bearers. */
export function addBearerSet(
  { bearers }: Link,
  nodeById: ReadonlyMap<string, number>,
  sets: Uint32Array[],
): number {
  if (bearers.length === 0) return noNode;
  return sets.push(Uint32Array.from(new Set(bearers), (id) => nodeById.get(id) ?? noNode)) - 1;
}

/** The organisation with more links, which come last and name no bearers. */
export function addLinks(
  organisation: Organisation,
  links: readonly { from: number; to: number; loss: number; documented: number }[],
): Organisation {
  if (links.length === 0) return organisation;
  const { from, to, losses, documented, linkImportance, bearerSet } = organisation;
  return {
    ...organisation,
    from: Uint32Array.from([...from, ...links.map((link) => link.from)]),
    to: Uint32Array.from([...to, ...links.map((link) => link.to)]),
    losses: Float64Array.from([...losses, ...links.map(({ loss }) => loss)]),
    documented: Float64Array.from([...documented, ...links.map((link) => link.documented)]),
    linkImportance: Float64Array.from([...linkImportance, ...links.map(() => 1)]),
    bearerSet: Uint32Array.from([...bearerSet, ...links.map(() => noNode)]),
  };
}

const formerTeamQuery = `SELECT DISTINCT team_id FROM students WHERE ${visibleCondition()} AND active = 0 AND team_id IS NOT NULL`;

/** Reads the organisation from fresh indexes; links are sorted by id. Yields to other work. */
export function* collectOrganisation({
  read,
  names,
  links: index,
}: {
  read: Connection;
  names: NameIndex;
  links: LinkIndex;
}): Generator<number, OrganisationState, void> {
  const nodes: NamedNode[] = [];
  const nodeById = new Map<string, number>();
  const describedLinks = describedIds(read);
  const nodeFor = (id: string): number => {
    const node = nodeById.get(id);
    if (node !== undefined) return node;
    const name = names.find(id);
    nodeById.set(id, nodes.length);
    nodes.push({
      id,
      type: name?.type ?? 'team',
      title: name?.title ?? id,
      university: name?.university_id ?? null,
    });
    return nodes.length - 1;
  };
  const lifecycles: number[] = [];
  const sizes: number[] = [];
  const importance: number[] = [];
  const selectPages = (columns: string, table: string, condition = '') =>
    pagesOf(read, { select: columns, table, condition: `${visibleCondition('r')}${condition}` });
  for (const rows of selectPages(teamColumns, 'teams')) {
    for (const [id, lifecycle, size, weight] of rows) {
      const node = nodeFor(id as string);
      lifecycles[node] = lifecycleIndex(lifecycle);
      if (typeof size === 'number') sizes[node] = size;
      importance[node] = importanceWeight(weight);
    }
    yield nodes.length;
  }
  for (const rows of selectPages('r.id', 'faculty')) {
    for (const [id] of rows) nodeFor(id as string);
    yield nodes.length;
  }
  const members = { students: [] as number[], memberOf: [] as number[], terms: [] as number[] };
  const memberWeights: number[] = [];
  const expertise: number[] = [];
  const areas = new AreaIndex();
  for (const rows of selectPages(studentColumns, 'students', activeCondition)) {
    for (const row of rows) {
      const node = nodeFor(row[0] as string);
      const { teams, terms, weight, area } = readStudentRow(row, nodeById);
      for (const team of teams) {
        members.students.push(node);
        members.memberOf.push(team);
        members.terms.push(terms);
        memberWeights.push(weight);
      }
      expertise[node] = area === null ? noNode : areas.indexOf(area);
    }
    yield nodes.length;
  }
  const emptyTeams = new Set(read.column<string>(formerTeamQuery));
  for (const team of members.memberOf) if (team !== noNode) emptyTeams.delete((nodes[team] as NamedNode).id);
  // Sorted by id, because the order of the index depends on earlier writes.
  const links = yield* sortInSlices([...index.all()], (a, b) => (a.id < b.id ? -1 : 1));
  yield nodes.length;
  const [from, to] = [new Uint32Array(links.length), new Uint32Array(links.length)];
  const columns = {
    losses: new Float64Array(links.length),
    documented: new Float64Array(links.length),
    linkImportance: new Float64Array(links.length),
    bearerSet: new Uint32Array(links.length),
  };
  const bearerSets: Uint32Array[] = [];
  // Sorted, so that the order does not depend on the order of links.
  const linkEnds = new Set(
    links.flatMap(({ from: start, to: end }) => [start, end]).filter((id) => !nodeById.has(id)),
  );
  const activeNodeCount = nodes.length;
  for (const id of [...linkEnds].sort()) nodeFor(id);
  for (const rows of selectPages(
    `r.id, ${importanceColumn}`,
    'projects',
    ` AND ${importanceColumn} IS NOT NULL`,
  )) {
    for (const [id, weight] of rows) {
      const node = nodeById.get(id as string);
      if (node !== undefined) importance[node] = importanceWeight(weight);
    }
    yield nodes.length;
  }
  for (const [index, link] of links.entries()) {
    from[index] = nodeFor(link.from);
    to[index] = nodeFor(link.to);
    const { loss, documented, importance: weight } = measureLink(link, describedLinks);
    columns.losses[index] = loss;
    columns.documented[index] = documented;
    columns.linkImportance[index] = weight;
    columns.bearerSet[index] = addBearerSet(link, nodeById, bearerSets);
    if (index % itemsPerYield === 0) yield index;
  }
  const kindOfNode = ({ type, id }: NamedNode, index: number): number => {
    if (type === 'team') return emptyTeams.has(id) ? nodeKind.left : nodeKind.team;
    if (type === 'student') return index < activeNodeCount ? nodeKind.person : nodeKind.left;
    return type === 'faculty' ? nodeKind.person : nodeKind.other;
  };
  const organisation = {
    nodes,
    kinds: Uint8Array.from(nodes, kindOfNode),
    linkIds: links.map(({ id }) => id),
    bonds: links.map(({ bond }) => bond),
    areas: areas.names,
    from,
    to,
    ...columns,
    bearerSets,
    students: Uint32Array.from(members.students),
    memberOf: Uint32Array.from(members.memberOf),
    terms: Float64Array.from(members.terms),
    memberWeights: Float64Array.from(memberWeights),
    expertise: Uint32Array.from(nodes, (_, index) => expertise[index] ?? noNode),
    importance: Float64Array.from(nodes, (_, index) => importance[index] ?? 1),
    sizes: Float64Array.from(nodes, (_, index) => sizes[index] ?? Number.NaN),
    lifecycles: Uint8Array.from(nodes, (_, index) => lifecycles[index] ?? noLifecycle),
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
    const isFirst = b === right.length || (a < left.length && compare(left[a] as T, right[b] as T) <= 0);
    merged.push((isFirst ? left[a++] : right[b++]) as T);
    if (merged.length % itemsPerYield === 0) yield merged.length;
  }
  return merged;
}
