import type { SheetLayout, SheetView } from '#shared/contract/sheets.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { keys, queries } from '../../../stores/queries.ts';
import { firstChoices } from './choices.ts';
import type { Recalled } from './choices.ts';
import { choicesOf, recall, recallUnfinished } from './remember.ts';
import { enter, useSheet } from './state.ts';
import type { Moment, SheetFile, Table } from './state.ts';

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

function viewOf(file: SheetFile, layout: SheetLayout, signal: AbortSignal): Promise<SheetView> {
  return follow(
    api.transfer.readSheet({ source: file.source, layout }, { signal }),
    (progress) => {
      if (useSheet.getState().stage === 'reading') enter({ stage: 'reading', file, progress });
    },
    signal,
  );
}

/** Reads a table, and proposes what it means. `resume`: what was chosen for this very file before, and not imported, comes back. */
export async function tableOf(
  file: SheetFile,
  layout: SheetLayout,
  resume: boolean,
  signal: AbortSignal,
): Promise<Table> {
  const view = await viewOf(file, layout, signal);
  const { id: workspace, actor } = await queries.ensureQueryData({
    queryKey: keys.info,
    queryFn: () => api.workspace.info({}),
  });
  const firstOf = (one: SheetView): Moment =>
    firstMoment(one, recall(one, { ...one, workspace }), actor.university_id);
  const first = firstOf(view);
  const kept = resume ? recallUnfinished(workspace, view) : undefined;
  const elsewhere = kept && (kept.layout.sheet !== view.sheet || kept.layout.header !== view.header);
  const under = elsewhere ? firstOf(await viewOf(file, kept.layout, signal)) : first;
  const choices = kept && choicesOf(kept, under);
  const now = choices ? { ...under, choices } : first;
  return {
    ...now,
    returned: madeByHand(now, first),
    file,
    workspace,
    first,
    others: [],
    backup: true,
    preview: null,
    checking: true,
  };
}
