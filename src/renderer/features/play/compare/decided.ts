import type { Difference } from '#shared/contract/compare.ts';
import type { Direction } from './merge.ts';
import { decisionOf, isLeft, questionsOf } from './choices.ts';
import type { Choices } from './choices.ts';

type Side = 'play' | 'live';

/** What becomes of a conflict: what one side has counts, what the other has does not. */
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

/** What becomes of every conflict that is decided: of what is merged into, `overwritten`; of what is merged, `dropped`. */
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

/** Whether nothing of a record that is ticked is promoted, since live is kept wherever it is in conflict and Play changed nothing else of it. */
export function keepsLive(choices: Choices, row: Difference): boolean {
  const questions = questionsOf(row);
  const more = row.conflict === 'field' && row.fields.some((one) => one.class === 'play');
  return (
    questions.length > 0 && !more && questions.every((field) => decisionOf(choices, row, field) === 'live')
  );
}
