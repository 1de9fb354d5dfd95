import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ComponentProps, KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { showPanel } from '../../stores/address.ts';
import { useIsPrinting } from '../../stores/printing.ts';
import { StageFoot } from '../../ui/stage/StageFoot.tsx';
import { Surface, useActive } from '../../ui/stage/Surface.tsx';
import { Bands } from './Rows.tsx';
import { cellSize, moveByKey, clampCell } from './geometry.ts';
import type { CellPosition, HeadSize, GridSize } from './geometry.ts';
import { truncateBlocks } from './order.ts';
import type { Block } from './order.ts';
import { HeadRow, MatrixRow } from './Rows.tsx';
import type { Cell, HeadCell } from './Rows.tsx';
import styles from './matrix.module.css';

interface Props {
  label: string;
  help: string;
  corner: string;
  headSize: HeadSize;
  size: GridSize;
  rowAt: (row: number) => HeadCell;
  columnAt: (column: number) => HeadCell;
  cellAt: (row: number, column: number) => Cell;
  rowBlocks: readonly Block[];
  columnBlocks: readonly Block[];
  nameOf: (key: string) => string;
  textAt: (cell: CellPosition) => string;
  legend: string;
  legendEntries: ComponentProps<typeof StageFoot>['entries'];
  onOpen: (cell: CellPosition) => void;
  openId: string | null;
  /** The cell to scroll to, whose column is shown as selected, or null. */
  selectedCell?: CellPosition | null;
  children?: ReactNode;
}

function cellOf(target: EventTarget | null): CellPosition | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell && { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}

const maxPrinted = { rows: 400, columns: 90 };

/** The width of a landscape page in px. */
const pageWidth = 940;

interface Axis {
  count: number;
  headLength: number;
  activeIndex: number;
  isHorizontal: boolean;
  isPrinting: boolean;
}

/** Renders the visible rows or columns and the one of the active cell, which must keep the focus; for print, all. */
function useAxisVirtualizer(
  scroller: RefObject<HTMLDivElement | null>,
  { count, headLength, activeIndex, isHorizontal, isPrinting }: Axis,
) {
  // Memoised, because the virtualizer computes the visible range again for each new function.
  const rangeExtractor = useCallback(
    (range: Range) =>
      isPrinting
        ? Array.from({ length: range.count }, (_, index) => index)
        : [...new Set([...defaultRangeExtractor(range), Math.max(0, activeIndex)])].sort((a, b) => a - b),
    [activeIndex, isPrinting],
  );
  // oxlint-disable-next-line react/incompatible-library -- it re-renders with its state
  return useVirtualizer({
    count,
    horizontal: isHorizontal,
    getScrollElement: () => scroller.current,
    estimateSize: () => cellSize,
    paddingStart: headLength,
    scrollPaddingStart: headLength,
    overscan: 6,
    rangeExtractor,
  });
}

export function Grid(props: Props) {
  const { label, help, corner, headSize, size: fullSize, rowAt, columnAt, cellAt, nameOf } = props;
  const { textAt, legend, legendEntries, onOpen, openId, selectedCell = null, children } = props;
  const { t } = useTexts('matrix');
  const scroller = useRef<HTMLDivElement>(null);
  const [hoveredCell, setHoveredCell] = useState<CellPosition | null>(null);
  const hoverCell = (cell: CellPosition | null): void =>
    setHoveredCell((previous) =>
      previous?.row === cell?.row && previous?.column === cell?.column ? previous : cell,
    );
  const isPrinting = useIsPrinting();
  const size = isPrinting
    ? {
        rows: Math.min(fullSize.rows, maxPrinted.rows),
        columns: Math.min(fullSize.columns, maxPrinted.columns),
      }
    : fullSize;
  const isTruncated = size.rows < fullSize.rows || size.columns < fullSize.columns;
  const rowBlocks = useMemo(() => truncateBlocks(props.rowBlocks, size.rows), [props.rowBlocks, size.rows]);
  const columnBlocks = useMemo(
    () => truncateBlocks(props.columnBlocks, size.columns),
    [props.columnBlocks, size.columns],
  );
  const isFocused = selectedCell !== null;
  const active = useActive(scroller, selectedCell ?? { row: 0, column: 0 }, isFocused);
  const { current: currentCell, setActive, moveTo } = active;
  const [lastSelected, setLastSelected] = useState(selectedCell);
  if (lastSelected !== selectedCell) {
    setLastSelected(selectedCell);
    if (selectedCell && selectedCell.column !== currentCell.column) setActive(selectedCell);
  }
  const activeCell = clampCell(currentCell, size);
  const rowVirtualizer = useAxisVirtualizer(scroller, {
    count: size.rows,
    headLength: headSize.height,
    activeIndex: activeCell.row,
    isHorizontal: false,
    isPrinting,
  });
  const columnVirtualizer = useAxisVirtualizer(scroller, {
    count: size.columns,
    headLength: headSize.width,
    activeIndex: activeCell.column,
    isHorizontal: true,
    isPrinting,
  });
  const shownColumns = columnVirtualizer.getVirtualItems();
  const hasGroups = (blocks: readonly Block[]): boolean => blocks.some((block) => block.size > 1);
  const hasRowBand = hasGroups(rowBlocks);
  const hasColumnBand = hasGroups(columnBlocks);

  useEffect(() => {
    if (!selectedCell) return;
    // Leaves two rows above, because the column heads can cover them.
    rowVirtualizer.scrollToIndex(Math.max(0, selectedCell.row - 2), { align: 'start' });
    columnVirtualizer.scrollToIndex(selectedCell.column);
  }, [selectedCell, rowVirtualizer, columnVirtualizer]);

  const onKey = (event: KeyboardEvent): boolean => {
    const cell = cellOf(event.target);
    if (!cell) return false;
    const pageRows = Math.floor(((scroller.current?.clientHeight ?? 0) - headSize.height) / cellSize) - 1;
    const nextCell = moveByKey(cell, event, size, Math.max(1, pageRows));
    if (nextCell) {
      moveTo(nextCell);
      hoverCell(nextCell);
      if (nextCell.row >= 0) rowVirtualizer.scrollToIndex(nextCell.row);
      if (nextCell.column >= 0) columnVirtualizer.scrollToIndex(nextCell.column);
    } else if (event.key === 'Enter' || event.key === ' ') onOpen(cell);
    else if (event.key === 'Escape' && openId !== null) showPanel(null);
    else return false;
    return true;
  };
  const onClick = ({ target }: MouseEvent): void => {
    const cell = cellOf(target);
    if (!cell) return;
    moveTo(cell);
    onOpen(cell);
  };

  const columnBands = useMemo(
    () => hasColumnBand && <Bands blocks={columnBlocks} headSize={headSize} nameOf={nameOf} axis="columns" />,
    [hasColumnBand, columnBlocks, headSize, nameOf],
  );
  const rowBands = useMemo(
    () => hasRowBand && <Bands blocks={rowBlocks} headSize={headSize} nameOf={nameOf} axis="rows" />,
    [hasRowBand, rowBlocks, headSize, nameOf],
  );
  const [width, height] = [size.columns * cellSize, size.rows * cellSize];
  return (
    <>
      {isTruncated && (
        <p className="print-note">
          {t('printed', { ...size, allRows: fullSize.rows, allColumns: fullSize.columns })}
        </p>
      )}
      <Surface
        as="div"
        ref={scroller}
        kind="grid"
        className={`fill scroll tiny on-bg ${styles.grid} print-wide`}
        label={label}
        help={help}
        aria-rowcount={size.rows + 1}
        aria-colcount={size.columns + 1}
        onKey={onKey}
        onClick={onClick}
        onPoint={(target) => hoverCell(cellOf(target))}
      >
        <div
          role="presentation"
          className="relative"
          style={{
            width: headSize.width + width,
            height: headSize.height + height,
            ...(isPrinting && { zoom: Math.min(1, pageWidth / (headSize.width + width)) }),
          }}
        >
          <HeadRow
            headSize={headSize}
            columns={shownColumns}
            columnAt={columnAt}
            hasBand={hasColumnBand}
            activeColumn={activeCell.row === -1 ? activeCell.column : null}
            corner={corner}
            selectedColumn={selectedCell?.column ?? null}
            bands={columnBands}
          />
          <div
            aria-hidden
            className={styles.lines}
            style={{ insetInlineStart: headSize.width, top: headSize.height, width, height }}
          />
          {[selectedCell, hoveredCell].map(
            (cell, index) =>
              cell &&
              cell.column >= 0 && (
                <div
                  key={index}
                  aria-hidden
                  className={`absolute untouched ${styles.stripe}`}
                  style={{ insetInlineStart: headSize.width + cell.column * cellSize, width: cellSize }}
                />
              ),
          )}
          {rowVirtualizer.getVirtualItems().map(({ index, start }) => (
            <MatrixRow
              key={rowAt(index).id}
              headSize={headSize}
              columns={shownColumns}
              columnAt={columnAt}
              hasBand={hasRowBand}
              activeColumn={index === activeCell.row ? activeCell.column : null}
              row={index}
              top={start}
              rowAt={rowAt}
              cellAt={cellAt}
              openId={openId}
            />
          ))}
          {!isTruncated && children}
          {rowBands}
        </div>
      </Surface>
      <StageFoot
        text={
          hoveredCell && hoveredCell.row < size.rows && hoveredCell.column < size.columns
            ? textAt(hoveredCell)
            : ''
        }
        hint={t('point')}
        legend={legend}
        entries={legendEntries}
      />
    </>
  );
}
