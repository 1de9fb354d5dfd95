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
import { useOwnFields } from '../custom-fields.ts';
import { adjustList } from '../../../stores/address.ts';
import { groupFields } from '../filters/model.ts';
import { summaryOf } from '../columns.ts';
import type { PlacedColumn } from '../column-layout.ts';
import type { IconType } from '../../../ui/icons.ts';

/** Px around the content of a cell. */
const margin = 24;

/** Px for the sort icon in a heading, and for the menu icon of numeric columns. */
const signs = { order: 17, menu: 10 };

function contentWidth(cell: Element): number {
  const parts = [...cell.querySelectorAll('span, button')].filter((part) => !part.closest('[data-open]'));
  return Math.max(0, ...parts.map(({ scrollWidth }) => scrollWidth));
}

function headWidth(head: Element): number {
  const name = head.querySelector('.head-button .cut')?.scrollWidth ?? 0;
  return name + signs.order + (head.classList.contains('cell-end') ? signs.menu : 0);
}

/** The width in px at which heading and visible rows of a column fit. */
export function fitWidth(grid: Element, key: string, index: number): number {
  const head = grid.querySelector(`[data-head="${CSS.escape(key)}"]`);
  const cells = [...grid.querySelectorAll(`[data-column="${index}"]`)];
  return Math.ceil(Math.max(head ? headWidth(head) : 0, ...cells.map(contentWidth))) + margin;
}

/** The sort after a click on a column: ascending, descending, none. With Shift it is added to the others. */
export function nextSort(sort: readonly Sort[], field: string, add: boolean): readonly Sort[] {
  const present = sort.find((one) => one.field === field);
  const next: Sort | null = !present
    ? { field, direction: 'asc' }
    : present.direction === 'asc'
      ? { field, direction: 'desc' }
      : null;
  if (!add) return next ? [next] : [];
  if (!present) return next ? [...sort, next].slice(-4) : sort;
  return sort.flatMap((one) => (one.field === field ? (next ?? []) : one));
}

export interface ColumnActions {
  sort: (key: string, add: boolean) => void;
  order: (key: string, direction: Sort['direction']) => void;
  filter: (key: string) => void;
  /** The field of the current grouping, or ''. */
  grouped: string;
  canGroup: (key: string) => boolean;
  /** '' ends the grouping. */
  group: (key: string) => void;
  resize: (key: string, width: number | null) => void;
  fit: (within: Element | null, key: string, index: number) => void;
  move: (key: string, step: number) => void;
  place: (key: string, target: string) => void;
  pin: (key: string, pinned: boolean) => void;
  hide: (key: string) => void;
  summaryOf: (key: string) => SummaryKind;
  summarize: (key: string, kind: SummaryKind) => void;
}

export function useColumnActions(
  view: ListView,
  columns: Columns,
  filter: ColumnActions['filter'],
): ColumnActions {
  const { type, sort, group, deleted } = view;
  const own = useOwnFields(type);
  return useMemo(() => {
    const order = sort.length > 0 ? sort : defaultSort(type);
    const column = (key: string) => columns.placed.find((one) => one.key === key);
    return {
      sort: (key, add) => adjustList({ sort: nextSort(order, key, add) }),
      order: (key, direction) => adjustList({ sort: [{ field: key, direction }] }),
      filter,
      grouped: group,
      canGroup: (key) => deleted !== 'only' && groupFields(type, own).some((field) => field.key === key),
      group: (key) => adjustList({ group: key }),
      resize: columns.resize,
      fit: (within, key, index) => {
        const grid = within?.closest('.grid');
        if (grid) columns.resize(key, fitWidth(grid, key, index));
      },
      move: columns.move,
      place: (key, target) => {
        // A column dropped among pinned ones becomes pinned.
        const pinned = column(target)?.pin !== null;
        if ((column(key)?.pin !== null) !== pinned) columns.pin(key, pinned);
        columns.place(key, target);
      },
      pin: columns.pin,
      hide: columns.toggle,
      summaryOf: (key) => {
        const found = column(key);
        return found ? summaryOf(found, columns.layout) : 'none';
      },
      summarize: columns.summarize,
    };
  }, [type, sort, group, deleted, columns, own, filter]);
}

interface HeadAction {
  id: 'up' | 'down' | 'pin' | 'left' | 'right' | 'hide';
  says: HeadAction['id'] | 'unpin';
  icon: IconType;
  run: () => void;
}

/** The actions of a column without parameters, for heading and palette. */
export function headActions(
  { key, sortable, naming, pin }: PlacedColumn,
  actions: ColumnActions,
): HeadAction[] {
  const action = (
    id: HeadAction['id'],
    icon: IconType,
    run: () => void,
    says: HeadAction['says'] = id,
  ): HeadAction => {
    return { id, says, icon, run };
  };
  const pinned = pin !== null;
  return [
    ...(sortable
      ? [
          action('up', IconArrowUp, () => actions.order(key, 'asc')),
          action('down', IconArrowDown, () => actions.order(key, 'desc')),
        ]
      : []),
    action(
      'pin',
      pinned ? IconPinnedOff : IconPin,
      () => actions.pin(key, !pinned),
      pinned ? 'unpin' : 'pin',
    ),
    action('left', IconArrowLeft, () => actions.move(key, -1)),
    action('right', IconArrowRight, () => actions.move(key, 1)),
    ...(naming ? [] : [action('hide', IconEyeOff, () => actions.hide(key))]),
  ];
}
