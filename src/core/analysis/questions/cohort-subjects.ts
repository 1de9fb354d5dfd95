import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { nodeKind } from '../organisation.ts';
import { findStandout } from './cohorts.ts';
import type { Damage } from './damage.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, DescribableSubject, Finding, Subjects } from './finding.ts';
import { cohortInterventions } from './interventions.ts';
import { leavesWithin, membersOf, estimateStayIn } from './leavers.ts';
import type { Subject } from './rank-subjects.ts';

/** The subject of a team that more members leave than expected. Its change is the departure of these members. */
const standoutSubject = (team: number): Subject => ({
  nodes: [team],
  link: null,
  changeIn: (bearing) => {
    const members = membersOf(bearing, team);
    const standout = findStandout(
      members.map(({ terms }) => terms),
      estimateStayIn(bearing),
    );
    if (!standout) return { change: [] };
    const leaving = members.filter(({ terms }) => leavesWithin(terms, standout.within));
    return { change: bearing.changeWithout(leaving.map(({ node }) => node)) };
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
      describe: (damage, value, isQuick) => describe(damage, { team, value }, isQuick),
    })),
    judged: teams.length - unknown,
    unknown,
  };
}

function describe(
  damage: Damage,
  { team, value }: { team: number; value: number },
  isQuick: boolean,
): Finding {
  const { bearing } = damage;
  const members = membersOf(bearing, team);
  const standout = findStandout(
    members.map(({ terms }) => terms),
    estimateStayIn(bearing),
  );
  const horizon = standout?.within ?? 1;
  const leaving = members.filter(({ terms }) => leavesWithin(terms, horizon));
  const params = {
    people: members.length,
    leaving: leaving.length,
    within: horizon,
    expected: Math.max(1, Math.round(standout?.expected ?? 0)),
  };
  return {
    ...emptyFinding([team], value),
    reason: { code: 'leave_together', params },
    because: { nodes: leaving.map(({ node }) => node), links: [...itemsOfNode(bearing.linksByNode, team)] },
    interventions: isQuick
      ? []
      : cohortInterventions(
          damage,
          team,
          leaving.map(({ node }) => node),
          value,
        ),
  };
}
