import type { Difference } from '#shared/contract/compare.ts';
import { lossesIn } from '#shared/domain/losses.ts';
import { decisionOf, isLeft, keyOf } from './choices.ts';
import type { Choices, Left, Ref } from './choices.ts';
import { find, leaveOut, takeIn } from './needed.ts';

/** Whether Play deleted what live changed, so that somebody decides whether it goes. */
export const mayBeKept = ({ play, conflict }: Difference): boolean =>
  conflict === 'deleted' && play === 'deleted';

/** Leaves out what would go, or lose a reference, with records that live keeps. */
function spareWith(choices: Choices, rows: readonly Difference[], kept: readonly Difference[]): Choices {
  const losses = lossesIn(rows);
  const some = new Map<Difference, Left['spared']>();
  for (const row of kept)
    for (const one of losses(row))
      if (!isLeft(choices, one)) some.set(one, { by: keyOf(row), title: one.title });
  return some.size === 0 ? choices : leaveOut(choices, rows, some);
}

/**
 * Follows what was decided about a record that Play deleted and live changed. Where live keeps it, what would go, or lose a reference, with it
 * stays out; else that is taken in again. `rows` are all records that can be carried over.
 */
export function spare(choices: Choices, rows: readonly Difference[], one: Ref): Choices {
  const row = find(rows, one);
  if (!row || !mayBeKept(row) || isLeft(choices, row)) return choices;
  if (decisionOf(choices, row, null) === 'live') return spareWith(choices, rows, [row]);
  const by = keyOf(row);
  const again = [...choices.left.values()].filter(({ spared }) => spared?.by === by);
  return again.reduce((now, each) => {
    const back = find(rows, each);
    return back ? takeIn(now, rows, back) : now;
  }, choices);
}

/** As `spare` where live keeps every record about which nothing was decided. */
export function spareRest(choices: Choices, rows: readonly Difference[]): Choices {
  const open = (row: Difference): boolean =>
    mayBeKept(row) && !isLeft(choices, row) && decisionOf(choices, row, null) === null;
  return spareWith(choices, rows, rows.filter(open));
}
