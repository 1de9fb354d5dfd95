import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { ClipboardEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { markOnce } from '../../../api/marks.ts';
import { typeNames } from '../../../text/names.ts';
import type { Rows } from '../data/useRows.ts';
import { copyCells, pasteCell } from './clipboard.ts';
import { cellId, ComingRow, GridRow } from './GridRow.tsx';
import { GridHeader } from './GridHeader.tsx';
import { within } from './keys.ts';
import { useGrid } from './state.ts';
import type { Columns } from './useColumns.ts';
import { useFollow } from './useFollow.ts';
import { onGridKey } from './useGridKeys.ts';
import type { GridDeeds } from './useGridKeys.ts';
import { gridMouse } from './useGridMouse.ts';

export const rowHeight = 36;
const headHeight = 30;
/** Rows of the shape of what comes, while nobody knows how many there are. */
const unknownRows = 20;

interface Props {
  type: EntityType;
  rows: Rows;
  columns: Columns;
  sort: readonly Sort[];
  editable: boolean;
  /** The record that is open beside the grid. */
  openId: string | null;
  scroller: RefObject<HTMLDivElement | null>;
  deeds: GridDeeds;
  onSort: (field: string, add: boolean) => void;
  /** Which rows are on the screen. */
  onShow: (first: number, last: number) => void;
}

function pickedState(
  picked: ReadonlyMap<string, EntityRecord>,
  matched: number | null,
): 'none' | 'some' | 'all' {
  if (picked.size === 0) return 'none';
  return matched !== null && picked.size >= matched ? 'all' : 'some';
}

/** Records as rows: only those on the screen are drawn, the cursor is moved by keys and mouse, cells are edited in place. */
export function Grid({
  type,
  rows,
  columns,
  sort,
  editable,
  openId,
  scroller,
  deeds,
  onSort,
  onShow,
}: Props) {
  const { t } = useTranslation('grid');
  const { cursor, picked, editing, away } = useGrid();
  const count = rows.matched ?? unknownRows;
  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoised
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingStart: headHeight,
    paddingStart: headHeight,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onShow(first, last), [first, last, onShow]);

  const at = within(cursor, { rows: count, columns: columns.placed.length });
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
  useFollow({ rows, cursor: at, virtual });

  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) scroller.current?.focus({ preventScroll: true });
    wasEditing.current = editing !== null;
  }, [editing, scroller]);
  const ready = rows.matched !== null;
  useEffect(() => {
    if (ready) markOnce('frames:first-rows');
  }, [ready]);

  const width = columns.placed.reduce((sum, column) => sum + column.size, checkWidth);
  const mouse = gridMouse({ rows, columns: columns.placed, editable, open: deeds.open });
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      data-focus-start
      className={`grid${rows.stale ? ' grid-stale' : ''}`}
      aria-label={t('grid', { what: typeNames(type), count })}
      aria-rowcount={rows.matched === null ? -1 : rows.matched + 1}
      aria-colcount={columns.placed.length + 1}
      aria-multiselectable
      aria-busy={rows.matched === null || rows.stale}
      aria-activedescendant={count > 0 && !away ? cellId(at.row, at.column) : undefined}
      onKeyDown={(event) =>
        onGridKey(event, {
          rows,
          columns: columns.placed,
          editable,
          deeds,
          shape: { rows: count, columns: columns.placed.length, page },
        })
      }
      onCopy={(event: ClipboardEvent) => copyCells(event, rows, columns.placed, at)}
      onPaste={(event: ClipboardEvent) =>
        editable && !away ? pasteCell(event, rows, columns.placed, at) : undefined
      }
      {...mouse}
    >
      <div role="presentation" className="grid-sheet" style={{ height: virtual.getTotalSize(), width }}>
        <GridHeader
          columns={columns.placed}
          sort={sort}
          picked={pickedState(picked, rows.matched)}
          onSort={onSort}
          onResize={columns.resize}
          onPickAll={deeds.pickAll}
        />
        {items.map(({ index, start }) => {
          const record = rows.at(index);
          if (!record)
            return <ComingRow key={`row-${index}`} row={index} top={start} columns={columns.placed} />;
          return (
            <GridRow
              key={record.id}
              record={record}
              row={index}
              top={start}
              columns={columns.placed}
              at={index === at.row && !away ? at.column : -1}
              picked={picked.has(record.id)}
              open={record.id === openId}
              editing={index === at.row && !away ? editing : null}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Width of the column of check boxes, in px. */
export const checkWidth = 36;
