import type { Question } from '#shared/contract/analysis.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { Damage } from '../questions/damage.ts';
import type { DescribableSubject } from '../questions/finding.ts';
import { nodeKind } from '../organisation.ts';
import { subjectsOf } from '../questions/find-answer.ts';
import { subjectValue } from '../questions/rank-subjects.ts';
import type { Organisation } from '../organisation.ts';

export interface Item {
  question: Exclude<Question, 'changes' | 'code'>;
  nodes: readonly number[];
  links: readonly number[];
  /** For `expertise`: the areas; if empty, any. */
  areas: readonly number[];
}

/** The value of an item in its question, 0 to 1; null if the question does not apply. Progress: the share done. */
export const itemValueTask = defineTask<{ organisation: Organisation; item: Item }, number | null, number>(
  'item-value',
  ({ organisation, item }, onProgress) => {
    const damage = new Damage(organisation);
    let done = 0;
    for (const _ of damage.measure()) if (++done % 500 === 0) onProgress(done / damage.graph.size);
    const { kinds } = organisation;
    // The item is a team although only one of its members leaves, or a person although others of the team leave too.
    const isOfTeam = item.nodes.some((node) => kinds[node] === nodeKind.team);
    const who = item.question !== 'leaving' ? 'all' : isOfTeam ? 'teams' : 'people';
    const request = { who, only: null, set: null, limit: 1, quick: true, seed: 1 } as const;
    const { subjects } = subjectsOf(damage, { question: item.question, ...request });
    const values = subjects
      .filter((subject) => isItemSubject(damage, subject, item))
      .map((subject) => subjectValue(damage, subject));
    // Records that were interchangeable can differ now: the greatest value counts.
    if (values.length > 0) return Math.max(...values);
    if (item.question === 'expertise') return departureOfHolders(damage, item);
    // A link that no longer loses most of its people is no item any more.
    return item.links.length > 0 ? 0 : null;
  },
);

/** The greatest loss with one of several people who now know an area, among the people and teams of the item; null if there are none. */
function departureOfHolders(damage: Damage, { nodes, areas }: Item): number | null {
  const { holders, heldAreas } = damage.bearing.organisation;
  const people = damage.peopleAmong(nodes);
  const values = [...holders].flatMap((person, row) =>
    people.has(person) && areas.includes(heldAreas[row] as number)
      ? [damage.lostShare(damage.bearing.departureOf([person]))]
      : [],
  );
  return values.length === 0 ? null : Math.max(...values);
}

function isItemSubject(
  damage: Damage,
  subject: DescribableSubject,
  { question, nodes, links, areas }: Item,
): boolean {
  if (subject.link !== null) return links.includes(subject.link);
  // Repairs are offered for departures that are sure.
  if (subject.isByChance === true) return false;
  if (question !== 'expertise') return subject.nodes.some((node) => nodes.includes(node));
  const finding = subject.describe(damage, 0, true);
  // Items about needed areas have no repairs.
  if (!finding.reason.code.startsWith('only_holder')) return false;
  // If rankings name no people, the item is about the person's team.
  const { team_node: team } = finding.reason.params;
  const hasNode = finding.nodes.some((node) => nodes.includes(node));
  if (!hasNode && !(typeof team === 'number' && nodes.includes(team))) return false;
  return areas.length === 0 || (finding.areas ?? []).some((area) => areas.includes(area));
}
