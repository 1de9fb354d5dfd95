/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are drawn only on the screen cannot be a table's */
import { useRef, useState, memo } from 'react';
import type { MouseEvent, PointerEvent, KeyboardEvent, ReactNode } from 'react';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconPin } from '@tabler/icons-react';
import { Checkbox } from '@mantine/core';
import { say, useTexts } from '../../../i18n/setup.ts';
import type { Sort } from '#shared/contract/entities.ts';
import { followPointer } from '../../../ui/drag.ts';
import type { PlacedColumn } from '../column-layout.ts';
import type { ColumnActions } from './column-actions.ts';
import { cellStyle } from './GridRow.tsx';
import { HeadMenu } from './HeadMenu.tsx';
import { fitWidth } from './column-actions.ts';
import { capitalised } from '../../../text/names.ts';
import styles from './head.module.css';

interface Props {
  column: PlacedColumn;
  previousColumns: readonly PlacedColumn[];
  onResize: (key: string, width: number | null) => void;
}

/** The resize handle of a column: dragging sets the width, a double click fits it to the content. */
export function ColumnEdge({ column, previousColumns, onResize }: Props) {
  const { t } = useTexts('grid');
  const drag = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const start = event.clientX;
    let isDragging = false;
    followPointer(event, (pointer) => {
      // Fixes the widths of earlier columns, which would otherwise move the handle away from the pointer.
      if (!isDragging) for (const { key, size } of previousColumns) onResize(key, size);
      isDragging = true;
      onResize(column.key, column.size + pointer.clientX - start);
    });
  };
  const fit = (event: MouseEvent<HTMLSpanElement>): void => {
    const grid = event.currentTarget.closest('.grid');
    if (grid) onResize(column.key, fitWidth(grid, column.key, previousColumns.length));
  };
  return (
    <span
      className={styles.columnEdge}
      title={t('resize', { field: column.label })}
      aria-hidden
      onPointerDown={drag}
      onDoubleClick={fit}
    />
  );
}

interface HeadCellProps {
  column: PlacedColumn;
  index: number;
  columns: readonly PlacedColumn[];
  sort: Sort | undefined;
  actions: ColumnActions;
  dragging: Dragging;
}

interface Dragging {
  /** The keys of the dragged column and of the one under the pointer; null without one. */
  draggedKey: string | null;
  overKey: string | null;
  setDragged: (draggedKey: string | null, overKey: string | null) => void;
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

/** From this width in px, a heading has room for the pin icon. */
const minPinWidth = 96;

/** Px by which an arrow key with Shift widens a column. */
const resizeStep = 16;

function HeadCell({ column, index, columns, sort, actions, dragging }: HeadCellProps) {
  const { t } = useTexts('grid');
  const { draggedKey, overKey, setDragged } = dragging;
  const isTarget = overKey === column.key && draggedKey !== column.key;
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const SortIcon = sort?.direction === 'desc' ? IconArrowDown : IconArrowUp;
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const opensMenu =
      event.key === 'ArrowDown' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (opensMenu) setIsMenuOpen(true);
    else if (direction && event.altKey) actions.move(column.key, direction);
    else if (direction && event.shiftKey) actions.resize(column.key, column.size + direction * resizeStep);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const label: ReactNode = (
    <>
      <span className="cut">{column.label}</span>
      {sort && <SortIcon size={14} stroke={1.8} aria-hidden />}
    </>
  );
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the button in it has the focus
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={column.isSortable ? (sort ? ariaSort[sort.direction] : 'none') : undefined}
      data-head={column.key}
      className={`head-cell${column.isEndAligned ? ' cell-end' : ''}${column.pin === null ? '' : ' cell-pinned'}${isTarget ? ` ${styles.target}` : ''}`}
      style={cellStyle(column)}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setIsMenuOpen(true);
      }}
      onDragOver={(event) => {
        if (draggedKey === null) return;
        event.preventDefault();
        if (overKey !== column.key) setDragged(draggedKey, column.key);
      }}
      onDrop={() => draggedKey !== null && isTarget && actions.moveTo(draggedKey, column.key)}
    >
      <button
        ref={button}
        type="button"
        className="grow inline gap-2 px-4 head-button"
        aria-haspopup="menu"
        aria-expanded={isMenuOpen}
        title={
          column.isSortable ? t('sortBy', { field: column.label }) : t('headMenu', { field: column.label })
        }
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', column.label);
          setDragged(column.key, null);
        }}
        onDragEnd={() => setDragged(null, null)}
        onClick={(event) => {
          if (column.isSortable) actions.sort(column.key, event.shiftKey);
          else setIsMenuOpen(true);
        }}
        onKeyDown={onKeyDown}
      >
        {label}
      </button>
      {column.pin !== null && !column.isNaming && column.size >= minPinWidth && (
        <IconPin
          color="var(--text-3)"
          style={{ flex: 'none' }}
          size={12}
          stroke={1.8}
          aria-label={capitalised(t('tabs:pinned'))}
        />
      )}
      <span
        className={`center dim on-bg pointer ${styles.menu}`}
        aria-hidden
        onClick={() => setIsMenuOpen((opened) => !opened)}
      >
        <IconChevronDown size={14} stroke={1.8} />
      </span>
      {isMenuOpen && (
        <HeadMenu
          column={column}
          actions={actions}
          fit={() => actions.fit(button.current, column.key, index)}
          onClose={(returnsFocus) => {
            setIsMenuOpen(false);
            if (returnsFocus) button.current?.focus();
          }}
        />
      )}
      <ColumnEdge column={column} previousColumns={columns.slice(0, index)} onResize={actions.resize} />
    </div>
  );
}

interface GridHeaderProps {
  columns: readonly PlacedColumn[];
  sort: readonly Sort[];
  picked: 'none' | 'some' | 'all';
  actions: ColumnActions;
  onPickAll: () => void;
}

function Header({ columns, sort, picked, actions, onPickAll }: GridHeaderProps) {
  const [draggedKey, setDraggedKey] = useState<string | null>(null);
  const [overKey, setOverKey] = useState<string | null>(null);
  const setDragged: Dragging['setDragged'] = (dragged, over) => {
    setDraggedKey(dragged);
    setOverKey(over);
  };
  return (
    <div role="row" aria-rowindex={1} className="rigid tiny medium dim on-bg grid-head">
      <div role="columnheader" aria-colindex={1} className="head-cell grid-check">
        <Checkbox
          aria-label={say('commands:record.pickAll')}
          checked={picked === 'all'}
          indeterminate={picked === 'some'}
          onChange={onPickAll}
        />
      </div>
      {columns.map((column, index) => (
        <HeadCell
          key={column.key}
          column={column}
          index={index}
          columns={columns}
          sort={sort.find((columnSort) => columnSort.field === column.key)}
          actions={actions}
          dragging={{ draggedKey, overKey, setDragged }}
        />
      ))}
    </div>
  );
}

export const GridHeader = memo(Header);
