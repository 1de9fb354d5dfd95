import type { SheetChoices, SheetView } from '#shared/contract/sheets.ts';
import { firstChoices } from './choices.ts';
import type { Recalled } from './choices.ts';
import type { Moment, Table } from './state.ts';

/** What is decided about a table that was just read. */
export function firstMoment(view: SheetView, mapped: Recalled | null, university: string | null): Moment {
  const choices = firstChoices(view, mapped, university);
  return {
    layout: { sheet: view.sheet, header: view.header },
    view,
    choices,
    remembered: mapped !== null,
    recalled: choices.values,
    lastDates: mapped?.dates ?? {},
    returned: 0,
  };
}

/** What is decided about a table now. */
export function momentOf(table: Table): Moment {
  const { layout, view, choices, remembered, recalled, lastDates, returned } = table;
  return { layout, view, choices, remembered, recalled, lastDates, returned };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** How many of these are not among the others, or the other way round. */
function differing(these: readonly unknown[], others: readonly unknown[]): number {
  const beside = (some: readonly unknown[], all: readonly unknown[]): number => {
    const known = new Set(all.map((item) => JSON.stringify(item)));
    return some.filter((item) => !known.has(JSON.stringify(item))).length;
  };
  return Math.max(beside(these, others), beside(others, these));
}

/** How many choices somebody made by hand, beside what was proposed at first. */
export function madeByHand({ layout, choices: now }: Moment, first: Moment): number {
  const { choices: then } = first;
  const one = (differs: boolean): number => (differs ? 1 : 0);
  const places = now.columns.map((target, index) => [index, target]);
  const columns = differing(
    places,
    then.columns.map((target, index) => [index, target]),
  );
  return (
    one(!same(layout, first.layout)) +
    (now.type === then.type && same(layout, first.layout) ? columns : one(now.type !== then.type)) +
    differing(now.values, then.values) +
    differing(now.cells, then.cells) +
    one(!same(now.skip, then.skip)) +
    differing(Object.entries(now.dates), Object.entries(then.dates)) +
    differing(Object.entries(now.missing), Object.entries(then.missing)) +
    one(now.matching !== then.matching) +
    one(now.loss_unit !== then.loss_unit) +
    one(now.university !== then.university)
  );
}
