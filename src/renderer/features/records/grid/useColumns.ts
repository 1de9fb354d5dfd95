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
import { setListLayout, currentLayout, useLayout } from '../../views/layout.ts';
import { isSameLayout } from '../../../stores/list-layout.ts';
import type { ListLayout, SummaryKind } from '../../../stores/list-layout.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { useCustomFields, useCustomFieldsLoaded } from '../custom-fields.ts';

export interface Columns {
  all: readonly Column[];
  placed: readonly PlacedColumn[];
  layout: ListLayout;
  /** Whether the layout differs from the default. */
  isCustomised: boolean;
  resize: (key: string, width: number | null) => void;
  toggle: (key: string, order?: readonly string[]) => void;
  move: (key: string, step: number) => void;
  moveTo: (key: string, target: string) => void;
  pin: (key: string, pinned: boolean) => void;
  summarize: (key: string, kind: SummaryKind) => void;
  reset: () => void;
}

/** The custom fields of a type. A saved view also has fields that no record has; other layouts only until the fields are read. */
function useColumnFields(type: EntityType, layout: ListLayout, saved: string): readonly CustomField[] {
  const customFields = useCustomFields(type);
  const isLoaded = useCustomFieldsLoaded(type);
  const importedKeys = isLoaded ? [] : (layout.brought ?? []);
  const chosenKeys = saved === '' && isLoaded ? [] : (layout.columns ?? []);
  const missingKeys = [...new Set([...chosenKeys, ...importedKeys])].filter((key) => {
    const name = customNameOf(key);
    return name !== null && !customFields.some((field) => field.name === name);
  });
  const missingJson = JSON.stringify(missingKeys);
  return useMemo(() => {
    const missingNames = (JSON.parse(missingJson) as string[]).map((key) => customNameOf(key) ?? '');
    return missingNames.length === 0
      ? customFields
      : [...customFields, ...missingNames.map((name) => ({ name, kind: 'text' }) as const)];
  }, [customFields, missingJson]);
}

/** The columns of a type in `room` px, in the layout of the saved view with the id `saved`, or of this seat if ''. */
export function useColumns(type: EntityType, isDeleted: boolean, room: number, saved: string): Columns {
  const layout = useLayout(type, saved);
  const customFields = useColumnFields(type, layout, saved);
  const all = useMemo(() => columnsOf(type, isDeleted, customFields), [type, isDeleted, customFields]);
  const placed = useMemo(() => placeColumns(all, room, layout), [all, room, layout]);
  return useMemo(() => {
    // While dragging, several changes can come before the next render, so each starts from the stored layout.
    const changeLayout = (update: (layout: ListLayout) => ListLayout): void =>
      setListLayout(type, saved, update(currentLayout(type, saved)));
    return {
      all,
      placed,
      layout,
      isCustomised: !isSameLayout(layout, {}),
      resize: (key, width) => changeLayout((current) => resizeColumn(current, key, width)),
      toggle: (key, order) => changeLayout((current) => toggleColumn(current, placed, all, key, order)),
      move: (key, step) => changeLayout((current) => moveColumn(current, placed, all, key, step)),
      moveTo: (key, target) => changeLayout((current) => moveColumnTo(current, placed, all, key, target)),
      pin: (key, pinned) => changeLayout((current) => setPinned(current, all, key, pinned)),
      summarize: (key, kind) => changeLayout((current) => summarizeColumn(current, key, kind)),
      reset: () => setListLayout(type, saved, {}),
    };
  }, [type, saved, all, placed, layout]);
}
