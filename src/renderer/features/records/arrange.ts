import { chosenWith, firstBrought } from './brought.ts';
import type { Column } from './columns.ts';
import type { ListLayout, SummaryKind } from '../../stores/list-layout.ts';
import { columnLimits, pinnedOf } from './place.ts';

/** The columns as they are shown now, which every change of order or choice begins from. */
type Shown = readonly Pick<Column, 'key' | 'naming'>[];

const keysOf = (shown: Shown): string[] => shown.map(({ key }) => key);

/** The columns that are shown and, each in its place, those that were chosen or brought and are no column of the list at the moment. */
function withUnseen(layout: ListLayout, shown: Shown, all: readonly Column[]): string[] {
  const named = layout.columns
    ? chosenWith(all, layout.columns, layout.brought)
    : firstBrought(all, layout.brought);
  const naming = keysOf(shown.filter((column) => column.naming && !named.includes(column.key)));
  const keys = keysOf(shown);
  let last = -1;
  for (const key of [...naming, ...named]) {
    const at = keys.indexOf(key);
    if (at >= 0) last = at;
    else if (!all.some((column) => column.key === key)) keys.splice((last += 1), 0, key);
  }
  return keys;
}

/** The layout with these columns chosen: what an import had brought is among them, or was taken out. */
function choosing(layout: ListLayout, columns: readonly string[]): ListLayout {
  const { brought: _, ...others } = layout;
  return { ...others, columns };
}

/** Shows a column, or hides it; the one that names the record stays. What is shown again comes behind those before it in `among`. */
export function toggled(
  layout: ListLayout,
  shown: Shown,
  all: readonly Column[],
  key: string,
  among: readonly string[] = [],
): ListLayout {
  if (shown.some((column) => column.key === key && column.naming)) return layout;
  const keys = withUnseen(layout, shown, all);
  if (keys.includes(key))
    return choosing(
      layout,
      keys.filter((one) => one !== key),
    );
  const after = among.slice(among.indexOf(key) + 1);
  const next = keys.findIndex((one) => after.includes(one));
  return choosing(layout, next < 0 ? [...keys, key] : keys.toSpliced(next, 0, key));
}

/** Puts a column in the place of another, which moves on. */
export function placedAt(
  layout: ListLayout,
  shown: Shown,
  all: readonly Column[],
  key: string,
  target: string,
): ListLayout {
  const [from, to] = [key, target].map((one) => keysOf(shown).indexOf(one)) as [number, number];
  if (from < 0 || to < 0 || from === to) return layout;
  const others = withUnseen(layout, shown, all).filter((one) => one !== key);
  return choosing(layout, others.toSpliced(others.indexOf(target) + (from < to ? 1 : 0), 0, key));
}

/** Moves a column by `step` places to the right (left below 0), among those that stay or among those that scroll. */
export function stepped(
  layout: ListLayout,
  shown: Shown,
  all: readonly Column[],
  key: string,
  step: number,
): ListLayout {
  const pinned = pinnedOf(all, layout);
  const group = keysOf(shown).filter((one) => pinned.includes(one) === pinned.includes(key));
  const target = group[group.indexOf(key) + step];
  return target === undefined ? layout : placedAt(layout, shown, all, key, target);
}

/** Lets a column stay in sight at the left, or scroll with the others. */
export function pinnedAs(
  layout: ListLayout,
  all: readonly Column[],
  key: string,
  pinned: boolean,
): ListLayout {
  const others = pinnedOf(all, layout).filter((one) => one !== key);
  return { ...layout, pinned: pinned ? [...others, key] : others };
}

/** Gives a column a width in px; null takes that back. */
export function resized(layout: ListLayout, key: string, width: number | null): ListLayout {
  const { [key]: _, ...others } = layout.widths ?? {};
  if (width === null) return { ...layout, widths: others };
  const kept = Math.round(Math.min(columnLimits.most, Math.max(columnLimits.least, width)));
  return { ...layout, widths: { ...others, [key]: kept } };
}

/** Says what is summed up of a column. */
export function summarized(layout: ListLayout, key: string, kind: SummaryKind): ListLayout {
  return { ...layout, summaries: { ...layout.summaries, [key]: kind } };
}
