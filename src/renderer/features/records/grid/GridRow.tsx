/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are drawn only on the screen cannot be a table's */
import { Checkbox } from '@mantine/core';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { draftOf, useDraft } from '../../../stores/drafts.ts';
import { titleOr } from '../../../text/names.ts';
import type { PlacedColumn } from '../layout.ts';
import { CellContent } from './CellContent.tsx';
import { CellEditor } from './CellEditor.tsx';
import { tellWhatIsCut } from './cut.ts';
import { UnsavedCell } from './UnsavedCell.tsx';

interface Props {
  record: EntityRecord;
  row: number;
  top: number;
  columns: readonly PlacedColumn[];
  /** Column of the cursor when it is in this row, else -1. */
  at: number;
  picked: boolean;
  /** The record is open beside the grid. */
  open: boolean;
  /** Set when the cell at `at` is being edited. */
  editing: { text: string | null } | null;
}

/** The id of a cell's element, which the grid names as its active one. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}

function Row({ record, row, top, columns, at, picked, open, editing }: Props) {
  const { t } = useTranslation('grid');
  const draft = useDraft(draftOf.record(record.id));
  const title = titleOr(record.title, record.type);
  const state = [picked && 'row-picked', open && 'row-open', at >= 0 && 'row-at'].filter(Boolean).join(' ');
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-selected={picked || at >= 0}
      className={`grid-row ${state}`}
      data-row={row}
      style={{ transform: `translateY(${top}px)` }}
      onPointerOver={tellWhatIsCut}
    >
      <div role="gridcell" aria-colindex={1} className="grid-cell grid-check" data-column="check">
        <Checkbox
          size="xs"
          tabIndex={-1}
          checked={picked}
          readOnly
          aria-label={t('selectRow', { title })}
          className="row-check"
        />
      </div>
      {columns.map((column, index) => {
        // A record that is open in the panel says there what is not saved.
        const unsaved = column.field && !open && draft[column.key] !== undefined;
        return (
          <div
            key={column.key}
            id={cellId(row, index)}
            role="gridcell"
            aria-colindex={index + 2}
            data-column={index}
            className={`grid-cell${column.end ? ' cell-end num' : ''}${index === at ? ' cell-at' : ''}${column.naming ? ' cell-naming' : ''}`}
            style={{ width: column.size }}
          >
            {editing && index === at ? (
              <CellEditor record={record} column={column} text={editing.text} />
            ) : unsaved ? (
              <UnsavedCell raw={draft[column.key] as string | boolean | null} column={column} />
            ) : (
              <CellContent record={record} column={column} />
            )}
            {column.naming && !editing && (
              <span className="row-opener" data-open aria-hidden title={t('openRow', { title })}>
                <IconLayoutSidebarRight size={15} stroke={1.6} />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** One row of the grid. It is drawn again only when what it shows changes. */
export const GridRow = memo(Row);

/** A row whose record is on its way: it has the shape of what comes. */
export const ComingRow = memo(function ComingRow({
  row,
  top,
  columns,
}: Pick<Props, 'row' | 'top' | 'columns'>) {
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-busy
      className="grid-row"
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="presentation" className="grid-cell grid-check" />
      {columns.map((column, index) => (
        <div
          key={column.key}
          role="presentation"
          className={`grid-cell${column.end ? ' cell-end' : ''}`}
          style={{ width: column.size }}
        >
          <span
            className="bone"
            style={{ width: `${column.end ? 40 : 45 + ((row * 17 + index * 29) % 40)}%` }}
          />
        </div>
      ))}
    </div>
  );
});
