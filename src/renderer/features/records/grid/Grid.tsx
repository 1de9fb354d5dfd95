import { useVirtualizer } from '@tanstack/react-virtual';
import { useContext, useEffect, useRef, useCallback, useMemo } from 'react';
import type { ClipboardEvent, RefObject } from 'react';
import type { Summary } from '#shared/contract/bulk.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Sort } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import type { Rows } from '../data/rows.ts';
import type { FilterField } from '../filters/model.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { checkboxWidth } from '../column-layout.ts';
import { LoadingRow, GridRow, cellId } from './GridRow.tsx';
import { GroupRow, SummaryRow } from './GroupRow.tsx';
import type { ListFooter } from './GroupRow.tsx';
import type { CellRange, GridState } from './state.ts';
import {
  isPicked,
  hasSeveralCells,
  rangeOf,
  pickedCount,
  useGrid,
  useGridStore,
  clampCursor,
} from './state.ts';
import { markOnce } from '../../../api/marks.ts';
import { useRowHeight } from '../../../stores/preferences.ts';
import { TabContext } from '../../../stores/tabs/store.ts';
import { typeNames } from '../../../text/names.ts';
import type { ColumnActions } from './column-actions.ts';
import { GridHeader } from './GridHeader.tsx';
import { onGridKey } from './grid-keys.ts';
import type { GridActions } from './grid-keys.ts';
import type { Columns } from './useColumns.ts';
import { useStickyCursor } from './useStickyCursor.ts';
import { mouseHandlers } from './grid-mouse.ts';
import { useIsPrinting, usePrintPreparation } from '../../../stores/printing.ts';

/** Maximum number of printed rows, about 30 pages. */
const maxPrintedRows = 1000;

/** Reads the rows to print. Returns the indexes of the rows that were read; null unless printing. */
function usePrintedRows(rows: Rows): readonly number[] | null {
  const { read } = rows;
  usePrintPreparation(
    useCallback(async () => {
      // Rows that cannot be read are not printed; the printed count shows that.
      await read(0, maxPrintedRows - 1).catch(() => {});
    }, [read]),
  );
  const isPrinting = useIsPrinting();
  return useMemo(() => {
    if (!isPrinting) return null;
    const indexes = Array.from({ length: Math.min(rows.count ?? 0, maxPrintedRows) }, (_, row) => row);
    return indexes.filter((row) => rows.recordAt(row) ?? rows.groupAt(row));
  }, [isPrinting, rows]);
}

function PrintedCount({ rows, printedRows }: { rows: Rows; printedRows: readonly number[] }) {
  const { t } = useTexts('grid');
  const shownCount = printedRows.filter((row) => rows.recordAt(row)).length;
  return (
    <p className="print-note" role="presentation">
      {t('printed', { shown: shownCount, count: rows.matched ?? shownCount })}
    </p>
  );
}

interface Props {
  rows: Rows;
  row: number;
  top: number;
  columns: readonly PlacedColumn[];
  groupField: FilterField | null;
  summaries: readonly Summary[];
  /** Column of the cursor if it is in this row, else -1. */
  cursorColumn: number;
  state: Pick<GridState, 'picked' | 'allExcept' | 'editing'>;
  range: CellRange | null;
  openId: string | null;
  /** Why a record cannot be changed; null if all can. */
  refusalOf: ((record: EntityRecord) => string | null) | null;
}

function rangeEdgeClasses(range: CellRange, row: number): string {
  return `${row === range.top ? 'range-top ' : ''}${row === range.bottom ? 'range-bottom' : ''}`;
}

/** A line of the grid: a record, a loading record, or a group. The row components are memoised. */
function GridLine(props: Props) {
  const { rows, row, top, columns, groupField, summaries, cursorColumn, state, range, openId, refusalOf } =
    props;
  const position = { row, top, columns };
  const group = rows.groupAt(row);
  if (group && groupField) {
    return (
      <GroupRow
        {...position}
        group={group}
        field={groupField}
        summaries={summaries}
        cursorColumn={cursorColumn}
      />
    );
  }
  const record = rows.recordAt(row);
  if (!record) return <LoadingRow {...position} />;
  const rowRange = range && row >= range.top && row <= range.bottom ? range : null;
  return (
    <GridRow
      {...position}
      record={record}
      cursorColumn={cursorColumn}
      isPicked={isPicked(state, record.id)}
      isOpen={record.id === openId}
      editing={cursorColumn >= 0 ? state.editing : null}
      rangeLeft={rowRange?.left ?? -1}
      rangeRight={rowRange?.right ?? -1}
      rangeEdges={rowRange ? rangeEdgeClasses(rowRange, row) : ''}
      refusal={refusalOf?.(record) ?? null}
      level={rows.groups ? 2 : undefined}
    />
  );
}

const headHeight = 30;
const footerHeight = 30;
const rowsWhileLoading = 20;

interface GridProps {
  type: EntityType;
  rows: Rows;
  columns: Columns;
  columnActions: ColumnActions;
  sort: readonly Sort[];
  editable: boolean;
  /** The field of the groups, or null. */
  groupField: FilterField | null;
  summaries: readonly Summary[];
  footer: ListFooter | null;
  refusalOf: (record: EntityRecord) => string | null;
  openId: string | null;
  scroller: RefObject<HTMLDivElement | null>;
  actions: GridActions;
  onShow: (first: number, last: number) => void;
}

function pickedExtent(count: number, matched: number | null): 'none' | 'some' | 'all' {
  if (count === 0) return 'none';
  return matched !== null && count >= matched ? 'all' : 'some';
}

export function Grid(props: GridProps) {
  const { type, rows, columns, columnActions, sort, editable, groupField, summaries, footer } = props;
  const { refusalOf, openId, scroller, actions, onShow } = props;
  const { t } = useTexts('grid');
  const tab = useContext(TabContext);
  const grid = useGridStore();
  const state = useGrid((all) => all);
  const { cursor, editing, isAway } = state;
  const count = rows.count ?? rowsWhileLoading;
  const rowHeight = useRowHeight();
  // oxlint-disable-next-line react/incompatible-library -- none of it is passed to memoised components
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: footer ? footerHeight : 0,
    paddingStart: headHeight,
    paddingEnd: footer ? footerHeight : 0,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const printedRows = usePrintedRows(rows);
  const virtualRows = virtual.getVirtualItems();
  const first = virtualRows[0]?.index ?? 0;
  const last = virtualRows.at(-1)?.index ?? 0;
  const items =
    printedRows?.map((index) => ({ index, start: headHeight + index * rowHeight })) ?? virtualRows;
  useEffect(() => onShow(first, last), [first, last, onShow]);

  const activeCell = clampCursor(cursor, { rows: count, columns: columns.placed.length });
  const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
  useStickyCursor({ rows, cursor: activeCell, virtualizer: virtual });

  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) scroller.current?.focus({ preventScroll: true });
    wasEditing.current = editing !== null;
  }, [editing, scroller]);
  const isLoaded = rows.count !== null;
  useEffect(() => {
    if (isLoaded) markOnce('frames:first-rows');
  }, [isLoaded]);

  const range = rangeOf(state);
  const shownRange = hasSeveralCells(range) ? range : null;
  const pickedTotal = pickedCount(state, rows.matched);
  const width = columns.placed.reduce((sum, column) => sum + column.size, checkboxWidth);
  const mouse = mouseHandlers({
    grid,
    rows,
    columns: columns.placed,
    editable,
    open: actions.open,
    openPage: actions.openPage,
    reportIfLocked: actions.reportIfLocked,
  });
  // For assistive technology: -1 means unknown. Header and footer are rows too.
  const rowCount = rows.count === null ? -1 : rows.count + (footer ? 2 : 1);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is that of a grid, with groups of a treegrid
    <div
      ref={scroller}
      role={rows.groups ? 'treegrid' : 'grid'}
      tabIndex={0}
      data-focus-start
      className={`grid${rows.isStale ? ' grid-stale' : ''}`}
      aria-label={t('grid', { what: typeNames(type), count: rows.matched ?? count })}
      aria-rowcount={rowCount}
      aria-colcount={columns.placed.length + 1}
      aria-multiselectable
      aria-busy={rows.count === null || rows.isStale}
      aria-activedescendant={
        count > 0 && !isAway ? cellId(tab, activeCell.row, activeCell.column) : undefined
      }
      onKeyDown={(event) =>
        onGridKey(event, {
          grid,
          rows,
          columns: columns.placed,
          editable,
          actions,
          shape: { rows: count, columns: columns.placed.length, page: pageRows },
        })
      }
      onCopy={(event: ClipboardEvent) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        actions.copy(event.clipboardData);
      }}
      onPaste={(event: ClipboardEvent) => {
        if (event.target !== event.currentTarget || !editable || isAway) return;
        event.preventDefault();
        void actions.paste(event.clipboardData.getData('text/plain'));
      }}
      onScroll={({ currentTarget }) => {
        // For the shadow of pinned columns; not through React, which would re-render all rows.
        currentTarget.dataset.scrolled = String(currentTarget.scrollLeft > 0);
      }}
      {...mouse}
    >
      {printedRows && <PrintedCount rows={rows} printedRows={printedRows} />}
      <div
        role="presentation"
        className="column relative grid-sheet"
        style={{ height: virtual.getTotalSize(), width }}
      >
        <GridHeader
          columns={columns.placed}
          sort={sort}
          picked={pickedExtent(pickedTotal, rows.matched)}
          actions={columnActions}
          onPickAll={actions.pickAll}
        />
        {items.map(({ index, start }) => (
          <GridLine
            key={rows.recordAt(index)?.id ?? `row-${index}`}
            rows={rows}
            row={index}
            top={start}
            columns={columns.placed}
            groupField={groupField}
            summaries={summaries}
            cursorColumn={index === activeCell.row && !isAway ? activeCell.column : -1}
            state={state}
            range={shownRange}
            openId={openId}
            refusalOf={editable ? refusalOf : null}
          />
        ))}
        {footer && (
          <SummaryRow
            columns={columns.placed}
            layout={columns.layout}
            summaries={summaries}
            values={footer.values}
            note={footer.note}
            index={count + 2}
            onChoose={columns.summarize}
          />
        )}
      </div>
    </div>
  );
}
