import type { ExpertiseGap } from '#shared/contract/expertise.ts';
import { appendTo } from '#shared/domain/append-to.ts';
import { nodeKind, noNode } from '../organisation.ts';
import type { Needs, Organisation } from '../organisation.ts';
import { leavesWithin } from './leavers.ts';
import { leavingHorizon } from './leaving-groups.ts';

/** An area of expertise that projects or teams need. */
export interface NeededArea {
  readonly area: number;
  /** The projects and teams that need it. */
  readonly needers: readonly number[];
  /** The active students who have it. */
  readonly holders: readonly number[];
  /** The terms left of the holder who stays longest; NaN if nobody has it, or if an unknown one may stay longest. */
  readonly until: number;
  /** Null if a holder near each of the needers stays beyond the next term, as far as is known. */
  readonly gap: ExpertiseGap | null;
}

/** The areas of expertise that projects and teams need, in the order in which records state them. */
export function neededAreas(organisation: Organisation): NeededArea[] {
  const { needs, kinds, holders, heldAreas, students, memberOf, terms } = organisation;
  if (!needs) return [];
  const holdersByArea = new Map<number, number[]>();
  for (const [row, person] of holders.entries())
    if (kinds[person] === nodeKind.person) appendTo(holdersByArea, heldAreas[row] as number, person);
  const teamsByPerson = new Map<number, number[]>();
  const termsByPerson = new Map<number, number>();
  for (const [row, person] of students.entries()) {
    if (memberOf[row] !== noNode) appendTo(teamsByPerson, person, memberOf[row] as number);
    termsByPerson.set(person, terms[row] as number);
  }
  const nearNodes = nearNodesOf(organisation, needs);
  const needersByArea = new Map<number, number[]>();
  for (const [row, area] of needs.areas.entries())
    appendTo(needersByArea, area, needs.needers[row] as number);
  return [...needersByArea].map(([area, needers]) => {
    const people = holdersByArea.get(area) ?? [];
    const isNear = (needer: number): boolean =>
      people.some((person) =>
        [person, ...(teamsByPerson.get(person) ?? [])].some((node) => nearNodes.get(needer)?.has(node)),
      );
    const termsLeft = people.map((person) => termsByPerson.get(person) ?? Number.NaN);
    const until = longestStay(termsLeft);
    return { area, needers, holders: people, until, gap: gapOf(termsLeft, until, needers.every(isNear)) };
  });
}

/** The greatest number of known terms; NaN if it is within the horizon and others are unknown. */
function longestStay(termsLeft: readonly number[]): number {
  const known = termsLeft.filter((terms) => !Number.isNaN(terms));
  const longest = known.length === 0 ? Number.NaN : Math.max(...known);
  const isCertain = known.length === termsLeft.length || !leavesWithin(longest, leavingHorizon);
  return isCertain ? longest : Number.NaN;
}

function gapOf(termsLeft: readonly number[], until: number, isNear: boolean): ExpertiseGap | null {
  if (termsLeft.length === 0) return 'nobody';
  if (Number.isNaN(until)) return 'unknown';
  if (leavesWithin(until)) return 'leaving_now';
  if (leavesWithin(until, leavingHorizon)) return 'leaving_next';
  return isNear ? null : 'far';
}

/** The nodes near each project or team with a need: itself; for a project also its teams and linked records. */
function nearNodesOf(
  { kinds, from, to }: Organisation,
  { needers, teamProjects }: Needs,
): ReadonlyMap<number, ReadonlySet<number>> {
  const nearNodes = new Map(Array.from(needers, (needer) => [needer, new Set([needer])]));
  for (const [team, project] of teamProjects.entries()) nearNodes.get(project)?.add(team);
  const add = (needer: number, other: number): void => {
    if (kinds[needer] === nodeKind.other) nearNodes.get(needer)?.add(other);
  };
  for (const [link, start] of from.entries()) {
    add(start, to[link] as number);
    add(to[link] as number, start);
  }
  return nearNodes;
}
