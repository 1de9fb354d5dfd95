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
import type { At, HeadSize, Size } from './geometry.ts';
import { cutBlocks } from './order.ts';
import type { Block } from './order.ts';
import { HeadRow, MatrixRow } from './Rows.tsx';
import type { Cell, Head } from './Rows.tsx';
import styles from './matrix.module.css';

interface Props {
  label: string;
  help: string;
  corner: string;
  head: HeadSize;
  size: Size;
  rowAt: (row: number) => Head;
  columnAt: (column: number) => Head;
  cellAt: (row: number, column: number) => Cell;
  rowBlocks: readonly Block[];
  columnBlocks: readonly Block[];
  nameOf: (key: string) => string;
  textAt: (at: At) => string;
  legend: string;
  marks: ComponentProps<typeof StageFoot>['entries'];
  onOpen: (at: At) => void;
  open: string | null;
  /** The cell to scroll to, whose column is selected, or null. */
  goal?: At | null;
  children?: ReactNode;
}

function cellOf(target: EventTarget | null): At | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell && { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}

const mostPrinted = { rows: 400, columns: 90 };

/** The width of a landscape page in px. */
const paper = 940;

interface Side {
  count: number;
  before: number;
  active: number;
  horizontal: boolean;
  isPrinting: boolean;
}

/** Renders only visible rows or columns, and that of the active cell to keep its focus; all of them for print. */
function useSide(
  scroller: RefObject<HTMLDivElement | null>,
  { count, before, active, horizontal, isPrinting }: Side,
) {
  // Stable until the active cell changes, because the visible range is memoised by it.
  const rangeExtractor = useCallback(
    (range: Range) =>
      isPrinting
        ? Array.from({ length: range.count }, (_, place) => place)
        : [...new Set([...defaultRangeExtractor(range), Math.max(0, active)])].sort((a, b) => a - b),
    [active, isPrinting],
  );
  // oxlint-disable-next-line react/incompatible-library -- it re-renders with its state
  return useVirtualizer({
    count,
    horizontal,
    getScrollElement: () => scroller.current,
    estimateSize: () => cellSize,
    paddingStart: before,
    scrollPaddingStart: before,
    overscan: 6,
    rangeExtractor,
  });
}

export function Grid(props: Props) {
  const { label, help, corner, head, size: whole, rowAt, columnAt, cellAt, nameOf } = props;
  const { textAt, legend, marks, onOpen, open, goal = null, children } = props;
  const { t } = useTexts('matrix');
  const scroller = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<At | null>(null);
  const point = (at: At | null): void =>
    setPointed((before) => (before?.row === at?.row && before?.column === at?.column ? before : at));
  const isPrinting = useIsPrinting();
  const size = isPrinting
    ? {
        rows: Math.min(whole.rows, mostPrinted.rows),
        columns: Math.min(whole.columns, mostPrinted.columns),
      }
    : whole;
  const isCut = size.rows < whole.rows || size.columns < whole.columns;
  const rowBlocks = useMemo(() => cutBlocks(props.rowBlocks, size.rows), [props.rowBlocks, size.rows]);
  const columnBlocks = useMemo(
    () => cutBlocks(props.columnBlocks, size.columns),
    [props.columnBlocks, size.columns],
  );
  const { current, setActive, moveTo } = useActive(scroller, goal ?? { row: 0, column: 0 }, goal !== null);
  const [reached, reach] = useState(goal);
  if (reached !== goal) {
    reach(goal);
    if (goal && goal.column !== current.column) setActive(goal);
  }
  const active = clampCell(current, size);
  const rows = useSide(scroller, {
    count: size.rows,
    before: head.height,
    active: active.row,
    horizontal: false,
    isPrinting,
  });
  const columns = useSide(scroller, {
    count: size.columns,
    before: head.width,
    active: active.column,
    horizontal: true,
    isPrinting,
  });
  const shownColumns = columns.getVirtualItems();
  const [hasRowBand, hasColumnBand] = [rowBlocks, columnBlocks].map((blocks) =>
    blocks.some((block) => block.size > 1),
  ) as [boolean, boolean];

  useEffect(() => {
    if (!goal) return;
    // With some rows above, because the head may cover the first ones.
    rows.scrollToIndex(Math.max(0, goal.row - 2), { align: 'start' });
    columns.scrollToIndex(goal.column);
  }, [goal, rows, columns]);

  const onKey = (event: KeyboardEvent): boolean => {
    const at = cellOf(event.target);
    if (!at) return false;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - head.height) / cellSize) - 1;
    const next = moveByKey(at, event, size, Math.max(1, page));
    if (next) {
      moveTo(next);
      point(next);
      if (next.row >= 0) rows.scrollToIndex(next.row);
      if (next.column >= 0) columns.scrollToIndex(next.column);
    } else if (event.key === 'Enter' || event.key === ' ') onOpen(at);
    else if (event.key === 'Escape' && open !== null) showPanel(null);
    else return false;
    return true;
  };
  const onClick = ({ target }: MouseEvent): void => {
    const at = cellOf(target);
    if (!at) return;
    moveTo(at);
    onOpen(at);
  };

  const columnBands = useMemo(
    () => hasColumnBand && <Bands blocks={columnBlocks} head={head} nameOf={nameOf} along="columns" />,
    [hasColumnBand, columnBlocks, head, nameOf],
  );
  const rowBands = useMemo(
    () => hasRowBand && <Bands blocks={rowBlocks} head={head} nameOf={nameOf} along="rows" />,
    [hasRowBand, rowBlocks, head, nameOf],
  );
  const [width, height] = [size.columns * cellSize, size.rows * cellSize];
  return (
    <>
      {isCut && (
        <p className="print-note">
          {t('printed', { ...size, allRows: whole.rows, allColumns: whole.columns })}
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
        onPoint={(target) => point(cellOf(target))}
      >
        <div
          role="presentation"
          className="relative"
          style={{
            width: head.width + width,
            height: head.height + height,
            ...(isPrinting && { zoom: Math.min(1, paper / (head.width + width)) }),
          }}
        >
          <HeadRow
            head={head}
            columns={shownColumns}
            columnAt={columnAt}
            hasBand={hasColumnBand}
            active={active.row === -1 ? active.column : null}
            corner={corner}
            selected={goal?.column ?? null}
            bands={columnBands}
          />
          <div
            aria-hidden
            className={styles.lines}
            style={{ insetInlineStart: head.width, top: head.height, width, height }}
          />
          {[goal, pointed].map(
            (at, place) =>
              at &&
              at.column >= 0 && (
                <div
                  key={place}
                  aria-hidden
                  className={`absolute untouched ${styles.stripe}`}
                  style={{ insetInlineStart: head.width + at.column * cellSize, width: cellSize }}
                />
              ),
          )}
          {rows.getVirtualItems().map(({ index, start }) => (
            <MatrixRow
              key={rowAt(index).id}
              head={head}
              columns={shownColumns}
              columnAt={columnAt}
              hasBand={hasRowBand}
              active={index === active.row ? active.column : null}
              row={index}
              top={start}
              rowAt={rowAt}
              cellAt={cellAt}
              open={open}
            />
          ))}
          {!isCut && children}
          {rowBands}
        </div>
      </Surface>
      <StageFoot
        text={pointed && pointed.row < size.rows && pointed.column < size.columns ? textAt(pointed) : ''}
        hint={t('point')}
        legend={legend}
        entries={marks}
      />
    </>
  );
}
