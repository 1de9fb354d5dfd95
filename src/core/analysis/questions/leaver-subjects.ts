import type { Reason } from '#shared/contract/analysis.ts';
import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import { departureFacts } from './departure-facts.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, DescribableSubject, Subjects } from './finding.ts';
import { leaverInterventions } from './interventions.ts';
import { findLeavers, leavesWithin, membersOf } from './leavers.ts';
import type { Leaver } from './leavers.ts';
import { includedLinks, isUnrated } from './link-subjects.ts';

export function leaverSubjects(bearing: Bearing, request: AnswerRequest): Subjects {
  const links = includedLinks(bearing, request);
  const unknown = links.filter((link) => isUnrated(bearing, link)).length;
  return {
    subjects: findLeavers(bearing, request.who, (node) => isIncluded(request, node)).map((leaver) => ({
      ...leaver,
      describe: describeLeaver(leaver),
    })),
    judged: links.length - unknown,
    unknown,
  };
}

function describeLeaver(subject: Leaver): DescribableSubject['describe'] {
  return (damage, value, isQuick) => {
    const { bearing } = damage;
    const { kinds } = bearing.organisation;
    const node = subject.nodes[0] as number;
    const facts = departureFacts(damage, [node]);
    const isTeam = kinds[node] === nodeKind.team;
    const people = isTeam ? membersOf(bearing, node) : [];
    const leaving = people.filter(({ terms }) => leavesWithin(terms));
    const params = {
      ...facts.params,
      people: people.length,
      leaving: leaving.length,
    };
    const teamCode = people.length > 0 ? 'team' : 'team_unlisted';
    return {
      ...emptyFinding(subject.nodes, value),
      isGroup: subject.nodes.length > 1,
      reason: isTeam ? { code: teamCode, params } : personReason(bearing, subject.team, params),
      because: { nodes: leaving.map((member) => member.node), links: facts.links },
      interventions: isQuick ? [] : leaverInterventions(damage, subject, value),
    };
  };
}

/** The reason of a person; `team` is the only team of a member without links of its own, else `noNode`. */
function personReason(bearing: Bearing, team: number, params: Reason['params']): Reason {
  if (team === noNode) return { code: 'person', params };
  const colleagues = itemsOfNode(bearing.members, team).length - 1;
  return { code: 'member', params: { ...params, colleagues, team_node: team } };
}
