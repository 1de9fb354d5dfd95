/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are drawn only on the screen cannot be a table's */
import { IconArrowDown, IconArrowUp, IconChevronDown, IconPin } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '#shared/contract/entities.ts';
import type { PlacedColumn } from '../place.ts';
import { ColumnEdge } from './ColumnEdge.tsx';
import type { ColumnDeeds } from './column-deeds.ts';
import { HeadMenu } from './HeadMenu.tsx';

interface Props {
  column: PlacedColumn;
  index: number;
  columns: readonly PlacedColumn[];
  order: Sort | undefined;
  deeds: ColumnDeeds;
  /** A column is being dragged over this one. */
  target: boolean;
  /** The pointer goes down on the heading: perhaps it drags the column. */
  onGrab: (key: string, x: number) => void;
  /** True while a drag has just ended: the click that comes with it sorts nothing. */
  wasDragged: () => boolean;
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

/** From this width in px on a heading has room to say that its column stays in sight. */
const roomForPin = 96;

/** How far an arrow key with Shift widens a column, in px. */
const step = 16;

/** One heading: a click sorts, the edge widens, dragging moves it, and a menu has the rest. */
export function HeadCell({ column, index, columns, order, deeds, target, onGrab, wasDragged }: Props) {
  const { t } = useTranslation('grid');
  const [menu, setMenu] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const Arrow = order?.direction === 'desc' ? IconArrowDown : IconArrowUp;
  const onKeyDown = (event: KeyboardEvent): void => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const opens =
      event.key === 'ArrowDown' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (opens) setMenu(true);
    else if (way && event.altKey) deeds.move(column.key, way);
    else if (way && event.shiftKey) deeds.resize(column.key, column.size + way * step);
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
      className={`head-cell${column.end ? ' cell-end' : ''}${column.pin === null ? '' : ' cell-pinned'}${target ? ' head-target' : ''}`}
      style={{ width: column.size, ...(column.pin === null ? {} : { left: column.pin }) }}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setMenu(true);
      }}
    >
      <button
        ref={button}
        type="button"
        className="head-button"
        aria-haspopup="menu"
        aria-expanded={menu}
        title={
          column.sortable ? t('sortBy', { field: column.label }) : t('headMenu', { field: column.label })
        }
        onPointerDown={(event) => {
          if (event.button === 0) onGrab(column.key, event.clientX);
        }}
        onClick={(event) => {
          if (wasDragged()) return;
          if (column.sortable) deeds.sort(column.key, event.shiftKey);
          else setMenu(true);
        }}
        onKeyDown={onKeyDown}
      >
        {label}
      </button>
      {column.pin !== null && !column.naming && column.size >= roomForPin && (
        <IconPin className="head-pin" size={12} stroke={1.8} aria-label={t('pinned')} />
      )}
      <span className="head-menu" aria-hidden onClick={() => setMenu((opened) => !opened)}>
        <IconChevronDown size={14} stroke={1.8} />
      </span>
      {menu && (
        <HeadMenu
          column={column}
          deeds={deeds}
          fit={() => deeds.fit(button.current, column.key, index)}
          onClose={(back) => {
            setMenu(false);
            if (back) button.current?.focus();
          }}
        />
      )}
      <ColumnEdge column={column} before={columns.slice(0, index)} onResize={deeds.resize} />
    </div>
  );
}
