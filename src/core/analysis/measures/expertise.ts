import { expertiseGaps } from '#shared/contract/expertise.ts';
import type { ExpertiseTable } from '#shared/contract/expertise.ts';
import { appendTo } from '#shared/domain/append-to.ts';
import { sortKey } from '#shared/domain/sort-key.ts';
import { nodeKind, leadWeight, noNode } from '../organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';
import { neededAreas } from '../questions/needed-areas.ts';
import type { NeededArea } from '../questions/needed-areas.ts';

interface TableRequest {
  /** An id, or null for all. */
  university: string | null;
  limit: number;
}

function countLinksByBearer({ nodes, bearerSet, bearerSets }: NamedOrganisation): Uint32Array {
  const linkCounts = new Uint32Array(nodes.length);
  for (const set of bearerSet)
    if (set !== noNode)
      for (const node of bearerSets[set] as Uint32Array) if (node !== noNode) linkCounts[node]! += 1;
  return linkCounts;
}

function firstRowByPerson({ students }: NamedOrganisation): ReadonlyMap<number, number> {
  const rows = new Map<number, number>();
  for (const [row, node] of students.entries()) if (!rows.has(node)) rows.set(node, row);
  return rows;
}

/** Sort keys of people in the table: members by the team's university and name, then students without a team, then faculty. */
function sortKeysOf(
  { nodes }: NamedOrganisation,
  { node, team }: { node: number; team: number },
  titleOf: (id: string) => string | null,
): readonly string[] {
  const person = nodes[node] as NamedOrganisation['nodes'][number];
  const teamNode = team === noNode ? null : (nodes[team] ?? null);
  const { university } = teamNode ?? person;
  const personRank = person.type === 'student' ? '1' : '2';
  const rank = teamNode ? '0' : personRank;
  // Teams without a university come last.
  const universityKey = university === null ? '\uffff' : sortKey(titleOf(university) ?? university);
  const nameKeys = [teamNode?.title ?? '', person.title].map(sortKey) as [string, string];
  return [rank, universityKey, nameKeys[0], teamNode?.id ?? '', nameKeys[1], person.id];
}

function compareTexts(a: readonly string[], b: readonly string[]): number {
  const firstDifference = a.findIndex((text, index) => text !== b[index]);
  if (firstDifference === -1) return 0;
  return (a[firstDifference] as string) < (b[firstDifference] as string) ? -1 : 1;
}

function needOf(
  { nodes }: NamedOrganisation,
  need: NeededArea | undefined,
): Pick<ExpertiseTable['areas'][number], 'needed_by' | 'gap' | 'until'> {
  if (!need) return { needed_by: [], gap: null, until: null };
  const { needers, gap, until } = need;
  return {
    needed_by: needers.map((node) => {
      const { id, type, title } = nodes[node] as NamedOrganisation['nodes'][number];
      return { id, type: type === 'team' ? type : ('project' as const), title };
    }),
    gap,
    until: Number.isNaN(until) ? null : until,
  };
}

/** The table of expertise. If more people match than `limit`, people with the rarest areas are shown. Yields to other work. */
export function* tabulateExpertise(
  organisation: NamedOrganisation,
  { university, limit }: TableRequest,
  titleOf: (id: string) => string | null,
): Generator<number, ExpertiseTable, void> {
  const { nodes, kinds, holders, heldAreas, areas, memberOf, memberWeights, terms } = organisation;
  const areasByNode = new Map<number, number[]>();
  for (const [row, node] of holders.entries()) appendTo(areasByNode, node, heldAreas[row] as number);
  const areasOfNode = (node: number): readonly number[] => areasByNode.get(node) ?? [];
  const linkCounts = countLinksByBearer(organisation);
  const rows = firstRowByPerson(organisation);
  yield nodes.length;
  const peopleCounts = new Uint32Array(areas.length);
  const matches: number[] = [];
  for (const [node, kind] of kinds.entries()) {
    if (kind !== nodeKind.person) continue;
    for (const area of areasOfNode(node)) peopleCounts[area]! += 1;
    const isListed = rows.has(node) || areasOfNode(node).length > 0 || linkCounts[node] !== 0;
    if (isListed && (university === null || nodes[node]?.university === university)) matches.push(node);
  }
  yield nodes.length;
  const rarity = (node: number): number =>
    Math.min(nodes.length, ...areasOfNode(node).map((area) => peopleCounts[area] as number));
  const shownNodes =
    matches.length > limit ? matches.toSorted((a, b) => rarity(a) - rarity(b)).slice(0, limit) : matches;
  const needed = new Map(neededAreas(organisation).map((need) => [need.area, need]));
  const neededHere = [...needed.values()].filter(({ needers }) =>
    needers.some((node) => university === null || nodes[node]?.university === university),
  );
  const shownAreas = [...new Set([...shownNodes.flatMap(areasOfNode), ...neededHere.map(({ area }) => area)])]
    .map((area) => {
      const gap = needed.get(area)?.gap ?? null;
      const rank = gap === null ? expertiseGaps.length : expertiseGaps.indexOf(gap);
      const rarityKey = peopleCounts[area] === 1 ? '0' : '1';
      return { area, sortKeys: [String(rank), rarityKey, sortKey(areas[area] as string)] };
    })
    .sort((a, b) => compareTexts(a.sortKeys, b.sortKeys))
    .map(({ area }) => area);
  const areaIndexes = new Map(shownAreas.map((area, index) => [area, index]));
  yield nodes.length;
  const people = shownNodes
    .map((node) => {
      const row = rows.get(node);
      const team = row === undefined ? noNode : (memberOf[row] as number);
      return { node, row, team, sortKeys: sortKeysOf(organisation, { node, team }, titleOf) };
    })
    .sort((a, b) => compareTexts(a.sortKeys, b.sortKeys))
    .map(({ node, row, team }) => {
      const { id, type, title, university: home } = nodes[node] as NamedOrganisation['nodes'][number];
      const teamNode = team === noNode ? undefined : nodes[team];
      const termsLeft = row === undefined ? Number.NaN : (terms[row] as number);
      return {
        id,
        type: type === 'faculty' ? type : ('student' as const),
        title,
        university: home,
        team: teamNode ? { id: teamNode.id, title: teamNode.title } : null,
        areas: areasOfNode(node).flatMap((area) => areaIndexes.get(area) ?? []),
        lead: row !== undefined && memberWeights[row] === leadWeight,
        links: linkCounts[node] as number,
        terms: Number.isNaN(termsLeft) ? null : termsLeft,
      };
    });
  return {
    areas: shownAreas.map((area) => ({
      name: areas[area] as string,
      people: peopleCounts[area] as number,
      ...needOf(organisation, needed.get(area)),
    })),
    people,
    matched: matches.length,
  };
}
