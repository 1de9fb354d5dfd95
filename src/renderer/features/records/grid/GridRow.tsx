/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/role-supports-aria-props -- rows that are drawn only on the screen cannot be a table; a gridcell may be read-only (ARIA 1.2) */
import type { MouseEvent } from 'react';
import { IconLayoutSidebarRight, IconLock } from '@tabler/icons-react';
import { memo, useContext } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { draftKeyOf, useDraft } from '../../../stores/drafts.ts';
import { TabContext } from '../../../stores/tabs/store.ts';
import { displayTitle } from '../../../text/names.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { editedField } from '../columns.ts';
import { CellContent } from './CellContent.tsx';
import { CellEditor, EditInPanel, UnsavedCell } from './CellEditor.tsx';

const isTruncated = (element: Element): boolean => element.scrollWidth > element.clientWidth;

function showTruncatedText({ target }: MouseEvent): void {
  const cell = target instanceof Element ? target.closest('[role="gridcell"][data-column]') : null;
  if (!cell || cell.querySelector('input')) return;
  const parts = cell.querySelectorAll('.cell-main, .cell-aside');
  const texts = parts.length > 0 ? [...parts].map((part) => part.textContent) : [cell.textContent];
  if (isTruncated(cell) || [...cell.querySelectorAll('span')].some(isTruncated))
    cell.setAttribute('title', texts.join(' · '));
  else cell.removeAttribute('title');
}

interface Props {
  record: EntityRecord;
  row: number;
  top: number;
  columns: readonly PlacedColumn[];
  /** Column of the cursor if it is in this row, else -1. */
  cursorColumn: number;
  isPicked: boolean;
  isOpen: boolean;
  editing: { text: string | null } | null;
  /** First and last selected column of a range over this row, else -1. */
  rangeLeft: number;
  rangeRight: number;
  /** Classes of the upper and lower edge of the range, if in this row. */
  rangeEdges: string;
  refusal: string | null;
  level?: number | undefined;
}

const cellClass = (column: PlacedColumn): string =>
  `grid-cell${column.isEndAligned ? ' cell-end num' : ''}${column.isNaming ? ' cell-naming' : ''}${column.pin === null ? '' : ' cell-pinned'}`;

export const cellStyle = ({ size, pin }: PlacedColumn) => ({
  width: size,
  ...(pin === null ? {} : { left: pin }),
});

function rangeClass(
  index: number,
  { rangeLeft, rangeRight, rangeEdges }: Pick<Props, 'rangeLeft' | 'rangeRight' | 'rangeEdges'>,
): string {
  if (index < rangeLeft || index > rangeRight) return '';
  return ` cell-in ${rangeEdges}${index === rangeLeft ? ' range-left' : ''}${index === rangeRight ? ' range-right' : ''}`;
}

/** The element id of a cell, for aria-activedescendant. Two tabs can show a grid side by side. */
export function cellId(tab: string | null, row: number, column: number): string {
  return tab === null ? `cell-${row}-${column}` : `${tab}-cell-${row}-${column}`;
}

function Row(props: Props) {
  const { record, row, top, columns, cursorColumn, isPicked, isOpen, editing, refusal, level } = props;
  const { rangeLeft, rangeRight } = props;
  const { t } = useTexts('grid');
  const tab = useContext(TabContext);
  const draft = useDraft(draftKeyOf.record(record.id));
  const title = displayTitle(record.title, record.type);
  const rowClasses = [
    isPicked && 'row-picked',
    rangeLeft >= 0 && 'row-ranged',
    isOpen && 'row-open',
    cursorColumn >= 0 && 'row-at',
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isPicked}
      aria-level={level}
      className={`on-bg absolute grid-row ${rowClasses}`}
      data-row={row}
      style={{ transform: `translateY(${top}px)` }}
      onPointerOver={showTruncatedText}
    >
      <div role="gridcell" aria-colindex={1} className="grid-cell grid-check" data-column="check">
        {/* The browser's own checkbox: with Mantine's in each of forty rows, a list would open noticeably slower. */}
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isPicked}
          readOnly
          aria-label={t('selectRow', { title })}
          className="stack on-bg row-check"
        />
      </div>
      {columns.map((column, index) => {
        // Unsaved input of the open record is shown in the panel.
        const field = editedField(column);
        const draftValue = column.field && !isOpen ? draft[column.field.key] : undefined;
        return (
          <div
            key={column.key}
            id={cellId(tab, row, index)}
            role="gridcell"
            aria-colindex={index + 2}
            aria-selected={rangeLeft >= 0 ? index >= rangeLeft && index <= rangeRight : isPicked || undefined}
            aria-readonly={(refusal !== null && field) || (column.field && !field) ? true : undefined}
            data-column={index}
            className={`${cellClass(column)}${index === cursorColumn ? ' cell-at' : ''}${rangeClass(index, props)}`}
            style={cellStyle(column)}
          >
            {editing && index === cursorColumn && field ? (
              field.kind === 'references' ? (
                <EditInPanel record={record} />
              ) : (
                <CellEditor record={record} column={column} field={field} text={editing.text} />
              )
            ) : draftValue !== undefined ? (
              <UnsavedCell record={record} raw={draftValue as string | boolean | null} column={column} />
            ) : (
              <CellContent record={record} column={column} />
            )}
            {refusal !== null && index === cursorColumn && field && (
              <span className="cell-lock" title={refusal}>
                <IconLock size={13} stroke={1.8} aria-label={refusal} />
              </span>
            )}
            {column.isNaming && !editing && (
              <span
                className="center middle dim on-bg pointer row-opener"
                data-open
                aria-hidden
                title={t('openRow', { title })}
              >
                <IconLayoutSidebarRight size={15} stroke={1.6} />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

export const GridRow = memo(Row);

/** The width of a placeholder in per cent; it varies like text. */
const placeholderPercent = (row: number, column: number): number => 45 + ((row * 17 + column * 29) % 40);

export const LoadingRow = memo(function LoadingRow({
  row,
  top,
  columns,
}: Pick<Props, 'row' | 'top' | 'columns'>) {
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-busy
      className="on-bg absolute grid-row"
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="presentation" className="grid-cell grid-check" />
      {columns.map((column, index) => (
        <div key={column.key} role="presentation" className={cellClass(column)} style={cellStyle(column)}>
          <span
            className="block on-hover bone"
            style={{ width: `${column.isEndAligned ? 40 : placeholderPercent(row, index)}%` }}
          />
        </div>
      ))}
    </div>
  );
});
