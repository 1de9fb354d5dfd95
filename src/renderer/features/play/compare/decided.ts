import type { Difference } from '#shared/contract/compare.ts';
import type { Direction } from './carry.ts';
import { decisionOf, isLeft, questionsOf } from './choices.ts';
import type { Choices } from './choices.ts';

type Side = 'play' | 'live';

/** What becomes of a conflict when changes are carried over: what one side has counts, what the other has does not. */
export interface Settled {
  row: Difference;
  /** Null for the record as a whole. */
  field: string | null;
  counts: Side;
  not: Side;
}

interface Given {
  direction: Direction;
  choices: Choices;
  /** What counts where nothing was decided. */
  rest: 'ask' | Side;
}

/** What becomes of every conflict that is decided: of what changes are carried to, `overwritten`; of what they come from, `dropped`. */
export function settledConflicts(
  rows: readonly Difference[],
  { direction, choices, rest }: Given,
): { overwritten: Settled[]; dropped: Settled[] } {
  const from = direction === 'promote' ? 'play' : 'live';
  const all = rows
    .filter((row) => direction === 'refresh' || !isLeft(choices, row))
    .flatMap((row) => questionsOf(row).flatMap((field) => settledOf(row, field, choices, rest)));
  return {
    overwritten: all.filter(({ counts }) => counts === from),
    dropped: all.filter(({ counts }) => counts !== from),
  };
}

function settledOf(row: Difference, field: string | null, choices: Choices, rest: Given['rest']): Settled[] {
  const counts = decisionOf(choices, row, field) ?? rest;
  return counts === 'ask' ? [] : [{ row, field, counts, not: counts === 'play' ? 'live' : 'play' }];
}
