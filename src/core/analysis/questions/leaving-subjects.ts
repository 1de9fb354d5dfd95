import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import { findStandout } from '../cohorts.ts';
import type { Effect } from './damage.ts';
import { departureFacts, isUndocumented } from './departure-facts.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, DescribableSubject, Finding, Subjects } from './finding.ts';
import { cohortInterventions, leaverInterventions, leavingLinkInterventions } from './interventions.ts';
import { createLeaver, estimateStayIn, leavesWithin, membersOf } from './leavers.ts';
import {
  chanceOfLeaving,
  leaversOf,
  leavingGroups,
  leavingHorizon,
  splitByPerson,
} from './leaving-groups.ts';
import type { LeavingGroup } from './leaving-groups.ts';
import { bearersOf, changeAfterTerms, presenceAfterTerms } from './link-effects.ts';

/**
 * Departures by the end of the next term: of each team, the members who leave; those with unknown terms, times the chance; students without a
 * team; and links that lose half of their people only because people of several teams leave.
 */
export function leavingSubjects(bearing: Bearing, request: AnswerRequest): Subjects {
  const { kinds } = bearing.organisation;
  const { who } = request;
  const groups = leavingGroups(bearing, (node) => isIncluded(request, node));
  const teams = [...kinds.keys()].filter(
    (node) => kinds[node] === nodeKind.team && isIncluded(request, node),
  );
  const unknown = teams.filter((team) =>
    membersOf(bearing, team).every(({ terms }) => Number.isNaN(terms)),
  ).length;
  return {
    subjects: [
      ...(who === 'people' ? splitByPerson(groups) : groups).flatMap((group) =>
        groupSubject(bearing, group, who),
      ),
      ...(who === 'people' ? [] : linksLostTogether(bearing, leavingGroups(bearing)))
        .filter((link) => isIncluded(request, ...endsOf(bearing, link)))
        .map(linkSubject),
    ],
    judged: teams.length - unknown,
    unknown,
  };
}

const endsOf = ({ organisation: { from, to } }: Bearing, link: number): [number, number] => [
  from[link] as number,
  to[link] as number,
];

/** The subject of a group, by the person who leaves or the team; none for a student without a team if only teams are named. */
function groupSubject(
  bearing: Bearing,
  group: LeavingGroup,
  who: AnswerRequest['who'],
): DescribableSubject[] {
  const { team, people, isUnknown } = group;
  const isPerson = who !== 'teams' && people.length === 1;
  if (!isPerson && team === noNode) return [];
  // A stress test draws terms for those who have none, so these people stay the same in it.
  const isFixed = who === 'people' || team === noNode || isUnknown;
  return [
    {
      nodes: isPerson ? people : [team],
      link: null,
      isByChance: isUnknown,
      isAlwaysListed: !isPerson && losesHalf(bearing, group),
      changeIn: (other) =>
        departureByChance(other, isFixed ? people : leaversOf(other, team, false), isUnknown),
      describe: isPerson ? describePerson(group) : describeTeam(group),
    },
  ];
}

function departureByChance(bearing: Bearing, leavers: readonly number[], isUnknown: boolean): Effect {
  if (leavers.length === 0) return { change: [] };
  return { ...bearing.departureOf(leavers), ...(isUnknown && { chance: chanceOfLeaving(bearing) }) };
}

/** Whether a team loses half or more of its members, over links of which less than half is written. */
function losesHalf(bearing: Bearing, { team, people, isUnknown }: LeavingGroup): boolean {
  if (isUnknown || 2 * people.length < membersOf(bearing, team).length) return false;
  return bearing.changeWithout(people).some(([link]) => isUndocumented(bearing, link));
}

const describeTeam =
  ({ team, people, isUnknown }: LeavingGroup): DescribableSubject['describe'] =>
  (damage, value, isQuick) => {
    const { bearing } = damage;
    const members = membersOf(bearing, team);
    const { links, params } = departureFacts(damage, people);
    const soon = members.filter(({ terms }) => leavesWithin(terms)).length;
    const standout = findStandout(
      members.map(({ terms }) => terms),
      estimateStayIn(bearing),
    );
    const reason = isUnknown
      ? {
          code: 'leaving_unknown_team',
          params: {
            ...params,
            people: members.length,
            leaving: people.length,
            chance: percent(chanceOfLeaving(bearing)),
          },
        }
      : {
          code:
            soon === people.length ? 'leaving_team_now' : soon === 0 ? 'leaving_team_next' : 'leaving_team',
          params: {
            ...params,
            people: members.length,
            leaving: people.length,
            soon,
            unusual: Number(standout !== null),
          },
        };
    return {
      ...emptyFinding([team], value),
      reason,
      // One who leaves would be ranked by name.
      because: { nodes: people.length > 1 ? people : [], links },
      interventions: isQuick || isUnknown ? [] : cohortInterventions(damage, team, people, value),
    };
  };

const percent = (share: number): number => Math.round(100 * share);

const describePerson =
  ({ team, people, isUnknown }: LeavingGroup): DescribableSubject['describe'] =>
  (damage, value, isQuick) => {
    const { bearing } = damage;
    const { links, params } = departureFacts(damage, people);
    const { terms } = bearing.organisation;
    const minTerms = Math.min(
      ...itemsOfPerson(bearing, people[0] as number).map((row) => terms[row] as number),
    );
    return {
      ...emptyFinding(people, value),
      reason: {
        code: isUnknown
          ? 'leaving_unknown'
          : leavesWithin(minTerms)
            ? 'leaving_person_now'
            : 'leaving_person',
        params: {
          ...params,
          ...(isUnknown && { chance: percent(chanceOfLeaving(bearing)) }),
          ...(team !== noNode && { team_node: team }),
        },
      },
      because: { nodes: [...people], links },
      interventions: isQuick || isUnknown ? [] : leaverInterventions(damage, createLeaver(people), value),
    };
  };

const itemsOfPerson = ({ rowsByPerson }: Bearing, person: number): number[] => [
  ...itemsOfNode(rowsByPerson, person),
];

/** Links, less than half written, that lose half of what people carry when all leave, but not with any group alone. */
function linksLostTogether(bearing: Bearing, groups: readonly LeavingGroup[]): number[] {
  const lowestRates = new Map<number, number>();
  for (const { people, isUnknown } of groups) {
    if (isUnknown) continue;
    for (const [link, passRate] of bearing.changeWithout(people))
      lowestRates.set(link, Math.min(passRate, lowestRates.get(link) ?? Number.POSITIVE_INFINITY));
  }
  return [...lowestRates].flatMap(([link, passRate]) => {
    if (!isUndocumented(bearing, link) || isHalved(bearing, link, passRate)) return [];
    const together = bearing.changeUnder([link], presenceAfterTerms(bearing, leavingHorizon))[0];
    return together && isHalved(bearing, link, together[1]) ? [link] : [];
  });
}

/** Whether at most half remains of what people, and not documents, carry over a link. */
function isHalved(bearing: Bearing, link: number, passRate: number): boolean {
  const written = bearing.strength(link) * (bearing.organisation.documented[link] as number);
  return 2 * (passRate - written) <= (bearing.passRates[link] as number) - written;
}

const linkSubject = (link: number): DescribableSubject => ({
  nodes: [],
  link,
  changeIn: (bearing) => {
    const change = changeAfterTerms(bearing, link, leavingHorizon);
    return {
      change: change.some(([one, passRate]) => one === link && isHalved(bearing, link, passRate))
        ? change
        : [],
    };
  },
  describe: (damage, value, isQuick): Finding => {
    const { bearing } = damage;
    const { terms } = bearing.organisation;
    const bearers = bearersOf(bearing, link);
    const leaving = bearers.filter((node) =>
      itemsOfPerson(bearing, node).some((row) => leavesWithin(terms[row] as number, leavingHorizon)),
    );
    const later = changeAfterTerms(bearing, link, leavingHorizon).find(([one]) => one === link)?.[1] ?? 0;
    return {
      ...emptyFinding(endsOf(bearing, link), value),
      link,
      reason: {
        code: 'leaving_link',
        params: {
          now: percent(1 - (bearing.passRates[link] as number)),
          later: percent(1 - later),
          leaving: leaving.length,
          bearers: bearers.length,
        },
      },
      because: { nodes: leaving, links: [link] },
      interventions: isQuick ? [] : leavingLinkInterventions(damage, link, value, leavingHorizon),
    };
  },
});
