import type { Difference } from '#shared/contract/compare.ts';
import type { Direction } from './merge.ts';
import { decisionOf, isLeft, questionsOf } from './choices.ts';
import type { Choices } from './choices.ts';

type Side = 'play' | 'live';

/** A decided conflict: one side's value is kept, the other's is not. */
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
  /** The default for undecided conflicts. */
  rest: 'ask' | Side;
}

/** The decided conflicts: values `overwritten` in the target, and values of the source `dropped`. */
export function settledConflicts(
  rows: readonly Difference[],
  { direction, choices, rest }: Given,
): { overwritten: Settled[]; dropped: Settled[] } {
  const from = direction === 'promote' ? 'play' : 'live';
  const all = rows
    .filter((row) => direction === 'refresh' || !isLeft(choices, row))
    .flatMap((row) =>
      questionsOf(row).flatMap((field): Settled[] => {
        const counts = decisionOf(choices, row, field) ?? rest;
        return counts === 'ask' ? [] : [{ row, field, counts, not: counts === 'play' ? 'live' : 'play' }];
      }),
    );
  return {
    overwritten: all.filter(({ counts }) => counts === from),
    dropped: all.filter(({ counts }) => counts !== from),
  };
}

/** Whether nothing of a ticked record is promoted: all its conflicts keep live, and Play changed nothing else. */
export function keepsLive(choices: Choices, row: Difference): boolean {
  const questions = questionsOf(row);
  const more = row.conflict === 'field' && row.fields.some((one) => one.class === 'play');
  return (
    questions.length > 0 && !more && questions.every((field) => decisionOf(choices, row, field) === 'live')
  );
}
