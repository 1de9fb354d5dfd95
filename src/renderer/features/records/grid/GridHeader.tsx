/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are drawn only on the screen cannot be a table's */
import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '#shared/contract/entities.ts';
import type { PlacedColumn } from '../layout.ts';
import { ColumnEdge } from './ColumnEdge.tsx';

interface Props {
  columns: readonly PlacedColumn[];
  sort: readonly Sort[];
  /** Whether none, some or all rows are picked. */
  picked: 'none' | 'some' | 'all';
  onSort: (field: string, add: boolean) => void;
  onResize: (key: string, width: number | null) => void;
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

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

/** The line of column names: a click sorts, the edge between two widens. */
export function GridHeader({ columns, sort, picked, onSort, onResize, onPickAll }: Props) {
  const { t } = useTranslation('grid');
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
      {columns.map((column, index) => {
        const order = sort.find((one) => one.field === column.key);
        const Arrow = order?.direction === 'desc' ? IconArrowDown : IconArrowUp;
        return (
          <div
            key={column.key}
            role="columnheader"
            aria-colindex={index + 2}
            aria-sort={order ? ariaSort[order.direction] : 'none'}
            className={`head-cell${column.end ? ' cell-end' : ''}`}
            style={{ width: column.size }}
          >
            {column.sortable ? (
              <button
                type="button"
                className="head-button"
                title={t('sortBy', { field: column.label })}
                onClick={(event) => onSort(column.key, event.shiftKey)}
              >
                <span className="cut">{column.label}</span>
                {order && <Arrow size={14} stroke={1.8} />}
              </button>
            ) : (
              <span className="cut">{column.label}</span>
            )}
            <ColumnEdge column={column} before={columns.slice(0, index)} onResize={onResize} />
          </div>
        );
      })}
    </div>
  );
}
