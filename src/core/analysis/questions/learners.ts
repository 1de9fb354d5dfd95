import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import type { Damage } from './damage.ts';
import { leavesWithin } from './leavers.ts';
import { leavingHorizon } from './leaving-groups.ts';

/** Terms from which on it makes no difference how long a learner stays; unknown terms count one less. */
const longStay = 4;
/** Contacts in the last year that count as much as being in the same team. */
const manyContacts = 12;
/** The factor for students who already know another area of the same person. */
const relatedArea = 1.25;

export interface HeldArea {
  area: number;
  holder: number;
}

/**
 * Who could learn areas from their holders: the nearest students who stay, by team, links between teams, contacts, areas both know, and terms
 * left. Recommending successors by nearness and by how long they stay follows Mirsaeedi and Rigby 2020. Several areas of one holder go to
 * several students where possible. Areas without a student near are left out.
 */
export function findLearners(
  damage: Damage,
  areas: readonly HeldArea[],
  leavers: ReadonlySet<number>,
): { area: number; person: number }[] {
  return [...Map.groupBy(areas, ({ holder }) => holder)].flatMap(([holder, held]) => {
    const learners = learnersNear(damage, holder, leavers);
    return learners.length === 0
      ? []
      : held.map(({ area }, index) => ({ area, person: learners[index % learners.length] as number }));
  });
}

/** The students who could learn from a person, best first. */
function learnersNear(damage: Damage, holder: number, leavers: ReadonlySet<number>): number[] {
  const { bearing } = damage;
  const { kinds } = bearing.organisation;
  const scores: { node: number; score: number }[] = [];
  for (const [node, nearness] of nearStudents(damage, holder)) {
    const terms = termsOf(bearing, node);
    const isCandidate = node !== holder && !leavers.has(node) && kinds[node] === nodeKind.person;
    if (!isCandidate || leavesWithin(terms, leavingHorizon)) continue;
    const stay = Math.min(longStay, Number.isNaN(terms) ? longStay - 1 : terms) / longStay;
    scores.push({ node, score: nearness * stay * (damage.shareAnArea(holder, node) ? relatedArea : 1) });
  }
  return scores.sort((a, b) => b.score - a.score || a.node - b.node).map(({ node }) => node);
}

const teamsOf = ({ rowsByPerson, organisation: { memberOf } }: Bearing, person: number): number[] =>
  Array.from(itemsOfNode(rowsByPerson, person), (row) => memberOf[row] as number).filter(
    (team) => team !== noNode,
  );

const termsOf = ({ rowsByPerson, organisation: { terms } }: Bearing, person: number): number =>
  terms[itemsOfNode(rowsByPerson, person)[0] as number] ?? Number.NaN;

/** How near students are to a person: 1 in the same team, less in a linked one, and 1 with contacts every month. */
function nearStudents({ bearing, graph }: Damage, person: number): Map<number, number> {
  const { students, contacts } = bearing.organisation;
  const nearness = new Map<number, number>();
  const raiseTeam = (team: number, by: number): void => {
    for (const row of itemsOfNode(bearing.members, team)) {
      const node = students[row] as number;
      nearness.set(node, Math.max(nearness.get(node) ?? 0, by));
    }
  };
  for (const home of [person, ...teamsOf(bearing, person)]) {
    for (let entry = graph.offsets[home] as number; entry < (graph.offsets[home + 1] as number); entry++)
      raiseTeam(graph.targets[entry] as number, (graph.weights[entry] as number) / 2);
    raiseTeam(home, 1);
  }
  for (let at = contacts.offsets[person] as number; at < (contacts.offsets[person + 1] as number); at++) {
    const met = contacts.others[at] as number;
    if (itemsOfNode(bearing.rowsByPerson, met).length === 0) continue;
    const byContacts = Math.min(1, (contacts.counts[at] as number) / manyContacts);
    nearness.set(met, (nearness.get(met) ?? 0) + byContacts);
  }
  return nearness;
}
