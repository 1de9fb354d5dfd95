import { compareNames } from '#shared/domain/sort-key.ts';
import { lossBand } from '#shared/domain/interfaces.ts';
import type { Model, NetEdge, NetNode } from '../network/model/model.ts';

/** The records around one project, or around the university, for records without a project. */
export interface Nucleus {
  node: NetNode;
  teams: readonly NetNode[];
  faculty: readonly NetNode[];
}

export interface Molecule {
  nuclei: readonly Nucleus[];
  studentsByTeam: ReadonlyMap<string, readonly NetNode[]>;
  bonds: readonly NetEdge[];
  drawnCount: number;
  titles: Model['titles'];
}

/** The subject of the molecule by ids; '' for no restriction. */
export interface Subject {
  project: string;
  university: string;
}

/** More students are drawn as a number. */
export const maxDots = 8;

/** Returns a function from an id to the ids of linked records, strongest interface first. */
function neighbourLookup(edges: Iterable<NetEdge>): (id: string) => readonly string[] {
  const neighbours = new Map<string, { id: string; loss: number }[]>();
  const addNeighbour = (id: string, other: string, loss: number | null): void => {
    const others = neighbours.get(id) ?? [];
    others.push({ id: other, loss: loss ?? 100 });
    neighbours.set(id, others);
  };
  for (const { from, to, loss } of edges) {
    addNeighbour(from, to, loss);
    addNeighbour(to, from, loss);
  }
  for (const others of neighbours.values()) others.sort((a, b) => a.loss - b.loss || (a.id < b.id ? -1 : 1));
  return (id) => (neighbours.get(id) ?? []).map((other) => other.id);
}

/** The most frequent id; the first of equal ones. */
function mostFrequent(ids: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

const compareByTitle = (a: NetNode, b: NetNode): number =>
  compareNames(a.title, b.title) || (a.id < b.id ? -1 : 1);

/**
 * Assigns records to nuclei. A team belongs to its project, else to the project with the strongest link. Faculty belong to their linked
 * project, else to that of most of their teams. The other records of a university belong to the university itself.
 */
export function buildMolecule(model: Model, { project, university }: Subject): Molecule {
  const nodes = [...model.nodes.values()].sort(compareByTitle);
  const edges = [...model.edges.values()];
  const interfaces = edges.filter(({ kind }) => kind === 'interface');
  const neighboursOf = neighbourLookup(interfaces);
  const isInScope = (node: NetNode): boolean => university === '' || node.university === university;
  const referenceOf = (id: string, field: string): string | undefined =>
    model.edges.get(`${id}.${field}`)?.to;

  const teams = nodes.filter((node) => node.type === 'team' && isInScope(node));
  const teamProjects = new Set(teams.flatMap(({ id }) => referenceOf(id, 'project_id') ?? []));
  const isNucleus = (node: NetNode | undefined): boolean =>
    node?.type === 'project' &&
    (project === '' ? node.university === university || teamProjects.has(node.id) : node.id === project);
  const firstNucleus = (ids: readonly string[]): string | undefined =>
    ids.find((id) => isNucleus(model.nodes.get(id)));
  const fallbackNucleusId = project === '' ? university : undefined;

  const nucleusIds = new Map<string, string>();
  for (const { id } of teams) {
    const nucleusId =
      firstNucleus([referenceOf(id, 'project_id') ?? '', ...neighboursOf(id)]) ?? fallbackNucleusId;
    if (nucleusId !== undefined) nucleusIds.set(id, nucleusId);
  }
  for (const node of nodes) {
    if (node.type !== 'faculty' || !isInScope(node)) continue;
    const linkedIds = neighboursOf(node.id);
    const teamNucleusId = mostFrequent(linkedIds.flatMap((id) => nucleusIds.get(id) ?? []));
    const nucleusId = firstNucleus(linkedIds) ?? teamNucleusId ?? fallbackNucleusId;
    if (nucleusId !== undefined) nucleusIds.set(node.id, nucleusId);
  }

  const membersOf = (nucleusId: string, type: NetNode['type']): NetNode[] =>
    nodes.filter((node) => node.type === type && nucleusIds.get(node.id) === nucleusId);
  const nuclei = nodes
    .filter((node) => isNucleus(node) || node.id === fallbackNucleusId)
    .map((node) => ({ node, teams: membersOf(node.id, 'team'), faculty: membersOf(node.id, 'faculty') }))
    .filter(
      (nucleus) => nucleus.node.type === 'project' || nucleus.teams.length + nucleus.faculty.length > 0,
    );
  const studentsByTeam = new Map<string, NetNode[]>();
  for (const node of nodes) {
    const team = node.type === 'student' ? referenceOf(node.id, 'team_id') : undefined;
    if (team !== undefined && nucleusIds.has(team))
      studentsByTeam.set(team, [...(studentsByTeam.get(team) ?? []), node]);
  }
  const drawnIds = new Set([...nucleusIds.keys(), ...nuclei.map(({ node }) => node.id)]);
  const dotCount = [...studentsByTeam.values()].reduce(
    (sum, { length }) => sum + (length > maxDots ? 1 : length),
    0,
  );
  return {
    nuclei,
    studentsByTeam,
    bonds: interfaces.filter(({ from, to }) => drawnIds.has(from) && drawnIds.has(to)),
    drawnCount: drawnIds.size + dotCount,
    titles: model.titles,
  };
}

/** The interfaces with a known loss above 0, largest loss first. */
export function leaksOf(bonds: readonly NetEdge[]): readonly (NetEdge & { loss: number })[] {
  return bonds
    .filter(
      (bond): bond is NetEdge & { loss: number } => lossBand(bond.loss) !== 'unknown' && bond.loss !== 0,
    )
    .toSorted((a, b) => b.loss - a.loss);
}
