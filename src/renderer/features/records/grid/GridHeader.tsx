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
import { cellPlace } from './GridRow.tsx';
import { HeadMenu } from './HeadMenu.tsx';
import { fitWidth } from './column-actions.ts';
import { capitalised } from '../../../text/names.ts';
import styles from './head.module.css';

interface Props {
  column: PlacedColumn;
  before: readonly PlacedColumn[];
  onResize: (key: string, width: number | null) => void;
}

/** The resize handle of a column: dragging sets the width, a double click fits it to the content. */
export function ColumnEdge({ column, before, onResize }: Props) {
  const { t } = useTexts('grid');
  const drag = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const start = event.clientX;
    let held = false;
    followPointer(event, (at) => {
      // Fixes the widths of earlier columns, which would otherwise move the handle away from the pointer.
      if (!held) for (const { key, size } of before) onResize(key, size);
      held = true;
      onResize(column.key, column.size + at.clientX - start);
    });
  };
  const fit = (event: MouseEvent<HTMLSpanElement>): void => {
    const grid = event.currentTarget.closest('.grid');
    if (grid) onResize(column.key, fitWidth(grid, column.key, before.length));
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
  order: Sort | undefined;
  actions: ColumnActions;
  dragging: Dragging;
}

interface Dragging {
  from: string | null;
  over: string | null;
  drag: (from: string | null, over: string | null) => void;
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

/** From this width in px, a heading has room for the pin icon. */
const roomForPin = 96;

/** Px by which an arrow key with Shift widens a column. */
const step = 16;

function HeadCell({ column, index, columns, order, actions, dragging }: HeadCellProps) {
  const { t } = useTexts('grid');
  const { from, over, drag } = dragging;
  const target = over === column.key && from !== column.key;
  const [menu, setMenu] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const Arrow = order?.direction === 'desc' ? IconArrowDown : IconArrowUp;
  const onKeyDown = (event: KeyboardEvent): void => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const opens =
      event.key === 'ArrowDown' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (opens) setMenu(true);
    else if (way && event.altKey) actions.move(column.key, way);
    else if (way && event.shiftKey) actions.resize(column.key, column.size + way * step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const label: ReactNode = (
    <>
      <span className="cut">{column.label}</span>
      {order && <Arrow size={14} stroke={1.8} aria-hidden />}
    </>
  );
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the button in it has the focus
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={column.sortable ? (order ? ariaSort[order.direction] : 'none') : undefined}
      data-head={column.key}
      className={`head-cell${column.end ? ' cell-end' : ''}${column.pin === null ? '' : ' cell-pinned'}${target ? ` ${styles.target}` : ''}`}
      style={cellPlace(column)}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setMenu(true);
      }}
      onDragOver={(event) => {
        if (from === null) return;
        event.preventDefault();
        if (over !== column.key) drag(from, column.key);
      }}
      onDrop={() => from !== null && target && actions.place(from, column.key)}
    >
      <button
        ref={button}
        type="button"
        className="grow inline gap-2 px-4 head-button"
        aria-haspopup="menu"
        aria-expanded={menu}
        title={
          column.sortable ? t('sortBy', { field: column.label }) : t('headMenu', { field: column.label })
        }
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', column.label);
          drag(column.key, null);
        }}
        onDragEnd={() => drag(null, null)}
        onClick={(event) => {
          if (column.sortable) actions.sort(column.key, event.shiftKey);
          else setMenu(true);
        }}
        onKeyDown={onKeyDown}
      >
        {label}
      </button>
      {column.pin !== null && !column.naming && column.size >= roomForPin && (
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
        onClick={() => setMenu((opened) => !opened)}
      >
        <IconChevronDown size={14} stroke={1.8} />
      </span>
      {menu && (
        <HeadMenu
          column={column}
          actions={actions}
          fit={() => actions.fit(button.current, column.key, index)}
          onClose={(back) => {
            setMenu(false);
            if (back) button.current?.focus();
          }}
        />
      )}
      <ColumnEdge column={column} before={columns.slice(0, index)} onResize={actions.resize} />
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
  const [{ from, over }, setDragged] = useState<Pick<Dragging, 'from' | 'over'>>({ from: null, over: null });
  const drag: Dragging['drag'] = (next, above) => setDragged({ from: next, over: above });
  return (
    <div role="row" aria-rowindex={1} className="rigid tiny medium dim on-bg grid-head">
      <div role="columnheader" aria-colindex={1} className="head-cell grid-check">
        <Checkbox
          size="xs"
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
          order={sort.find((one) => one.field === column.key)}
          actions={actions}
          dragging={{ from, over, drag }}
        />
      ))}
    </div>
  );
}

export const GridHeader = memo(Header);
