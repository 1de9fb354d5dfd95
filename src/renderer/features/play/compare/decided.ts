import type { Decision, Difference } from '#shared/contract/compare.ts';
import type { Direction } from './carry.ts';
import { decisionOf, isLeft, keyOf, questionsOf } from './choices.ts';
import type { Choices, Ref } from './choices.ts';

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
  /** What goes with what it had followed from, where nothing was decided of it. */
  followed: readonly (Decision & Ref)[];
}

/** What becomes of every conflict that is decided: of what changes are carried to, `overwritten`; of what they come from, `dropped`. */
export function settledConflicts(
  rows: readonly Difference[],
  { direction, choices, rest, followed }: Given,
): { overwritten: Settled[]; dropped: Settled[] } {
  const from = direction === 'promote' ? 'play' : 'live';
  const along = new Map(followed.map(({ type, id, field, take }) => [keyOf({ type, id }, field), take]));
  const countsOf = (row: Difference, field: string | null): Given['rest'] =>
    isTicked(row, direction)
      ? 'play'
      : (decisionOf(choices, row, field) ?? along.get(keyOf(row, field)) ?? rest);
  const all = rows
    .filter((row) => direction === 'refresh' || !isLeft(choices, row))
    .flatMap((row) => questionsOf(row).flatMap((field) => settledOf(row, field, countsOf(row, field))));
  return {
    overwritten: all.filter(({ counts }) => counts === from),
    dropped: all.filter(({ counts }) => counts !== from),
  };
}

/** Whether its tick alone says that Play's is promoted. */
const isTicked = ({ by_name }: Difference, direction: Direction): boolean =>
  direction === 'promote' && by_name === true;

function settledOf(row: Difference, field: string | null, counts: Given['rest']): Settled[] {
  return counts === 'ask' ? [] : [{ row, field, counts, not: counts === 'play' ? 'live' : 'play' }];
}

/** Whether nothing of a record that is ticked is carried over, since live is kept wherever it is in conflict and Play changed nothing else of it. */
export function keepsLive(choices: Choices, row: Difference): boolean {
  const questions = questionsOf(row);
  const more = row.conflict === 'field' && row.fields.some((one) => one.class === 'play');
  return (
    questions.length > 0 &&
    !more &&
    !row.by_name &&
    questions.every((field) => decisionOf(choices, row, field) === 'live')
  );
}
