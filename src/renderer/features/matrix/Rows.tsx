import type { VirtualItem } from '@tanstack/react-virtual';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { groupBand, cellSize } from './geometry.ts';
import type { HeadSize } from './geometry.ts';
import styles from './matrix.module.css';
import { useTexts } from '../../i18n/setup.ts';
import type { Block } from './order.ts';

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows and columns of which only those in sight are drawn cannot be a table */

export interface Head {
  id: string;
  content: ReactNode;
  title: string;
}

export interface Cell {
  label: string;
  mark: ReactNode;
  isSame?: boolean;
  isOpen?: boolean;
}

interface Shared {
  head: HeadSize;
  columns: readonly VirtualItem[];
  columnAt: (column: number) => Head;
  hasBand: boolean;
  /** The column of the active cell if it is in this row, else null. */
  active: number | null;
}

const tabIndexOf = (isActive: boolean): 0 | -1 => (isActive ? 0 : -1);

export const HeadRow = memo(function HeadRow(
  props: Shared & { corner: string; selected: number | null; bands: ReactNode },
) {
  const { head, columns, columnAt, hasBand, active, corner, selected, bands } = props;
  const top = hasBand ? groupBand : 0;
  return (
    <div role="row" aria-rowindex={1} className={styles.headRow} style={{ height: head.height }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className={`flex dim pad-8 on-panel ${styles.corner}`}
        style={head}
      >
        {corner}
      </div>
      {bands}
      {columns.map(({ index, start }) => {
        const { id, content, title } = columnAt(index);
        return (
          <div
            key={id}
            role="columnheader"
            aria-colindex={index + 2}
            data-row={-1}
            data-column={index}
            data-open={index === selected || undefined}
            tabIndex={tabIndexOf(index === active)}
            title={title}
            className={`flex middle py-8 pointer ${styles.columnHead}`}
            style={{ insetInlineStart: start, top, width: cellSize, height: head.height - top }}
          >
            <span className="cut">{content}</span>
          </div>
        );
      })}
    </div>
  );
});

interface RowProps extends Shared {
  row: number;
  top: number;
  rowAt: (row: number) => Head;
  cellAt: (row: number, column: number) => Cell;
  open: string | null;
}

export const MatrixRow = memo(function MatrixRow(props: RowProps) {
  const { head, columns, columnAt, hasBand, active, row, top, rowAt, cellAt, open } = props;
  const { id, content, title } = rowAt(row);
  const left = hasBand ? groupBand : 0;
  return (
    <div role="row" aria-rowindex={row + 2} className={styles.row} style={{ top, height: cellSize }}>
      <div
        role="rowheader"
        aria-colindex={1}
        data-row={row}
        data-column={-1}
        data-open={id === open || undefined}
        tabIndex={tabIndexOf(active === -1)}
        title={title}
        className={`row full-y on-panel pointer sticky px-8 ${styles.rowHead}`}
        style={{ insetInlineStart: left, width: head.width - left }}
      >
        {content}
      </div>
      {columns.map(({ index, start }) => {
        const { label, mark, isSame, isOpen } = cellAt(row, index);
        return (
          <div
            key={columnAt(index).id}
            role="gridcell"
            aria-colindex={index + 2}
            aria-label={label}
            data-row={row}
            data-column={index}
            data-same={isSame || undefined}
            data-open={isOpen || undefined}
            tabIndex={tabIndexOf(index === active)}
            className={`centered pointer ${styles.cell}`}
            style={{ insetInlineStart: start }}
          >
            {mark}
          </div>
        );
      })}
    </div>
  );
});

interface Props {
  blocks: readonly Block[];
  head: HeadSize;
  nameOf: (key: string) => string;
  along: 'rows' | 'columns';
}

/** The names of groups along the heads; those of small groups as tooltips. */
export function Bands({ blocks, head, nameOf, along }: Props) {
  const { t } = useTexts('matrix');
  return (
    <div
      aria-hidden
      className={along === 'rows' ? `absolute inset untouched ${styles.rowBands}` : styles.columnBands}
      style={along === 'rows' ? { paddingTop: head.height } : undefined}
    >
      {blocks.map(({ key, start, size }) => {
        const length = size * cellSize;
        return (
          <span
            key={key}
            title={t('block', { name: nameOf(key), count: size })}
            style={
              along === 'rows'
                ? { height: length, width: groupBand }
                : { insetInlineStart: head.width + start * cellSize, width: length, height: groupBand }
            }
          >
            {size > 2 && (
              <b style={along === 'rows' ? { top: head.height } : { left: head.width }}>{nameOf(key)}</b>
            )}
          </span>
        );
      })}
    </div>
  );
}

export function Outlines({ blocks, head }: Pick<Props, 'blocks' | 'head'>) {
  return blocks
    .filter(({ key, size }) => key !== '' && size > 1)
    .map(({ key, start, size }) => (
      <div
        key={key}
        aria-hidden
        className={`absolute untouched ${styles.block}`}
        style={{
          insetInlineStart: head.width + start * cellSize,
          top: head.height + start * cellSize,
          width: size * cellSize,
          height: size * cellSize,
        }}
      />
    ));
}
