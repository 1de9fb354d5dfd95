import { useMemo } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import {
  setPinned,
  moveColumnTo,
  resizeColumn,
  moveColumn,
  summarizeColumn,
  toggleColumn,
  placeColumns,
} from '../column-layout.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import { columnsOf } from '../columns.ts';
import type { Column } from '../columns.ts';
import { layOut, currentLayout, useLayout } from '../../views/layout.ts';
import { isSameLayout } from '../../../stores/list-layout.ts';
import type { ListLayout, SummaryKind } from '../../../stores/list-layout.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { useCustomFields, useCustomFieldsRead } from '../custom-fields.ts';

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
 * The custom fields of a type, and those of the layout that no known record has. A saved view shows its saved columns. Imported and chosen
 * columns are shown until the custom fields have been read.
 */
function useColumnFields(type: EntityType, layout: ListLayout, saved: string): readonly CustomField[] {
  const customFields = useCustomFields(type);
  const isRead = useCustomFieldsRead(type);
  const imported = isRead ? [] : (layout.brought ?? []);
  const chosen = saved === '' && isRead ? [] : (layout.columns ?? []);
  const missing = [...new Set([...chosen, ...imported])].filter((key) => {
    const name = customNameOf(key);
    return name !== null && !customFields.some((field) => field.name === name);
  });
  const missingJson = JSON.stringify(missing);
  return useMemo(() => {
    const missingNames = (JSON.parse(missingJson) as string[]).map((key) => customNameOf(key) ?? '');
    return missingNames.length === 0
      ? customFields
      : [...customFields, ...missingNames.map((name) => ({ name, kind: 'text' }) as const)];
  }, [customFields, missingJson]);
}

/** The columns of a type in `room` px, in the layout of the saved view with the id `saved`, or of this seat if ''. */
export function useColumns(type: EntityType, deleted: boolean, room: number, saved: string): Columns {
  const layout = useLayout(type, saved);
  const customFields = useColumnFields(type, layout, saved);
  const all = useMemo(() => columnsOf(type, deleted, customFields), [type, deleted, customFields]);
  const placed = useMemo(() => placeColumns(all, room, layout), [all, room, layout]);
  return useMemo(() => {
    // While dragging, several changes can come before the next render, so each starts from the stored layout.
    const changeLayout = (next: (layout: ListLayout) => ListLayout): void =>
      layOut(type, saved, next(currentLayout(type, saved)));
    return {
      all,
      placed,
      layout,
      chosen: !isSameLayout(layout, {}),
      resize: (key, width) => changeLayout((now) => resizeColumn(now, key, width)),
      toggle: (key, among) => changeLayout((now) => toggleColumn(now, placed, all, key, among)),
      move: (key, step) => changeLayout((now) => moveColumn(now, placed, all, key, step)),
      place: (key, target) => changeLayout((now) => moveColumnTo(now, placed, all, key, target)),
      pin: (key, pinned) => changeLayout((now) => setPinned(now, all, key, pinned)),
      summarize: (key, kind) => changeLayout((now) => summarizeColumn(now, key, kind)),
      reset: () => layOut(type, saved, {}),
    };
  }, [type, saved, all, placed, layout]);
}
