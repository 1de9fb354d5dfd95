import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import type { Damage } from './damage.ts';
import { leavesWithin } from './leavers.ts';
import { leavingHorizon } from './leaving-groups.ts';

/** Terms from which on it makes no difference how long a learner stays; also assumed for unknown terms, less one. */
const longStay = 4;
/** Contacts in the last year that count as much as being in the same team. */
const manyContacts = 12;
/** The factor for students who already know another area of the same person. */
const relatedArea = 1.25;

/**
 * Who could learn an area from a person: the student nearest to them who stays, by team, links between teams, contacts, areas both know, and
 * terms left. Recommending successors by nearness and by how long they stay follows Mirsaeedi and Rigby 2020. Null if nobody is near.
 */
export function findLearner(damage: Damage, holder: number, leavers: ReadonlySet<number>): number | null {
  const { bearing } = damage;
  const { kinds } = bearing.organisation;
  let best: { node: number; score: number } | null = null;
  for (const [node, nearness] of nearStudents(damage, holder)) {
    if (node === holder || leavers.has(node) || kinds[node] !== nodeKind.person) continue;
    const terms = termsOf(bearing, node);
    if (leavesWithin(terms, leavingHorizon)) continue;
    const stay = Math.min(longStay, Number.isNaN(terms) ? longStay - 1 : terms) / longStay;
    const score = nearness * stay * (sharesArea(bearing, holder, node) ? relatedArea : 1);
    if (!best || score > best.score || (score === best.score && node < best.node)) best = { node, score };
  }
  return best?.node ?? null;
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
  const raise = (node: number, by: number): void => {
    nearness.set(node, Math.max(nearness.get(node) ?? 0, by));
  };
  const raiseTeam = (team: number, by: number): void => {
    for (const row of itemsOfNode(bearing.members, team)) raise(students[row] as number, by);
  };
  for (const home of [person, ...teamsOf(bearing, person)]) {
    for (let entry = graph.offsets[home] as number; entry < (graph.offsets[home + 1] as number); entry++) {
      const linked = graph.targets[entry] as number;
      raiseTeam(linked, (graph.weights[entry] as number) / 2);
    }
    raiseTeam(home, 1);
  }
  for (let at = contacts.offsets[person] as number; at < (contacts.offsets[person + 1] as number); at++) {
    const met = contacts.others[at] as number;
    if (itemsOfNode(bearing.rowsByPerson, met).length === 0) continue;
    nearness.set(met, (nearness.get(met) ?? 0) + Math.min(1, (contacts.counts[at] as number) / manyContacts));
  }
  return nearness;
}

function sharesArea({ organisation: { holders, heldAreas } }: Bearing, one: number, other: number): boolean {
  const areasOf = (person: number): number[] => [...heldAreas].filter((_, row) => holders[row] === person);
  const known = new Set(areasOf(one));
  return areasOf(other).some((area) => known.has(area));
}
