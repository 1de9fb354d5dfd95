import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconEyeOff,
  IconPin,
  IconPinnedOff,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Sort } from '#shared/contract/entities.ts';
import type { ListView } from '#shared/address/view.ts';
import { defaultSort } from '#shared/domain/order.ts';
import type { SummaryKind } from '../../../stores/list-layout.ts';
import type { Columns } from './useColumns.ts';
import { useCustomFields } from '../custom-fields.ts';
import { adjustList } from '../../../stores/address.ts';
import { groupFields } from '../filters/model.ts';
import { summaryOf } from '../columns.ts';
import type { PlacedColumn } from '../column-layout.ts';
import type { IconType } from '../../../ui/icons.ts';

/** Px around the content of a cell. */
const cellMargin = 24;

/** Px for the sort icon in a heading, and for the menu icon of numeric columns. */
const iconWidths = { sort: 17, menu: 10 };

function contentWidth(cell: Element): number {
  const parts = [...cell.querySelectorAll('span, button')].filter((part) => !part.closest('[data-open]'));
  return Math.max(0, ...parts.map(({ scrollWidth }) => scrollWidth));
}

function headWidth(head: Element): number {
  const name = head.querySelector('.head-button .cut')?.scrollWidth ?? 0;
  return name + iconWidths.sort + (head.classList.contains('cell-end') ? iconWidths.menu : 0);
}

/** The width in px at which heading and visible rows of a column fit. */
export function fitWidth(grid: Element, key: string, index: number): number {
  const head = grid.querySelector(`[data-head="${CSS.escape(key)}"]`);
  const cells = [...grid.querySelectorAll(`[data-column="${index}"]`)];
  return Math.ceil(Math.max(head ? headWidth(head) : 0, ...cells.map(contentWidth))) + cellMargin;
}

const maxSortFields = 4;

/** The sort after a click on a column: ascending, descending, none. With `keepsOthers` (Shift) other fields stay, up to `maxSortFields`. */
export function nextSort(sort: readonly Sort[], field: string, keepsOthers: boolean): readonly Sort[] {
  const current = sort.find((columnSort) => columnSort.field === field);
  const newSort: Sort | null = !current
    ? { field, direction: 'asc' }
    : current.direction === 'asc'
      ? { field, direction: 'desc' }
      : null;
  if (!keepsOthers) return newSort ? [newSort] : [];
  if (!current) return newSort ? [...sort, newSort].slice(-maxSortFields) : sort;
  return sort.flatMap((columnSort) => (columnSort.field === field ? (newSort ?? []) : columnSort));
}

export interface ColumnActions extends Pick<Columns, 'resize' | 'move' | 'moveTo' | 'pin' | 'summarize'> {
  sort: (key: string, keepsOthers: boolean) => void;
  setSort: (key: string, direction: Sort['direction']) => void;
  filter: (key: string) => void;
  /** The field of the current grouping, or ''. */
  groupField: string;
  canGroup: (key: string) => boolean;
  /** '' ends the grouping. */
  group: (key: string) => void;
  fit: (element: Element | null, key: string, index: number) => void;
  hide: (key: string) => void;
  summaryOf: (key: string) => SummaryKind;
}

export function useColumnActions(
  view: ListView,
  columns: Columns,
  filter: ColumnActions['filter'],
): ColumnActions {
  const { type, sort, group, deleted } = view;
  const customFields = useCustomFields(type);
  return useMemo(() => {
    const effectiveSort = sort.length > 0 ? sort : defaultSort(type);
    const findColumn = (key: string) => columns.placed.find((column) => column.key === key);
    return {
      ...columns,
      sort: (key, keepsOthers) => adjustList({ sort: nextSort(effectiveSort, key, keepsOthers) }),
      setSort: (key, direction) => adjustList({ sort: [{ field: key, direction }] }),
      filter,
      groupField: group,
      canGroup: (key) =>
        deleted !== 'only' && groupFields(type, customFields).some((field) => field.key === key),
      group: (key) => adjustList({ group: key }),
      fit: (element, key, index) => {
        const grid = element?.closest('.grid');
        if (grid) columns.resize(key, fitWidth(grid, key, index));
      },
      moveTo: (key, target) => {
        // A column dropped among pinned ones becomes pinned.
        const isPinned = findColumn(target)?.pin !== null;
        if ((findColumn(key)?.pin !== null) !== isPinned) columns.pin(key, isPinned);
        columns.moveTo(key, target);
      },
      hide: columns.toggle,
      summaryOf: (key) => {
        const column = findColumn(key);
        return column ? summaryOf(column, columns.layout) : 'none';
      },
    };
  }, [type, sort, group, deleted, columns, customFields, filter]);
}

/** `up` and `down` sort ascending and descending; `left` and `right` move the column. */
interface HeadAction {
  id: 'up' | 'down' | 'pin' | 'left' | 'right' | 'hide';
  labelKey: HeadAction['id'] | 'unpin';
  icon: IconType;
  run: () => void;
}

/** The actions of a column without parameters, for heading and palette. */
export function headActions(
  { key, isSortable, isNaming, pin }: PlacedColumn,
  actions: ColumnActions,
): HeadAction[] {
  const createAction = (
    id: HeadAction['id'],
    icon: IconType,
    run: () => void,
    labelKey: HeadAction['labelKey'] = id,
  ): HeadAction => {
    return { id, labelKey, icon, run };
  };
  const isPinned = pin !== null;
  return [
    ...(isSortable
      ? [
          createAction('up', IconArrowUp, () => actions.setSort(key, 'asc')),
          createAction('down', IconArrowDown, () => actions.setSort(key, 'desc')),
        ]
      : []),
    createAction(
      'pin',
      isPinned ? IconPinnedOff : IconPin,
      () => actions.pin(key, !isPinned),
      isPinned ? 'unpin' : 'pin',
    ),
    createAction('left', IconArrowLeft, () => actions.move(key, -1)),
    createAction('right', IconArrowRight, () => actions.move(key, 1)),
    ...(isNaming ? [] : [createAction('hide', IconEyeOff, () => actions.hide(key))]),
  ];
}
