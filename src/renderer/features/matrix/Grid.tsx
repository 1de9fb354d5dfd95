import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { showPanel } from '../../stores/address.ts';
import { useIsPrinting } from '../../stores/printing.ts';
import { Bands } from './Bands.tsx';
import { cellSize, moved, within } from './geometry.ts';
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
  scroller: RefObject<HTMLDivElement | null>;
  /** The cell under the pointer, else the focused one, or null. */
  pointed: At | null;
  onPoint: (at: At | null) => void;
  /** A click on a cell or head, or Enter. */
  onOpen: (at: At) => void;
  /** Id of the open record or link, or null. */
  open: string | null;
  /** The cell to scroll to, whose column is selected, or null. */
  goal?: At | null;
  /** Drawn over the cells. */
  children?: ReactNode;
}

function cellOf({ target }: { target: EventTarget }): At | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell && { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}

/** Focuses the active cell. Returns whether it is rendered. */
export function focusActive(scroller: Props['scroller']): boolean {
  const cell = scroller.current?.querySelector<HTMLElement>('[tabindex="0"]');
  cell?.focus({ preventScroll: true });
  return Boolean(cell);
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
function useSide(scroller: Props['scroller'], { count, before, active, horizontal, isPrinting }: Side) {
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

/** The matrix grid. Keys move the active cell; Enter or a click opens its record or link. */
export function Grid(props: Props) {
  const { label, help, corner, head, size: whole, rowAt, columnAt, cellAt, nameOf } = props;
  const { scroller, pointed, onPoint, onOpen, open, goal = null, children } = props;
  const { t } = useTexts('matrix');
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
  const [wanted, setActive] = useState<At>(goal ?? { row: 0, column: 0 });
  const [reached, reach] = useState(goal);
  const helpId = useId();
  const follows = useRef(goal !== null);
  if (reached !== goal) {
    reach(goal);
    if (goal && goal.column !== wanted.column) setActive(goal);
  }
  const active = within(wanted, size);
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
  // Before the next key, which starts from the focused cell.
  useLayoutEffect(() => {
    if (follows.current && focusActive(scroller)) follows.current = false;
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = cellOf(event);
    if (!at || event.defaultPrevented) return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - head.height) / cellSize) - 1;
    const next = moved(at, event, size, Math.max(1, page));
    if (next) {
      follows.current = true;
      setActive(next);
      onPoint(next);
      if (next.row >= 0) rows.scrollToIndex(next.row);
      if (next.column >= 0) columns.scrollToIndex(next.column);
    } else if (event.key === 'Enter' || event.key === ' ') onOpen(at);
    else if (event.key === 'Escape' && open !== null) showPanel(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent): void => {
    const at = cellOf(event);
    if (!at) return;
    follows.current = true;
    setActive(at);
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
      <p id={helpId} className="unseen">
        {help}
      </p>
      {isCut && (
        <p className="print-note">
          {t('printed', { ...size, allRows: whole.rows, allColumns: whole.columns })}
        </p>
      )}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its active cell has the focus */}
      <div
        ref={scroller}
        role="grid"
        className={`fill scroll tiny on-bg ${styles.grid} print-wide`}
        aria-label={label}
        aria-describedby={helpId}
        aria-rowcount={size.rows + 1}
        aria-colcount={size.columns + 1}
        onKeyDown={onKeyDown}
        onClick={onClick}
        // Not when cells scroll under a resting pointer.
        onMouseMove={(event) => onPoint(cellOf(event))}
        onMouseLeave={() => onPoint(null)}
        onFocus={(event) => onPoint(cellOf(event))}
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
      </div>
    </>
  );
}
