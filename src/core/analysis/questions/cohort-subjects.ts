import { listAt } from '../bearing.ts';
import type { Bearing } from '../bearing.ts';
import { kindOf } from '../organisation.ts';
import { standsOut } from './cohorts.ts';
import type { Damage } from './damage.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, Described, Finding, Subjects } from './finding.ts';
import { completeCohort } from './interventions.ts';
import { leavesWithin, membersOf, stayIn } from './leavers.ts';
import type { Subject } from './subject.ts';

/** A team that more members leave than expected: what would be lost with them. */
const standoutSubject = (team: number): Subject => ({
  nodes: [team],
  link: null,
  changeIn: (bearing) => {
    const members = membersOf(bearing, team);
    const found = standsOut(
      members.map(({ terms }) => terms),
      stayIn(bearing),
    );
    if (!found) return { change: [] };
    const leaving = members.filter(({ terms }) => leavesWithin(terms, found.within));
    return { change: bearing.without(leaving.map(({ node }) => node)) };
  },
});

export function cohortSubjects(bearing: Bearing, request: AnswerRequest): Subjects {
  const { kinds } = bearing.organisation;
  const teams = [...kinds.keys()].filter((node) => kinds[node] === kindOf.team && isIncluded(request, node));
  const unknown = teams.filter((team) =>
    membersOf(bearing, team).every(({ terms }) => Number.isNaN(terms)),
  ).length;
  return {
    subjects: teams.map((team): Described => ({
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
  const found = standsOut(
    members.map(({ terms }) => terms),
    stayIn(bearing),
  );
  const within = found?.within ?? 1;
  const leaving = members.filter(({ terms }) => leavesWithin(terms, within));
  const params = {
    people: members.length,
    leaving: leaving.length,
    within,
    expected: Math.max(1, Math.round(found?.expected ?? 0)),
  };
  return {
    ...emptyFinding([team], value),
    reason: { code: 'leave_together', params },
    because: { nodes: leaving.map(({ node }) => node), links: [...listAt(bearing.links, team)] },
    interventions: isQuick
      ? []
      : completeCohort(
          damage,
          team,
          leaving.map(({ node }) => node),
          value,
        ),
  };
}
