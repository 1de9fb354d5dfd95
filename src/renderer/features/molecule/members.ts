import { compareNames } from '#shared/domain/sort-key.ts';
import { lossBand } from '#shared/domain/interfaces.ts';
import type { Model, NetEdge, NetNode } from '../network/model/model.ts';

/** The records around one project; around the university those of no project. */
export interface Nucleus {
  node: NetNode;
  teams: readonly NetNode[];
  faculty: readonly NetNode[];
}

export interface Molecule {
  nuclei: readonly Nucleus[];
  students: ReadonlyMap<string, readonly NetNode[]>;
  bonds: readonly NetEdge[];
  size: number;
  titles: Model['titles'];
}

/** The subject of the molecule by ids; '' for no restriction. */
export interface Subject {
  project: string;
  university: string;
}

/** More students are drawn as a number. */
export const mostDots = 8;

/** Ids of linked records, strongest interface first. */
function linkedWith(edges: Iterable<NetEdge>): (id: string) => readonly string[] {
  const found = new Map<string, { id: string; loss: number }[]>();
  const add = (id: string, other: string, loss: number | null): void => {
    const others = found.get(id) ?? [];
    others.push({ id: other, loss: loss ?? 100 });
    found.set(id, others);
  };
  for (const { from, to, loss } of edges) {
    add(from, to, loss);
    add(to, from, loss);
  }
  for (const others of found.values()) others.sort((a, b) => a.loss - b.loss || (a.id < b.id ? -1 : 1));
  return (id) => (found.get(id) ?? []).map((other) => other.id);
}

/** The most frequent id; the first of equal ones. */
function mostFrequent(ids: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

const byTitle = (a: NetNode, b: NetNode): number => compareNames(a.title, b.title) || (a.id < b.id ? -1 : 1);

/**
 * Assigns records to nuclei. A team belongs to its project, else to the one with the strongest link; faculty to their linked project, else
 * to that of most of their teams. In a university, others belong to the university itself.
 */
export function moleculeOf(model: Model, { project, university }: Subject): Molecule {
  const nodes = [...model.nodes.values()].sort(byTitle);
  const edges = [...model.edges.values()];
  const interfaces = edges.filter(({ kind }) => kind === 'interface');
  const linked = linkedWith(interfaces);
  const isOf = (node: NetNode): boolean => university === '' || node.university === university;
  const named = (id: string, field: string): string | undefined => model.edges.get(`${id}.${field}`)?.to;

  const teams = nodes.filter((node) => node.type === 'team' && isOf(node));
  const inTeams = new Set(teams.flatMap(({ id }) => named(id, 'project_id') ?? []));
  const isNucleus = (node: NetNode | undefined): boolean =>
    node?.type === 'project' &&
    (project === '' ? node.university === university || inTeams.has(node.id) : node.id === project);
  const centreOf = (ids: readonly string[]): string | undefined =>
    ids.find((id) => isNucleus(model.nodes.get(id)));
  const outside = project === '' ? university : undefined;

  const centres = new Map<string, string>();
  for (const { id } of teams) {
    const centre = centreOf([named(id, 'project_id') ?? '', ...linked(id)]) ?? outside;
    if (centre !== undefined) centres.set(id, centre);
  }
  for (const node of nodes) {
    if (node.type !== 'faculty' || !isOf(node)) continue;
    const others = linked(node.id);
    const near = mostFrequent(others.flatMap((id) => centres.get(id) ?? []));
    const centre = centreOf(others) ?? near ?? outside;
    if (centre !== undefined) centres.set(node.id, centre);
  }

  const around = (centre: string, type: NetNode['type']): NetNode[] =>
    nodes.filter((node) => node.type === type && centres.get(node.id) === centre);
  const nuclei = nodes
    .filter((node) => isNucleus(node) || node.id === outside)
    .map((node) => ({ node, teams: around(node.id, 'team'), faculty: around(node.id, 'faculty') }))
    .filter((one) => one.node.type === 'project' || one.teams.length + one.faculty.length > 0);
  const students = new Map<string, NetNode[]>();
  for (const node of nodes) {
    const team = node.type === 'student' ? named(node.id, 'team_id') : undefined;
    if (team !== undefined && centres.has(team)) students.set(team, [...(students.get(team) ?? []), node]);
  }
  const shown = new Set([...centres.keys(), ...nuclei.map(({ node }) => node.id)]);
  const dots = [...students.values()].reduce((sum, { length }) => sum + (length > mostDots ? 1 : length), 0);
  return {
    nuclei,
    students,
    bonds: interfaces.filter(({ from, to }) => shown.has(from) && shown.has(to)),
    size: shown.size + dots,
    titles: model.titles,
  };
}

/** The interfaces that lose most, worst first; without unknown losses. */
export function leaksOf(bonds: readonly NetEdge[]): readonly (NetEdge & { loss: number })[] {
  return bonds
    .filter(
      (bond): bond is NetEdge & { loss: number } => lossBand(bond.loss) !== 'unknown' && bond.loss !== 0,
    )
    .toSorted((a, b) => b.loss - a.loss);
}
