import type { Reason } from '#shared/contract/analysis.ts';
import analysis from '#shared/texts/en/analysis.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const toNumber = (value: string | number | undefined): number => Number(value ?? 0);
const amount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count === 0 ? 'no' : count} ${count === 1 ? singular : plural}`;

const linkPhrase = (bond: string | number | undefined): string =>
  (analysis.bondLinks as Record<string, string>)[String(bond)] ??
  (bond === '' ? 'a link without a bond' : `a link (“${bond}”)`);

/** Adds the areas of expertise that nobody else has. */
const withAreas = (sentence: string, areas: string | number | undefined): string =>
  toNumber(areas) === 0
    ? sentence
    : `${sentence.slice(0, -1)}; ${amount(toNumber(areas), 'area')} of expertise that nobody else has.`;

const keepMember = ({ from }: Reason['params']): string => `Add a member to “${from}” who stays on`;

const linkCounts = ({ links, undocumented, unusual, areas }: Reason['params']): string =>
  withAreas(
    `${amount(toNumber(links), 'link')}, ${toNumber(undocumented)} undocumented${toNumber(unusual) === 1 ? '; more than usual' : ''}.`,
    areas,
  );

const leavingMembers =
  (term: string) =>
  (params: Reason['params']): string =>
    `${toNumber(params['leaving'])} of ${toNumber(params['people'])} members leave ${term}; ${linkCounts(params)}`;

const neededPhrase = (needed: string | number | undefined): string =>
  needed === undefined ? '' : `, needed by “${needed}”`;

const everyoneLeaves =
  (when: string) =>
  ({ people, area, needed_by: needed }: Reason['params']): string =>
    `All ${toNumber(people)} people who know “${area}” leave ${when}; needed by “${needed ?? ''}”.`;

/** The sentences of reasons and the titles of interventions, by code. */
const sentences: Readonly<Record<string, (params: Record<string, string | number>) => string>> = {
  team: ({ links, undocumented, people, leaving, areas }) =>
    withAreas(
      `${amount(toNumber(links), 'link')}, ${toNumber(undocumented)} undocumented${toNumber(leaving) === 0 ? '' : `; ${toNumber(leaving)} of ${toNumber(people)} members leave this term`}.`,
      areas,
    ),
  leaving_team: (params) =>
    `${toNumber(params['leaving'])} of ${toNumber(params['people'])} members leave by the end of next term, ${toNumber(params['soon'])} this term; ${linkCounts(params)}`,
  leaving_team_now: leavingMembers('this term'),
  leaving_team_next: leavingMembers('next term'),
  leaving_person: (params) => `Leaves next term; ${linkCounts(params)}`,
  leaving_person_now: (params) => `Leaves this term; ${linkCounts(params)}`,
  leaving_unknown: (params) =>
    `Unknown terms, ${toNumber(params['chance'])} % of members leave by the end of next term; ${linkCounts(params)}`,
  leaving_unknown_team: (params) =>
    `${toNumber(params['leaving'])} of ${toNumber(params['people'])} members have unknown terms, ${toNumber(params['chance'])} % of members leave by the end of next term; ${linkCounts(params)}`,
  leaving_link: ({ now, later, leaving, bearers }) =>
    `${toNumber(leaving)} of ${amount(toNumber(bearers), 'person behind it', 'people behind it')} leave by the end of next term: loss rises from ${toNumber(now)} to ${toNumber(later)} %.`,
  team_unlisted: ({ links, undocumented }) =>
    `${amount(toNumber(links), 'link')}, ${toNumber(undocumented)} undocumented; no members listed.`,
  person: ({ links, undocumented, areas }) =>
    withAreas(`${amount(toNumber(links), 'link')}, ${toNumber(undocumented)} undocumented.`, areas),
  member: ({ team, links, colleagues, areas }) =>
    withAreas(
      `One of ${toNumber(colleagues) + 1} members behind the ${amount(toNumber(links), 'link')} of “${team}”.`,
      areas,
    ),
  set: () => 'No other set of this size does more damage.',
  set_greedy: ({ at_most: maxShare }) =>
    `Found one by one; no set of this size exceeds ${percent(toNumber(maxShare))}.`,
  bearers_leave: ({ now, later, leaving, bearers }) =>
    `${toNumber(leaving)} of ${amount(toNumber(bearers), 'person behind it', 'people behind it')} leave this term: loss rises from ${toNumber(now)} to ${toNumber(later)} %.`,
  weak: ({ now, bond }) => `${toNumber(now)} % lost today over ${linkPhrase(bond)}.`,
  in_heads: ({ bond, bearers }) =>
    `Undocumented: ${linkPhrase(bond)}; ${amount(toNumber(bearers), 'person knows', 'people know')} it.`,
  unrated: () => 'Loss and bond are unknown.',
  leave_together: ({ leaving, people, within, expected }) =>
    `${toNumber(leaving)} of ${toNumber(people)} members leave within ${amount(toNumber(within), 'term')}; about ${toNumber(expected)} would be usual.`,
  only_holder: ({ area, needed_by: needed }) => `Only one person knows “${area}”${neededPhrase(needed)}.`,
  only_holder_terms: ({ area, terms, needed_by: needed }) =>
    `Only one person knows “${area}”${neededPhrase(needed)}; ${amount(toNumber(terms), 'term')} left.`,
  needed_nobody: ({ area, needed_by: needed }) =>
    `Nobody knows “${area}”${neededPhrase(needed)}; find or teach somebody.`,
  needed_leaving_now: everyoneLeaves('this term'),
  needed_leaving_next: everyoneLeaves('by the end of next term'),
  code_area: ({ files, orphans, today, leaving, leavers, successors, people, bus_factor: factor }) =>
    [
      `Nobody who stays knows ${toNumber(orphans)} of ${amount(toNumber(files), 'file')} (${toNumber(today)} today)`,
      ...(toNumber(leaving) === 0
        ? []
        : [
            leavers === undefined
              ? amount(toNumber(leaving), 'author leaves', 'authors leave')
              : `${leavers} ${toNumber(leaving) === 1 ? 'leaves' : 'leave'}`,
          ]),
      toNumber(successors) === 0
        ? 'nobody can take over'
        : `${people ?? amount(toNumber(successors), 'person', 'people')} can take over`,
      `bus factor ${toNumber(factor)}`,
    ].join('; ') + '.',
  second_author: ({ from, area, count }) =>
    `Let ${from ? `“${from}”` : 'a second author'} change ${amount(toNumber(count), 'file')} of “${area}”`,
  left: () => 'Left.',
  joined: () => 'Joined.',
  link_new: ({ after }) => `New; loses ${toNumber(after).toFixed(0)} %.`,
  link_gone: ({ before }) => `Deleted; it lost ${toNumber(before).toFixed(0)} %.`,
  weaker: ({ before, after }) =>
    `Loss rose from ${toNumber(before).toFixed(0)} % to ${toNumber(after).toFixed(0)} %.`,
  stronger: ({ before, after }) =>
    `Loss fell from ${toNumber(before).toFixed(0)} % to ${toNumber(after).toFixed(0)} %.`,
  pair: ({ from, to }) => `Pair “${from}” with “${to}”`,
  take_over: ({ from, count }) => `Make “${from}” a stand-in with ${amount(toNumber(count), 'new link')}`,
  write_down: ({ from, to }) => `Document the handover between “${from}” and “${to}”`,
  write_down_all: ({ count }) => `Document ${amount(toNumber(count), 'link')}`,
  learn: ({ from, area, count }) =>
    toNumber(count) === 1
      ? `Let “${from}” learn “${area}”`
      : `Find second holders of ${toNumber(count)} areas of expertise`,
  learn_member: ({ from, area, count }) =>
    toNumber(count) === 1
      ? `Let a member of “${from}” learn “${area}”`
      : `Find second holders of ${toNumber(count)} areas of expertise`,
  strengthen: ({ from, to }) => `Strengthen the link between “${from}” and “${to}”`,
  restore: ({ from }) => `Restore “${from}” to its former strength`,
  keep_member: keepMember,
  established: keepMember,
  incoming: ({ from }) => `Assign “${from}” a new student`,
  both: ({ from }) => `Assign “${from}” a member who stays on and a new student`,
};
export const sentenceOf = ({ code, params }: Reason): string => sentences[code]?.(params) ?? code;
