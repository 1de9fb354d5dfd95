import type { VirtualItem } from '@tanstack/react-virtual';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { groupBand, cellSize } from './geometry.ts';
import type { HeadSize } from './geometry.ts';
import styles from './matrix.module.css';
import { useTexts } from '../../i18n/setup.ts';
import type { Block } from './order.ts';

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a table cannot leave out rows and columns that are scrolled out of sight */

export interface HeadCell {
  id: string;
  content: ReactNode;
  title: string;
}

export interface Cell {
  label: string;
  mark: ReactNode;
  isDiagonal?: boolean;
  isOpen?: boolean;
}

interface SharedProps {
  headSize: HeadSize;
  columns: readonly VirtualItem[];
  columnAt: (column: number) => HeadCell;
  hasBand: boolean;
  /** The column of the active cell if it is in this row, else null. */
  activeColumn: number | null;
}

const tabIndexOf = (isActive: boolean): 0 | -1 => (isActive ? 0 : -1);

export const HeadRow = memo(function HeadRow(
  props: SharedProps & { corner: string; selectedColumn: number | null; bands: ReactNode },
) {
  const { headSize, columns, columnAt, hasBand, activeColumn, corner, selectedColumn, bands } = props;
  const top = hasBand ? groupBand : 0;
  return (
    <div role="row" aria-rowindex={1} className={styles.headRow} style={{ height: headSize.height }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className={`flex dim pad-8 on-panel ${styles.corner}`}
        style={headSize}
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
            data-open={index === selectedColumn || undefined}
            tabIndex={tabIndexOf(index === activeColumn)}
            title={title}
            className={`flex middle py-8 pointer ${styles.columnHead}`}
            style={{ insetInlineStart: start, top, width: cellSize, height: headSize.height - top }}
          >
            <span className="cut">{content}</span>
          </div>
        );
      })}
    </div>
  );
});

interface RowProps extends SharedProps {
  row: number;
  top: number;
  rowAt: (row: number) => HeadCell;
  cellAt: (row: number, column: number) => Cell;
  openId: string | null;
}

export const MatrixRow = memo(function MatrixRow(props: RowProps) {
  const { headSize, columns, columnAt, hasBand, activeColumn, row, top, rowAt, cellAt, openId } = props;
  const { id, content, title } = rowAt(row);
  const left = hasBand ? groupBand : 0;
  return (
    <div role="row" aria-rowindex={row + 2} className={styles.row} style={{ top, height: cellSize }}>
      <div
        role="rowheader"
        aria-colindex={1}
        data-row={row}
        data-column={-1}
        data-open={id === openId || undefined}
        tabIndex={tabIndexOf(activeColumn === -1)}
        title={title}
        className={`row full-y on-panel pointer sticky px-8 ${styles.rowHead}`}
        style={{ insetInlineStart: left, width: headSize.width - left }}
      >
        {content}
      </div>
      {columns.map(({ index, start }) => {
        const { label, mark, isDiagonal, isOpen } = cellAt(row, index);
        return (
          <div
            key={columnAt(index).id}
            role="gridcell"
            aria-colindex={index + 2}
            aria-label={label}
            data-row={row}
            data-column={index}
            data-same={isDiagonal || undefined}
            data-open={isOpen || undefined}
            tabIndex={tabIndexOf(index === activeColumn)}
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

interface BandProps {
  blocks: readonly Block[];
  headSize: HeadSize;
  nameOf: (key: string) => string;
  axis: 'rows' | 'columns';
}

/** The names of groups along the heads. Groups of one or two records have only a tooltip. */
export function Bands({ blocks, headSize, nameOf, axis }: BandProps) {
  const { t } = useTexts('matrix');
  return (
    <div
      aria-hidden
      className={axis === 'rows' ? `absolute inset untouched ${styles.rowBands}` : styles.columnBands}
      style={axis === 'rows' ? { paddingTop: headSize.height } : undefined}
    >
      {blocks.map(({ key, start, size }) => {
        const length = size * cellSize;
        return (
          <span
            key={key}
            title={t('block', { name: nameOf(key), count: size })}
            style={
              axis === 'rows'
                ? { height: length, width: groupBand }
                : { insetInlineStart: headSize.width + start * cellSize, width: length, height: groupBand }
            }
          >
            {size > 2 && (
              <b style={axis === 'rows' ? { top: headSize.height } : { left: headSize.width }}>
                {nameOf(key)}
              </b>
            )}
          </span>
        );
      })}
    </div>
  );
}

export function BlockOutlines({ blocks, headSize }: Pick<BandProps, 'blocks' | 'headSize'>) {
  return blocks
    .filter(({ key, size }) => key !== '' && size > 1)
    .map(({ key, start, size }) => (
      <div
        key={key}
        aria-hidden
        className={`absolute untouched ${styles.block}`}
        style={{
          insetInlineStart: headSize.width + start * cellSize,
          top: headSize.height + start * cellSize,
          width: size * cellSize,
          height: size * cellSize,
        }}
      />
    ));
}
