import type { Difference } from '#shared/contract/compare.ts';
import { decisionOf, isLeft, keyOf } from './choices.ts';
import type { Choices, Left } from './choices.ts';

/** Whether it is a link that nobody left out by itself. */
const isOnlyAlong = ({ type, spared, followed }: Left): boolean =>
  type === 'interface' && (spared !== undefined || followed === true);

/** Whether there is anything that `withEnds` might take in. */
export const mayHaveEnds = ({ left }: Choices): boolean => [...left.values()].some(isOnlyAlong);

/**
 * Takes in again the links that only stay out with one end of theirs, where the other is deleted all the same: they go with that. `rows` are all
 * records that can be carried over, and `rest` what counts where nothing was decided.
 */
export function withEnds(
  choices: Choices,
  rows: readonly Difference[],
  rest: 'ask' | 'play' | 'live',
): Choices {
  const isGoing = (row: Difference): boolean =>
    row.play === 'deleted' &&
    !isLeft(choices, row) &&
    (row.class !== 'conflict' || (decisionOf(choices, row, null) ?? rest) === 'play');
  const going = new Set(rows.filter((row) => row.type !== 'interface' && isGoing(row)).map(({ id }) => id));
  const links = new Map(rows.filter(({ type }) => type === 'interface').map((row) => [keyOf(row), row]));
  const goes = ([key, one]: readonly [string, Left]): boolean =>
    isOnlyAlong(one) && endsOf(links.get(key)).some((end) => typeof end === 'string' && going.has(end));
  return { ...choices, left: new Map([...choices.left].filter((one) => !goes(one))) };
}

/** The ids of what a link has as its ends in live. */
const endsOf = (row: Difference | undefined): unknown[] =>
  (row?.fields ?? [])
    .filter(({ field }) => field === 'from' || field === 'to')
    .map(({ live, base }) => live ?? base);
