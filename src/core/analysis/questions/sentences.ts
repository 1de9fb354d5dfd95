import type { Reason } from '#shared/contract/analysis.ts';
import { bondLinks } from '#shared/texts/bond-links.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const number = (value: string | number | undefined): number => Number(value ?? 0);
const amount = (count: number, one: string, many = `${one}s`): string =>
  `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`;

const linkOf = (bond: string | number | undefined): string =>
  (bondLinks as Record<string, string>)[String(bond)] ??
  (bond === '' ? 'a link without a bond' : `a link (“${bond}”)`);

const keepMember = ({ from }: Reason['params']): string => `Assign “${from}” a member who stays on`;

/** The reason for an item's value as a sentence, by code. */
const sentences: Readonly<Record<string, (of: Record<string, string | number>) => string>> = {
  team: ({ links, undocumented, people, leaving }) =>
    `${amount(number(links), 'link')}, ${number(undocumented)} undocumented${number(leaving) === 0 ? '' : `; ${number(leaving)} of ${number(people)} members leave this term`}.`,
  team_unlisted: ({ links, undocumented }) =>
    `${amount(number(links), 'link')}, ${number(undocumented)} undocumented; no members listed.`,
  person: ({ links, undocumented }) =>
    `${amount(number(links), 'link')}, ${number(undocumented)} undocumented.`,
  member: ({ team, links, colleagues }) =>
    `One of ${number(colleagues) + 1} members behind the ${amount(number(links), 'link')} of “${team}”.`,
  set: () => 'No other set of this size does more damage.',
  set_greedy: ({ at_most: most }) =>
    `Found one by one; no set of this size exceeds ${percent(number(most))}.`,
  bearers_leave: ({ now, later, leaving, bearers }) =>
    `${number(leaving)} of ${amount(number(bearers), 'person behind it', 'people behind it')} leave this term: loss rises from ${number(now)} to ${number(later)} %.`,
  weak: ({ now, bond }) => `${number(now)} % lost today over ${linkOf(bond)}.`,
  in_heads: ({ bond, bearers }) =>
    `Undocumented: ${linkOf(bond)}; ${amount(number(bearers), 'person knows', 'people know')} it.`,
  unrated: () => 'Loss and bond are unknown.',
  leave_together: ({ leaving, people, within, expected }) =>
    `${number(leaving)} of ${number(people)} members leave within ${amount(number(within), 'term')}; about ${number(expected)} would be usual.`,
  only_holder: ({ area }) => `Only one person knows “${area}”.`,
  only_holder_terms: ({ area, terms }) =>
    `Only one person knows “${area}”; ${amount(number(terms), 'term')} left.`,
  left: () => 'Left.',
  joined: () => 'Joined.',
  link_new: ({ after }) => `New; loses ${number(after).toFixed(0)} %.`,
  link_gone: ({ before }) => `Deleted; it lost ${number(before).toFixed(0)} %.`,
  weaker: ({ before, after }) =>
    `Loss rose from ${number(before).toFixed(0)} % to ${number(after).toFixed(0)} %.`,
  stronger: ({ before, after }) =>
    `Loss fell from ${number(before).toFixed(0)} % to ${number(after).toFixed(0)} %.`,
  pair: ({ from, to }) => `Pair “${from}” with “${to}”`,
  take_over: ({ from, count }) => `Make “${from}” a stand-in with ${amount(number(count), 'new link')}`,
  write_down: ({ from, to }) => `Document the handover between “${from}” and “${to}”`,
  write_down_all: ({ count }) => `Document ${amount(number(count), 'link')}`,
  strengthen: ({ from, to }) => `Strengthen the link between “${from}” and “${to}”`,
  restore: ({ from }) => `Restore “${from}” to its former strength`,
  keep_member: keepMember,
  established: keepMember,
  incoming: ({ from }) => `Assign “${from}” a new student`,
  both: ({ from }) => `Assign “${from}” a member who stays on and a new student`,
};
export const sentenceOf = ({ code, params }: Reason): string => sentences[code]?.(params) ?? code;
