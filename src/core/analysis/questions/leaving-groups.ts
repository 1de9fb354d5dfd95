import type { Bearing } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import { leavesWithin, membersOf } from './leavers.ts';

/** Until the end of this term and the next one. */
export const leavingHorizon = 2;

/** Members of a team who leave together, or a student without a team. */
export interface LeavingGroup {
  /** `noNode` for a student without a team. */
  readonly team: number;
  readonly people: readonly number[];
  /** Whether their terms are unknown, so that they leave by chance. */
  readonly isUnknown: boolean;
}

/** The members of a team who leave by the end of the next term, or those who may leave because their terms are unknown. */
export const leaversOf = (bearing: Bearing, team: number, isUnknown: boolean): number[] =>
  membersOf(bearing, team)
    .filter(({ terms }) => (isUnknown ? Number.isNaN(terms) : leavesWithin(terms, leavingHorizon)))
    .map(({ node }) => node);

/** The groups of the included teams, then students without a team. Of groups of the same people only the first counts. */
export function leavingGroups(
  bearing: Bearing,
  isIncluded: (node: number) => boolean = () => true,
): LeavingGroup[] {
  const { kinds, students, memberOf, terms } = bearing.organisation;
  const ofTeams = [...kinds.keys()]
    .filter((node) => kinds[node] === nodeKind.team && isIncluded(node))
    .flatMap((team) =>
      [false, true].map((isUnknown) => ({ team, people: leaversOf(bearing, team, isUnknown), isUnknown })),
    );
  const withoutTeam = [...students].flatMap((node, row): LeavingGroup[] => {
    const termsLeft = terms[row] as number;
    const isUnknown = Number.isNaN(termsLeft);
    if (memberOf[row] !== noNode || kinds[node] !== nodeKind.person || !isIncluded(node)) return [];
    return isUnknown || leavesWithin(termsLeft, leavingHorizon)
      ? [{ team: noNode, people: [node], isUnknown }]
      : [];
  });
  return withoutRepeated([...ofTeams, ...withoutTeam]);
}

/** Each person of some groups as a group. */
export const splitByPerson = (groups: readonly LeavingGroup[]): LeavingGroup[] =>
  withoutRepeated(groups.flatMap((group) => group.people.map((person) => ({ ...group, people: [person] }))));

function withoutRepeated(groups: readonly LeavingGroup[]): LeavingGroup[] {
  const known = new Set<string>();
  return groups.filter(({ people }) => {
    const key = people.toSorted((a, b) => a - b).join();
    if (people.length === 0 || known.has(key)) return false;
    known.add(key);
    return true;
  });
}

const chanceCache = new WeakMap<Bearing, number>();
/** The chance that a student with unknown terms leaves by the end of the next term: the share of the known ones; of 1 to 8 if none are known. */
export function chanceOfLeaving(bearing: Bearing): number {
  const cachedChance = chanceCache.get(bearing);
  if (cachedChance !== undefined) return cachedChance;
  const known = bearing.organisation.terms.filter((terms) => !Number.isNaN(terms));
  const chance =
    known.length === 0
      ? leavingHorizon / 8
      : known.filter((terms) => leavesWithin(terms, leavingHorizon)).length / known.length;
  chanceCache.set(bearing, chance);
  return chance;
}
