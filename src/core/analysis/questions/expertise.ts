import { appendTo } from '#shared/domain/append-to.ts';
import type { Bearing } from '../bearer-model.ts';
import { itemsOfNode } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, DescribableSubject, Subjects } from './finding.ts';
import { leaverInterventions } from './interventions.ts';
import { createLeaver } from './leavers.ts';

/** Areas of expertise of exactly one active student, by the loss if that student leaves. Areas of one student are one subject. */
export function expertiseSubjects(bearing: Bearing, request: AnswerRequest): Subjects {
  const { kinds, holders, heldAreas } = bearing.organisation;
  const peopleByArea = new Map<number, number[]>();
  for (const [row, node] of holders.entries())
    if (kinds[node] === nodeKind.person) appendTo(peopleByArea, heldAreas[row] as number, node);
  const onlyExperts = [...peopleByArea].flatMap(([area, nodes]) =>
    nodes.length === 1 && isIncluded(request, nodes[0] as number)
      ? [[area, nodes[0] as number] as const]
      : [],
  );
  return {
    subjects: [...Map.groupBy(onlyExperts, ([, node]) => node)].map(([node, held]): DescribableSubject => ({
      ...createLeaver([node]),
      describe: describeExpert(
        node,
        held.map(([area]) => area),
      ),
    })),
    judged: [...peopleByArea.values()].filter((nodes) => isIncluded(request, ...nodes)).length,
    unknown: 0,
  };
}

function describeExpert(node: number, areas: readonly number[]): DescribableSubject['describe'] {
  return (damage, value, isQuick) => {
    const { bearing } = damage;
    const { terms, memberOf } = bearing.organisation;
    const rows = itemsOfNode(bearing.rowsByPerson, node);
    const minTerms = Math.min(...Array.from(rows, (row) => terms[row] as number));
    const team = rows[0] === undefined ? noNode : (memberOf[rows[0]] as number);
    const leaver = createLeaver([node]);
    const links = bearing.changeWithout(leaver.nodes).map(([link]) => link);
    return {
      ...emptyFinding([node], value),
      reason: {
        code: Number.isFinite(minTerms) ? 'only_holder_terms' : 'only_holder',
        params: {
          links: links.length,
          ...(Number.isFinite(minTerms) ? { terms: minTerms } : {}),
          ...(team === noNode ? {} : { team_node: team }),
        },
      },
      areas,
      because: { nodes: [node], links },
      interventions: isQuick ? [] : leaverInterventions(damage, leaver, value),
    };
  };
}
