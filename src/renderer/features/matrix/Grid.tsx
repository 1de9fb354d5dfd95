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
import type { CellPosition, HeadSize, Size } from './geometry.ts';
import { cutBlocks } from './order.ts';
import type { Block } from './order.ts';
import { HeadRow, MatrixRow } from './Rows.tsx';
import type { Cell, HeadCell } from './Rows.tsx';
import styles from './matrix.module.css';

interface Props {
  label: string;
  help: string;
  corner: string;
  headSize: HeadSize;
  size: Size;
  rowAt: (row: number) => HeadCell;
  columnAt: (column: number) => HeadCell;
  cellAt: (row: number, column: number) => Cell;
  rowBlocks: readonly Block[];
  columnBlocks: readonly Block[];
  nameOf: (key: string) => string;
  textAt: (cell: CellPosition) => string;
  legend: string;
  marks: ComponentProps<typeof StageFoot>['entries'];
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

/** Renders only visible rows or columns, and that of the active cell to keep its focus; all of them for print. */
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
  const { textAt, legend, marks, onOpen, openId, selectedCell = null, children } = props;
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
  const isCut = size.rows < fullSize.rows || size.columns < fullSize.columns;
  const rowBlocks = useMemo(() => cutBlocks(props.rowBlocks, size.rows), [props.rowBlocks, size.rows]);
  const columnBlocks = useMemo(
    () => cutBlocks(props.columnBlocks, size.columns),
    [props.columnBlocks, size.columns],
  );
  const { current, setActive, moveTo } = useActive(
    scroller,
    selectedCell ?? { row: 0, column: 0 },
    selectedCell !== null,
  );
  const [lastSelected, setLastSelected] = useState(selectedCell);
  if (lastSelected !== selectedCell) {
    setLastSelected(selectedCell);
    if (selectedCell && selectedCell.column !== current.column) setActive(selectedCell);
  }
  const active = clampCell(current, size);
  const rows = useAxisVirtualizer(scroller, {
    count: size.rows,
    headLength: headSize.height,
    activeIndex: active.row,
    isHorizontal: false,
    isPrinting,
  });
  const columns = useAxisVirtualizer(scroller, {
    count: size.columns,
    headLength: headSize.width,
    activeIndex: active.column,
    isHorizontal: true,
    isPrinting,
  });
  const shownColumns = columns.getVirtualItems();
  const [hasRowBand, hasColumnBand] = [rowBlocks, columnBlocks].map((blocks) =>
    blocks.some((block) => block.size > 1),
  ) as [boolean, boolean];

  useEffect(() => {
    if (!selectedCell) return;
    // Leaves two rows above, because the column heads can cover them.
    rows.scrollToIndex(Math.max(0, selectedCell.row - 2), { align: 'start' });
    columns.scrollToIndex(selectedCell.column);
  }, [selectedCell, rows, columns]);

  const onKey = (event: KeyboardEvent): boolean => {
    const cell = cellOf(event.target);
    if (!cell) return false;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - headSize.height) / cellSize) - 1;
    const next = moveByKey(cell, event, size, Math.max(1, page));
    if (next) {
      moveTo(next);
      hoverCell(next);
      if (next.row >= 0) rows.scrollToIndex(next.row);
      if (next.column >= 0) columns.scrollToIndex(next.column);
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
      {isCut && (
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
            activeColumn={active.row === -1 ? active.column : null}
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
          {rows.getVirtualItems().map(({ index, start }) => (
            <MatrixRow
              key={rowAt(index).id}
              headSize={headSize}
              columns={shownColumns}
              columnAt={columnAt}
              hasBand={hasRowBand}
              activeColumn={index === active.row ? active.column : null}
              row={index}
              top={start}
              rowAt={rowAt}
              cellAt={cellAt}
              openId={openId}
            />
          ))}
          {!isCut && children}
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
        entries={marks}
      />
    </>
  );
}
