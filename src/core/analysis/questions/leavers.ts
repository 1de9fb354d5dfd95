import type { Bearing } from '../bearer-model.ts';
import { itemsOfNode } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';
import { estimateStay } from '../cohorts.ts';
import type { Subject } from './rank-subjects.ts';

/** A possible leaver, with its team if the leaver is a member without own links. */
export interface Leaver extends Subject {
  readonly link: null;
  /** The only team of interchangeable members; `noNode` otherwise. */
  readonly team: number;
}

export const createLeaver = (nodes: readonly number[], team: number = noNode): Leaver => ({
  nodes,
  link: null,
  team,
  changeIn: (bearing) => bearing.departureOf(nodes.slice(0, 1)),
});

/** All possible leavers and teams, in node order. Members of one team with equal weight and no links of their own are one leaver. */
export function findLeavers(
  bearing: Bearing,
  who: 'all' | 'people' | 'teams',
  isIncluded: (node: number) => boolean = () => true,
): Leaver[] {
  const { kinds } = bearing.organisation;
  const groups = new Map<string, { nodes: number[]; team: number }>();
  for (const [node, kind] of kinds.entries()) {
    const isRanked = kind === nodeKind.team ? who !== 'people' : kind === nodeKind.person && who !== 'teams';
    if (!isRanked || !isIncluded(node)) continue;
    const membership = kind === nodeKind.person ? membershipOf(bearing, node) : null;
    const key = membership ? `${membership.team} ${membership.weight}` : `node ${node}`;
    const group = groups.get(key);
    if (group) group.nodes.push(node);
    else groups.set(key, { nodes: [node], team: membership?.team ?? noNode });
  }
  return [...groups.values()].map(({ nodes, team }) => createLeaver(nodes, team));
}

/** The team and the weight of a member of one team without links, contacts and areas of expertise of their own; null otherwise. */
function membershipOf(bearing: Bearing, node: number): { team: number; weight: number } | null {
  const rows = itemsOfNode(bearing.rowsByPerson, node);
  const { memberOf, contacts } = bearing.organisation;
  const row = rows[0];
  if (row === undefined || rows.length > 1 || memberOf[row] === noNode) return null;
  if (itemsOfNode(bearing.linksByNode, node).length > 0 || bearing.linksNaming(node).length > 0) return null;
  if (contacts.offsets[node] !== contacts.offsets[node + 1] || bearing.holdsAreas(node)) return null;
  return { team: memberOf[row] as number, weight: bearing.memberWeights[row] as number };
}

/** The members of a team with their remaining terms (NaN if unknown). */
export function membersOf(
  { members, organisation: { students, terms } }: Pick<Bearing, 'members'> & { organisation: Organisation },
  team: number,
): { node: number; terms: number }[] {
  return Array.from(itemsOfNode(members, team), (row) => ({
    node: students[row] as number,
    terms: terms[row] as number,
  }));
}

export const leavesWithin = (terms: number, maxTerms = 1): boolean => terms <= maxTerms;

const stayCache = new WeakMap<Bearing, number>();
export function estimateStayIn(bearing: Bearing): number {
  const stay = stayCache.get(bearing) ?? estimateStay(bearing.organisation.terms);
  stayCache.set(bearing, stay);
  return stay;
}
