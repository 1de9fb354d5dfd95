import { appendTo } from '#shared/domain/append-to.ts';
import type { Bearing } from '../bearer-model.ts';
import { itemsOfNode } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, DescribableSubject, Subjects } from './finding.ts';
import { leaverInterventions } from './interventions.ts';
import { createLeaver } from './leavers.ts';
import { neededAreas } from './needed-areas.ts';
import type { NeededArea } from './needed-areas.ts';

/**
 * Areas of expertise of exactly one active student, by the loss if that student leaves; areas of one student are one subject. Then needed
 * areas that nobody has, or that several students have who all leave.
 */
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
  const needed = neededAreas(bearing.organisation);
  const needersByArea = new Map(needed.map(({ area, needers }) => [area, needers]));
  const neededHere = needed.filter(({ needers }) => isIncluded(request, ...needers));
  const missing = neededHere.filter(({ gap }) => gap === 'nobody');
  const shared = neededHere.filter(({ holders: { length } }) => length > 1);
  return {
    subjects: [
      ...[...Map.groupBy(onlyExperts, ([, node]) => node)].map(([node, held]): DescribableSubject => {
        const areas = held.map(([area]) => area);
        const neededBy = new Set(areas.flatMap((area) => needersByArea.get(area) ?? []));
        return { ...createLeaver([node]), describe: describeExpert(node, areas, [...neededBy]) };
      }),
      ...[...Map.groupBy(missing, ({ needers }) => needers.join()).values()].map(missingSubject),
      ...shared.flatMap((area) => leavingSubject(bearing, area)),
    ],
    judged:
      [...peopleByArea.values()].filter((nodes) => isIncluded(request, ...nodes)).length + missing.length,
    unknown: shared.filter(({ gap }) => gap === 'unknown').length,
  };
}

/** Areas that the same projects and teams need and nobody has. */
function missingSubject(missing: readonly NeededArea[]): DescribableSubject {
  const needers = missing[0]?.needers ?? [];
  return {
    nodes: needers,
    link: null,
    isAlwaysListed: true,
    changeIn: () => ({ change: [], missingAreas: missing.length }),
    describe: (_damage, value) => ({
      ...emptyFinding(needers, value),
      reason: { code: 'needed_nobody', params: {} },
      areas: missing.map(({ area }) => area),
      neededBy: needers,
      because: { nodes: needers, links: [] },
    }),
  };
}

/** A needed area that several students have who all leave by the end of the next term; none otherwise. */
function leavingSubject(
  bearing: Bearing,
  { area, needers, holders, gap }: NeededArea,
): readonly DescribableSubject[] {
  if (gap !== 'leaving_now' && gap !== 'leaving_next') return [];
  const links = bearing.changeWithout(holders).map(([link]) => link);
  return [
    {
      nodes: needers,
      link: null,
      isAlwaysListed: true,
      changeIn: (changed) => changed.departureOf(holders),
      describe: (_damage, value) => ({
        ...emptyFinding(needers, value),
        reason: { code: `needed_${gap}`, params: { people: holders.length } },
        areas: [area],
        neededBy: needers,
        because: { nodes: [...needers, ...holders], links },
      }),
    },
  ];
}

function describeExpert(
  node: number,
  areas: readonly number[],
  neededBy: readonly number[],
): DescribableSubject['describe'] {
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
      neededBy,
      because: { nodes: [node], links },
      // A second holder answers this question, whatever else helps.
      interventions: isQuick
        ? []
        : leaverInterventions(damage, leaver, value).toSorted(
            (a, b) => Number(b.code === 'learn') - Number(a.code === 'learn'),
          ),
    };
  };
}
