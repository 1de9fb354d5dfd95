/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are drawn only on the screen cannot be a table's */
import { Checkbox } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '#shared/contract/entities.ts';
import type { PlacedColumn } from '../place.ts';
import type { ColumnDeeds } from './column-deeds.ts';
import { HeadCell } from './HeadCell.tsx';
import { useHeadDrag } from './useHeadDrag.ts';

interface Props {
  columns: readonly PlacedColumn[];
  sort: readonly Sort[];
  /** Whether none, some or all rows are picked. */
  picked: 'none' | 'some' | 'all';
  deeds: ColumnDeeds;
  onPickAll: () => void;
}

/** The order after a click on a column: up, down, none. With Shift it joins the others. */
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

/** The line of column names. */
function Header({ columns, sort, picked, deeds, onPickAll }: Props) {
  const { t } = useTranslation('grid');
  const { target, grab, wasDragged } = useHeadDrag(deeds.place);
  return (
    <div role="row" aria-rowindex={1} className="grid-head">
      <div role="columnheader" aria-colindex={1} className="head-cell grid-check">
        <Checkbox
          size="xs"
          aria-label={t('selectAll')}
          checked={picked === 'all'}
          indeterminate={picked === 'some'}
          onChange={onPickAll}
        />
      </div>
      {columns.map((column, index) => (
        <HeadCell
          key={column.key}
          column={column}
          index={index}
          columns={columns}
          order={sort.find((one) => one.field === column.key)}
          deeds={deeds}
          target={target === column.key}
          onGrab={grab}
          wasDragged={wasDragged}
        />
      ))}
    </div>
  );
}

export const GridHeader = memo(Header);
