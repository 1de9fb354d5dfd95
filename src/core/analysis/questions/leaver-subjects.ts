import type { Reason } from '#shared/contract/analysis.ts';
import { minDocumentedShare, itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
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
    const { kinds, documented } = bearing.organisation;
    const node = subject.nodes[0] as number;
    const { change } = subject.changeIn(bearing);
    const lostFlow = (link: number, passRate: number): number =>
      damage.flowShare(link) * (1 - passRate / Math.max(1e-12, bearing.passRates[link] as number));
    const links = [...change]
      .sort(([a, rateA], [b, rateB]) => lostFlow(b, rateB) - lostFlow(a, rateA) || a - b)
      .map(([link]) => link);
    const isTeam = kinds[node] === nodeKind.team;
    const people = isTeam ? membersOf(bearing, node) : [];
    const leaving = people.filter(({ terms }) => leavesWithin(terms));
    const params = {
      links: links.length,
      undocumented: links.filter((link) => (documented[link] as number) < minDocumentedShare).length,
      people: people.length,
      leaving: leaving.length,
      areas: damage.areasOnlyWith(subject.nodes.slice(0, 1)).length,
    };
    const teamCode = people.length > 0 ? 'team' : 'team_unlisted';
    return {
      ...emptyFinding(subject.nodes, value),
      isGroup: subject.nodes.length > 1,
      reason: isTeam ? { code: teamCode, params } : personReason(bearing, subject.team, params),
      because: { nodes: leaving.map((member) => member.node), links },
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
