import { defaultLoss } from '#shared/domain/interfaces.ts';
import { minDocumentedShare, itemsOfNode } from '../bearer-model.ts';
import type { Bearing, Change, Presence } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import { isLeavingTogether } from '../cohorts.ts';
import { leavesWithin, membersOf, estimateStayIn } from './leavers.ts';
import type { Subject } from './rank-subjects.ts';

/** In teams with fewer members one person is a large part, so a link weakens only if all of them leave. */
const smallTeam = 4;
/** The loss, in per cent, from which a link is weak: the legacy model's threshold of decomposition. */
export const weakLoss = 35;
export const strengthenedBond = 'codified-moderate';

/** The strength of a link with the usual loss of its bond, 0 to 1. */
export const usualStrength = (bond: string): number => 1 - defaultLoss(bond) / 100;

/** The undocumented links among parallel ones; without people they pass on only their documented share. */
export function changeWithoutPeople(bearing: Bearing, link: number): Change {
  const { documented } = bearing.organisation;
  return bearing
    .parallelLinks(link)
    .filter(
      (parallelLink) =>
        (documented[parallelLink] as number) < minDocumentedShare &&
        (bearing.passRates[parallelLink] as number) > 0,
    )
    .map(
      (parallelLink) =>
        [parallelLink, bearing.strength(parallelLink) * (documented[parallelLink] as number)] as const,
    );
}

/** A link with undocumented knowledge: the loss without its people. Each of parallel links has the value of all. */
export const undocumentedSubject = (link: number): Subject & { link: number } => ({
  nodes: [],
  link,
  changeIn: (bearing) => {
    const change = changeWithoutPeople(bearing, link);
    return { change: change.some(([changedLink]) => changedLink === link) ? change : [] };
  },
});

/** A weak link: the gain if it were strengthened. */
export const weakSubject = (link: number): Subject & { link: number } => ({
  nodes: [],
  link,
  changeIn: (bearing) => {
    const { from, to, losses } = bearing.organisation;
    const passShare = bearing.passShare(link);
    if (!((losses[link] as number) >= weakLoss) || passShare === 0) return { change: [] };
    const weightWith = (strength: number): number => bearing.weightOver(link, strength * passShare);
    return {
      change: [],
      gains: [
        {
          from: from[link] as number,
          to: to[link] as number,
          weight: weightWith(usualStrength(strengthenedBond)),
          replacedWeight: weightWith(bearing.strength(link)),
        },
      ],
    };
  },
});

/** The presence when the terms of some people are over: at the end of this term, or of the next one. */
const presenceCache = new WeakMap<Bearing, Map<number, Presence>>();
export function presenceAfterTerms(bearing: Bearing, maxTerms = 1): Presence {
  const presences = presenceCache.get(bearing) ?? new Map<number, Presence>();
  presenceCache.set(bearing, presences);
  const cachedPresence = presences.get(maxTerms);
  if (cachedPresence) return cachedPresence;
  const presence = bearing.fullPresence();
  const { students, terms } = bearing.organisation;
  for (const [row, node] of students.entries()) {
    if (!leavesWithin(terms[row] as number, maxTerms)) continue;
    presence.memberships[row] = 0;
    presence.people[node] = 0;
  }
  presences.set(maxTerms, presence);
  return presence;
}

/** The new pass rates of parallel links when the terms of some people are over. */
export const changeAfterTerms = (bearing: Bearing, link: number, maxTerms = 1): Change =>
  bearing.changeUnder(bearing.parallelLinks(link), presenceAfterTerms(bearing, maxTerms));

/** A link that weakens this term by more than usual turnover explains. */
export const degradingSubject = (link: number): Subject & { link: number } => ({
  nodes: [],
  link,
  changeIn: (bearing) => {
    if (!isAlarming(bearing, link)) return { change: [] };
    return { change: changeAfterTerms(bearing, link) };
  },
});

/** Whether a link loses more bearers this term than expected: half of the named ones, a person at an end, or a team that stands out. */
function isAlarming(bearing: Bearing, link: number): boolean {
  const { bearerSet, bearerSets, from, to, kinds } = bearing.organisation;
  const presence = presenceAfterTerms(bearing);
  const set = bearerSet[link] as number;
  if (set !== noNode) {
    const bearers = (bearerSets[set] as Uint32Array).filter(
      (person) => person !== noNode && kinds[person] !== nodeKind.left,
    );
    const leaving = bearers.filter((person) => presence.people[person] === 0).length;
    return leaving > 0 && 2 * leaving >= bearers.length;
  }
  return [from[link] as number, to[link] as number].some((node) => {
    if (kinds[node] === nodeKind.person) return presence.people[node] === 0;
    if (kinds[node] !== nodeKind.team) return false;
    const members = membersOf(bearing, node);
    const termsLeft = members.map(({ terms }) => terms);
    if (members.length < smallTeam)
      return termsLeft.length > 0 && termsLeft.every((terms) => leavesWithin(terms));
    return isLeavingTogether(termsLeft, estimateStayIn(bearing));
  });
}

/** The people who carry a link, as nodes; none for a team without listed members. */
export function bearersOf(bearing: Bearing, link: number): number[] {
  const { bearerSet, bearerSets, from, to, students, kinds } = bearing.organisation;
  const set = bearerSet[link] as number;
  if (set !== noNode) return [...(bearerSets[set] as Uint32Array)].filter((person) => person !== noNode);
  const people = [from[link] as number, to[link] as number].flatMap((node) => {
    if (kinds[node] === nodeKind.person) return [node];
    return Array.from(itemsOfNode(bearing.members, node), (row) => students[row] as number);
  });
  return [...new Set(people)];
}
