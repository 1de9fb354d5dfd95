import type { Decision, Difference } from '#shared/contract/compare.ts';
import { isMore, lossesIn } from '#shared/domain/losses.ts';
import { decisionOf, isLeft, keyOf } from './choices.ts';
import type { Choices, Left, Ref } from './choices.ts';
import { find, leaveOut, takeIn } from './needed.ts';

/** Whether Play deleted what live changed, so that somebody decides whether it goes. */
export const mayBeKept = ({ play, conflict }: Difference): boolean =>
  conflict === 'deleted' && play === 'deleted';

/**
 * Leaves out what would go, or lose a reference, with records that live keeps. What else was changed of one is carried over: core leaves
 * out the reference alone.
 */
function spareWith(choices: Choices, rows: readonly Difference[], kept: readonly Difference[]): Choices {
  const losses = lossesIn(rows);
  let now = choices;
  for (const row of kept) {
    const spared = ({ title, university }: Difference): Left['spared'] => {
      return { by: [keyOf(row)], title, university };
    };
    const some = losses(row).filter((one) => !isMore(one));
    if (some.length > 0) now = leaveOut(now, rows, new Map(some.map((one) => [one, spared(one)])));
  }
  return now;
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
  const again = [...choices.left.values()].filter(({ spared }) => spared?.by.includes(by));
  return again.reduce((now, each) => {
    const others = each.spared?.by.filter((other) => other !== by) ?? [];
    const back = find(rows, each);
    if (!each.spared || others.length === 0) return back ? takeIn(now, rows, back) : now;
    const spared = { ...each.spared, by: others };
    return { ...now, left: new Map(now.left).set(keyOf(each), { ...each, spared }) };
  }, choices);
}

/**
 * What went, or lost a reference, with what live keeps and is ticked all the same: somebody wants it so, and core is told. `rows` are all records
 * that can be carried over.
 */
export function tickedAnyway(choices: Choices, rows: readonly Difference[]): (Decision & Ref)[] {
  const losses = lossesIn(rows);
  const kept = rows.filter(
    (row) =>
      row.play === 'deleted' &&
      (isLeft(choices, row) || (mayBeKept(row) && decisionOf(choices, row, null) === 'live')),
  );
  const ticked = new Set(
    kept.flatMap(losses).filter((one) => one.class !== 'conflict' && !isMore(one) && !isLeft(choices, one)),
  );
  return [...ticked].map(({ type, id }) => ({ type, id, field: null, take: 'play' }));
}

/** As `spare` where live keeps every record about which nothing was decided. */
export function spareRest(choices: Choices, rows: readonly Difference[]): Choices {
  const open = (row: Difference): boolean =>
    mayBeKept(row) && !isLeft(choices, row) && decisionOf(choices, row, null) === null;
  return spareWith(choices, rows, rows.filter(open));
}
