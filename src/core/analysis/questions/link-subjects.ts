import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, DescribableSubject, Finding, Subjects } from './finding.ts';
import { leavingLinkInterventions, weakInterventions, undocumentedInterventions } from './interventions.ts';
import { leavesWithin } from './leavers.ts';
import { bearersOf, degradingSubject, undocumentedSubject, weakSubject } from './link-effects.ts';
import type { Subject } from './rank-subjects.ts';

export function includedLinks({ organisation: { from, to } }: Bearing, request: AnswerRequest): number[] {
  return [...from.keys()].filter((link) => isIncluded(request, from[link] as number, to[link] as number));
}

export const isUnrated = ({ organisation: { losses } }: Bearing, link: number): boolean =>
  Number.isNaN(losses[link]);

export type LinkQuestion = 'degrading' | 'weak' | 'undocumented';

export function linkSubjects(bearing: Bearing, question: LinkQuestion, input: AnswerRequest): Subjects {
  const links = includedLinks(bearing, input);
  const unknown = question === 'undocumented' ? 0 : links.filter((link) => isUnrated(bearing, link)).length;
  const subjectOf = {
    degrading: degradingSubject,
    weak: weakSubject,
    undocumented: undocumentedSubject,
  }[question];
  return {
    subjects: links.map((link): DescribableSubject => {
      const subject = subjectOf(link);
      return { ...subject, describe: describeLink(question, subject) };
    }),
    judged: links.length - unknown,
    unknown,
  };
}

function describeLink(
  question: LinkQuestion,
  subject: Subject & { link: number },
): DescribableSubject['describe'] {
  return (damage, value, isQuick) => {
    const { bearing } = damage;
    const { link } = subject;
    const { from, to, losses } = bearing.organisation;
    const bearers = bearersOf(bearing, link);
    const leaving = bearers.filter((node) =>
      itemsOfNode(bearing.rowsByPerson, node).some((row) =>
        leavesWithin(bearing.organisation.terms[row] as number),
      ),
    );
    const ends = [from[link] as number, to[link] as number];
    const loss = losses[link] as number;
    const { change } = subject.changeIn(bearing);
    const laterRate =
      change.find(([changedLink]) => changedLink === link)?.[1] ?? bearing.passRates[link] ?? 0;
    const reasons: Record<LinkQuestion, Finding['reason']> = {
      degrading: {
        code: 'bearers_leave',
        params: {
          now: Math.round(100 * (1 - (bearing.passRates[link] as number))),
          later: Math.round(100 * (1 - laterRate)),
          leaving: leaving.length,
          bearers: bearers.length,
        },
      },
      weak: { code: 'weak', params: { now: loss } },
      undocumented: Number.isNaN(loss)
        ? { code: 'unrated', params: { bearers: bearers.length } }
        : { code: 'in_heads', params: { bearers: bearers.length, loss } },
    };
    const interventionsOf = {
      degrading: leavingLinkInterventions,
      weak: weakInterventions,
      undocumented: undocumentedInterventions,
    }[question];
    return {
      ...emptyFinding(ends, value),
      link,
      reason: reasons[question],
      because: { nodes: question === 'degrading' ? leaving : ends, links: [link] },
      interventions: isQuick ? [] : interventionsOf(damage, link, value),
    };
  };
}
