import { useMemo } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import {
  pinnedAs,
  placedAt,
  resizeColumn,
  moveColumn,
  summarizeColumn,
  toggleColumn,
  placeColumns,
} from '../column-layout.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import { columnsOf } from '../columns.ts';
import type { Column } from '../columns.ts';
import { layOut, layoutNow, useLayout } from '../../views/layout.ts';
import { sameLayout } from '../../../stores/list-layout.ts';
import type { ListLayout, SummaryKind } from '../../../stores/list-layout.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { useOwnFields, useOwnFieldsRead } from '../custom-fields.ts';

export interface Columns {
  all: readonly Column[];
  placed: readonly PlacedColumn[];
  layout: ListLayout;
  /** Whether the seat's layout differs from the default. */
  chosen: boolean;
  resize: (key: string, width: number | null) => void;
  toggle: (key: string, among?: readonly string[]) => void;
  move: (key: string, step: number) => void;
  place: (key: string, target: string) => void;
  pin: (key: string, pinned: boolean) => void;
  summarize: (key: string, kind: SummaryKind) => void;
  reset: () => void;
}

/**
 * The custom fields of a type, and those in the layout that no record has (any more, or as far as is known). A saved view shows its saved
 * columns. Imported and chosen columns are shown until it is known that no record has them.
 */
function useOwnColumns(type: EntityType, layout: ListLayout, saved: string): readonly OwnField[] {
  const own = useOwnFields(type);
  const read = useOwnFieldsRead(type);
  const imported = read ? [] : (layout.brought ?? []);
  const chosen = saved === '' && read ? [] : (layout.columns ?? []);
  const missing = [...new Set([...chosen, ...imported])].filter((key) => {
    const name = ownNameOf(key);
    return name !== null && !own.some((one) => one.name === name);
  });
  const text = JSON.stringify(missing);
  return useMemo(() => {
    const others = (JSON.parse(text) as string[]).map((key) => ownNameOf(key) ?? '');
    return others.length === 0 ? own : [...own, ...others.map((name) => ({ name, kind: 'text' }) as const)];
  }, [own, text]);
}

/** The columns of a type in `room` px, from the open saved view, or from this seat (''). */
export function useColumns(type: EntityType, deleted: boolean, room: number, saved: string): Columns {
  const layout = useLayout(type, saved);
  const own = useOwnColumns(type, layout, saved);
  const all = useMemo(() => columnsOf(type, deleted, own), [type, deleted, own]);
  const placed = useMemo(() => placeColumns(all, room, layout), [all, room, layout]);
  return useMemo(() => {
    // Several changes may come before the next render while dragging, so each starts from the stored layout.
    const change = (next: (layout: ListLayout) => ListLayout): void =>
      layOut(type, saved, next(layoutNow(type, saved)));
    return {
      all,
      placed,
      layout,
      chosen: !sameLayout(layout, {}),
      resize: (key, width) => change((now) => resizeColumn(now, key, width)),
      toggle: (key, among) => change((now) => toggleColumn(now, placed, all, key, among)),
      move: (key, step) => change((now) => moveColumn(now, placed, all, key, step)),
      place: (key, target) => change((now) => placedAt(now, placed, all, key, target)),
      pin: (key, pinned) => change((now) => pinnedAs(now, all, key, pinned)),
      summarize: (key, kind) => change((now) => summarizeColumn(now, key, kind)),
      reset: () => layOut(type, saved, {}),
    };
  }, [type, saved, all, placed, layout]);
}
