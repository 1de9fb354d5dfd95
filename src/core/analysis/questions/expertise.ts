import type { Bearing } from '../bearing.ts';
import { listAt } from '../bearing.ts';
import { kindOf, noNode } from '../organisation.ts';
import type { Damage } from './damage.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, Described, Finding, Subjects } from './finding.ts';
import { findInterventions } from './interventions.ts';
import { leaverOf } from './leavers.ts';

/** Areas of expertise of exactly one active student, by the loss if that student leaves. Interchangeable students are one subject. */
export function expertiseSubjects(bearing: Bearing, request: AnswerRequest): Subjects {
  const { kinds, expertise } = bearing.organisation;
  const holders = new Map<number, number[]>();
  for (const [node, area] of expertise.entries()) {
    if (area === noNode || kinds[node] !== kindOf.person) continue;
    const known = holders.get(area);
    if (known) known.push(node);
    else holders.set(area, [node]);
  }
  const sole = [...holders].flatMap(([area, nodes]) =>
    nodes.length === 1 && isIncluded(request, nodes[0] as number)
      ? [[area, nodes[0] as number] as const]
      : [],
  );
  return {
    subjects: [...Map.groupBy(sole, ([, node]) => JSON.stringify(bearing.without([node]))).values()].map(
      (group): Described => {
        const areas = group.map(([area]) => area);
        const nodes = [...new Set(group.map(([, node]) => node))];
        return {
          ...leaverOf(nodes),
          describe: (damage, value, isQuick) => describe(damage, { nodes, areas, value }, isQuick),
        };
      },
    ),
    judged: [...holders.values()].filter((nodes) => isIncluded(request, ...nodes)).length,
    unknown: 0,
  };
}

function describe(
  damage: Damage,
  { nodes, areas, value }: { nodes: readonly number[]; areas: readonly number[]; value: number },
  isQuick: boolean,
): Finding {
  const { bearing } = damage;
  const { terms, memberOf } = bearing.organisation;
  const rows = nodes.flatMap((node) => [...listAt(bearing.rowsOf, node)]);
  const left = Math.min(...rows.map((row) => terms[row] as number));
  const team = rows[0] === undefined ? noNode : (memberOf[rows[0]] as number);
  const one = leaverOf(nodes.slice(0, 1));
  const links = bearing.without(one.nodes).map(([link]) => link);
  return {
    ...emptyFinding(nodes, value),
    isGroup: nodes.length > 1,
    reason: {
      code: Number.isFinite(left) ? 'only_holder_terms' : 'only_holder',
      params: {
        links: links.length,
        ...(Number.isFinite(left) ? { terms: left } : {}),
        ...(team === noNode ? {} : { team_node: team }),
      },
    },
    areas,
    because: { nodes, links },
    interventions: isQuick ? [] : findInterventions(damage, one, value),
  };
}
