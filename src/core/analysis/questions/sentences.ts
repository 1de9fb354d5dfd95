import type { Reason } from '#shared/contract/analysis.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const number = (value: string | number | undefined): number => Number(value ?? 0);
const amount = (count: number, one: string, many = `${one}s`): string =>
  `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`;

/** Why an item has its value, as a sentence, by the code of the reason. */
const sentences: Readonly<Record<string, (of: Record<string, string | number>) => string>> = {
  team: ({ links, undocumented, people, leaving }) =>
    `${amount(number(links), 'link ends', 'links end')} here, ${number(undocumented)} of them not written down; ${number(leaving)} of ${number(people)} members leave within a term.`,
  team_unlisted: ({ links, undocumented }) =>
    `${amount(number(links), 'link ends', 'links end')} here, ${number(undocumented)} of them not written down; no members are listed.`,
  person: ({ links, undocumented }) =>
    `${amount(number(links), 'link ends', 'links end')} here, ${number(undocumented)} of them not written down.`,
  member: ({ team, links, colleagues }) =>
    `One of ${number(colleagues) + 1} members who bear ${amount(number(links), 'link')} of ${team}.`,
  set: () => 'No other set of as many does more damage.',
  set_greedy: ({ at_most: most }) =>
    `Found one by one; no set of as many does more than ${percent(number(most))}.`,
  bearers_leave: ({ now, leaving }) =>
    `Loses ${number(now)} % now; ${amount(number(leaving), 'person who bears it leaves', 'people who bear it leave')} within a term.`,
  weak: ({ now, bond }) => `Loses ${number(now)} % (${bond === '' ? 'no bond' : bond}).`,
  in_heads: ({ bond, bearers }) =>
    `Not written down (${bond === '' ? 'no bond' : bond}); ${amount(number(bearers), 'person knows', 'people know')} it.`,
  unrated: () => 'Neither its loss nor its bond is known.',
  no_established: ({ incoming, outgoing }) =>
    `${number(outgoing)} outgoing and ${number(incoming)} incoming, nobody established between them.`,
  all_leave: ({ people }) => `All ${number(people)} members leave within a term.`,
  no_outgoing: ({ incoming, established }) =>
    `${number(incoming)} incoming and ${number(established)} established, nobody outgoing.`,
  no_incoming: ({ established, outgoing }) =>
    `${number(established)} established and ${number(outgoing)} outgoing, nobody incoming.`,
  left: () => 'Left.',
  joined: () => 'Joined.',
  link_new: ({ after }) => `New; loses ${number(after).toFixed(0)} %.`,
  link_gone: ({ before }) => `Gone; it lost ${number(before).toFixed(0)} %.`,
  weaker: ({ before, after }) => `Lost ${number(before).toFixed(0)} %, now ${number(after).toFixed(0)} %.`,
  stronger: ({ before, after }) => `Lost ${number(before).toFixed(0)} %, now ${number(after).toFixed(0)} %.`,
  pair: ({ from, to }) => `${from} and ${to} work together`,
  take_over: ({ from, count }) => `${from} takes over ${amount(number(count), 'link')}`,
  write_down: ({ from, to }) => `${from} and ${to} write down what they hand over`,
  restore: ({ from }) => `${from} becomes what it was`,
  keep_member: ({ from }) => `A member who stays joins ${from}`,
  established: ({ from }) => `An established member joins ${from}`,
  incoming: ({ from }) => `A new student joins ${from}`,
  both: ({ from }) => `An established member and a new student join ${from}`,
};
/** What a reason or an intervention says. */
export const sentenceOf = ({ code, params }: Reason): string => sentences[code]?.(params) ?? code;
