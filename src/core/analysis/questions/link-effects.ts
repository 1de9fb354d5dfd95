import { usualLoss } from '#shared/domain/interfaces.ts';
import { documentedShare, listAt } from '../bearing.ts';
import type { Bearing, Change, Presence } from '../bearing.ts';
import { kindOf, noNode } from '../organisation.ts';
import { fewestMembers, leaveTogether } from './cohorts.ts';
import { leavesWithin, membersOf, stayIn } from './leavers.ts';
import type { Subject } from './subject.ts';

/** The loss, in per cent, from which a link is weak: the legacy model's threshold of decomposition. */
export const weakLoss = 35;
export const strengthenedBond = 'codified-moderate';

/** What passes over a link with the usual loss of its bond, 0 to 1. */
export const usualPasses = (bond: string): number => 1 - usualLoss(bond) / 100;

/** The undocumented ones of parallel links, with only their documented share passing. */
export function withoutPeople(bearing: Bearing, link: number): Change {
  const { documented } = bearing.organisation;
  return bearing
    .parallelTo(link)
    .filter((one) => (documented[one] as number) < documentedShare && (bearing.passes[one] as number) > 0)
    .map((one) => [one, bearing.strength(one) * (documented[one] as number)] as const);
}

/** A link with undocumented knowledge: the loss without its people. Each of parallel links has the value of all. */
export const undocumentedLink = (link: number): Subject & { link: number } => ({
  nodes: [],
  link,
  changeIn: (bearing) => {
    const change = withoutPeople(bearing, link);
    return { change: change.some(([one]) => one === link) ? change : [] };
  },
});

/** A weak link: the gain if it were strengthened. */
export const weakLink = (link: number): Subject & { link: number } => ({
  nodes: [],
  link,
  changeIn: (bearing) => {
    const { from, to, losses } = bearing.organisation;
    const passes = bearing.passes[link] as number;
    if (!((losses[link] as number) >= weakLoss) || passes === 0) return { gains: [] };
    const weight = (passes / bearing.strength(link)) * usualPasses(strengthenedBond);
    return {
      gains: [{ from: from[link] as number, to: to[link] as number, weight, instead: passes }],
    };
  },
});

/** Who is present at the end of this term. */
const termEnds = new WeakMap<Bearing, Presence>();
export function presenceAfterTerm(bearing: Bearing): Presence {
  const known = termEnds.get(bearing);
  if (known) return known;
  const presence = bearing.everybody();
  const { students, terms } = bearing.organisation;
  for (const [row, node] of students.entries()) {
    if (!leavesWithin(terms[row] as number)) continue;
    presence.memberships[row] = 0;
    presence.people[node] = 0;
  }
  termEnds.set(bearing, presence);
  return presence;
}

/** What passes over parallel links at the end of this term. */
export const afterTerm = (bearing: Bearing, link: number): Change =>
  bearing.changeOf(bearing.parallelTo(link), presenceAfterTerm(bearing));

/** A link that weakens this term by more than usual turnover explains. */
export const degradingLink = (link: number): Subject & { link: number } => ({
  nodes: [],
  link,
  changeIn: (bearing) => {
    if (!alarms(bearing, link)) return { change: [] };
    return { change: afterTerm(bearing, link) };
  },
});

/** Whether a link loses more bearers this term than expected: half of those named, a person at an end, or a team that stands out. */
function alarms(bearing: Bearing, link: number): boolean {
  const { bearerSet, bearerSets, from, to, kinds } = bearing.organisation;
  const presence = presenceAfterTerm(bearing);
  const set = bearerSet[link] as number;
  if (set !== noNode) {
    const named = (bearerSets[set] as Uint32Array).filter(
      (person) => person !== noNode && kinds[person] !== kindOf.left,
    );
    const leaving = named.filter((person) => presence.people[person] === 0).length;
    return leaving > 0 && 2 * leaving >= named.length;
  }
  return [from[link] as number, to[link] as number].some((node) => {
    if (kinds[node] === kindOf.person) return presence.people[node] === 0;
    if (kinds[node] !== kindOf.team) return false;
    const members = membersOf(bearing, node);
    const left = members.map(({ terms }) => terms);
    if (members.length < fewestMembers) return left.length > 0 && left.every((terms) => leavesWithin(terms));
    return leaveTogether(left, stayIn(bearing));
  });
}

/** The people who carry a link, as nodes; none for a team without listed members. */
export function bearersOf(bearing: Bearing, link: number): number[] {
  const { bearerSet, bearerSets, from, to, students, kinds } = bearing.organisation;
  const set = bearerSet[link] as number;
  if (set !== noNode) return [...(bearerSets[set] as Uint32Array)].filter((person) => person !== noNode);
  const found = [from[link] as number, to[link] as number].flatMap((node) => {
    if (kinds[node] === kindOf.person) return [node];
    return Array.from(listAt(bearing.members, node), (row) => students[row] as number);
  });
  return [...new Set(found)];
}
