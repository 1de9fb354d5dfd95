import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { nodeKind } from '../organisation.ts';
import { findStandout } from '../cohorts.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, DescribableSubject, Subjects } from './finding.ts';
import { cohortInterventions } from './interventions.ts';
import { leavesWithin, membersOf, estimateStayIn } from './leavers.ts';
import type { Subject } from './rank-subjects.ts';

/** The members of a team, and those who leave within the terms in which more leave than expected; within one if none do. */
function standoutIn(bearing: Bearing, team: number) {
  const members = membersOf(bearing, team);
  const terms = members.map((member) => member.terms);
  const standout = findStandout(terms, estimateStayIn(bearing));
  const leaving = members.filter((member) => leavesWithin(member.terms, standout?.within));
  return { members, standout, leavers: leaving.map(({ node }) => node) };
}

/** The subject of a team that more members leave than expected. Its change is the departure of these members. */
const standoutSubject = (team: number): Subject => ({
  nodes: [team],
  link: null,
  changeIn: (bearing) => {
    const { standout, leavers } = standoutIn(bearing, team);
    return standout ? bearing.departureOf(leavers) : { change: [] };
  },
});

export function cohortSubjects(bearing: Bearing, request: AnswerRequest): Subjects {
  const { kinds } = bearing.organisation;
  const teams = [...kinds.keys()].filter(
    (node) => kinds[node] === nodeKind.team && isIncluded(request, node),
  );
  const unknown = teams.filter((team) =>
    membersOf(bearing, team).every(({ terms }) => Number.isNaN(terms)),
  ).length;
  return {
    subjects: teams.map((team): DescribableSubject => ({
      ...standoutSubject(team),
      describe: describeTeam(team),
    })),
    judged: teams.length - unknown,
    unknown,
  };
}

function describeTeam(team: number): DescribableSubject['describe'] {
  return (damage, value, isQuick) => {
    const { bearing } = damage;
    const { members, standout, leavers } = standoutIn(bearing, team);
    const params = {
      people: members.length,
      leaving: leavers.length,
      within: standout?.within ?? 1,
      expected: Math.max(1, Math.round(standout?.expected ?? 0)),
    };
    return {
      ...emptyFinding([team], value),
      reason: { code: 'leave_together', params },
      because: { nodes: leavers, links: [...itemsOfNode(bearing.linksByNode, team)] },
      interventions: isQuick ? [] : cohortInterventions(damage, team, leavers, value),
    };
  };
}
