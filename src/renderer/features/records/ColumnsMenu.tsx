import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconGripVertical, IconLayoutColumns, IconPin, IconPinFilled } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { FloatingPanel } from '../../ui/FloatingPanel.tsx';
import { QuietButton } from '../../ui/QuietButton.tsx';
import type { Column } from './columns.ts';
import type { Columns } from './grid/useColumns.ts';
import styles from './narrowing.module.css';

interface ColumnLineProps {
  column: Column;
  columns: Columns;
  isShown: boolean;
  order: readonly string[];
  isPinned: boolean;
  isTarget: boolean;
  onDrag: (key: string | null) => void;
  onDragOverLine: (key: string) => void;
  onDrop: () => void;
}

function onArrowKey(event: KeyboardEvent<HTMLElement>, move: (step: number) => void): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.altKey) {
    move(step);
    return;
  }
  const lines = [...(event.currentTarget.closest('.columns-menu')?.querySelectorAll('.columns-line') ?? [])];
  const nextLine = lines[lines.indexOf(event.currentTarget) + step];
  nextLine?.querySelector<HTMLElement>('input:not(:disabled), button')?.focus();
}

function ColumnLine({
  column,
  columns,
  isShown,
  order,
  isPinned,
  isTarget,
  onDrag,
  onDragOverLine,
  onDrop,
}: ColumnLineProps) {
  const { t } = useTexts('grid');
  const { key, label, isNaming } = column;
  const Pin = isPinned ? IconPinFilled : IconPin;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears keys and drops for the controls in it
    <li
      className={`columns-line${isTarget ? ` ${styles.target}` : ''}`}
      onKeyDown={(event) => onArrowKey(event, (step) => isShown && columns.move(key, step))}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        onDragOverLine(key);
      }}
      onDrop={onDrop}
    >
      <span
        className={`middle faint ${styles.grip}`}
        draggable={isShown}
        aria-hidden
        title={t('columnsMenu.move', { field: label })}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', label);
          onDrag(key);
        }}
        onDragEnd={() => onDrag(null)}
      >
        {isShown && <IconGripVertical size={14} stroke={1.6} />}
      </span>
      <Checkbox
        className={styles.check}
        label={label}
        checked={isShown}
        disabled={isNaming}
        title={isNaming ? t('columnsMenu.always') : undefined}
        onChange={() => columns.toggle(key, order)}
      />
      {isShown && (
        <ActionIcon
          size={24}
          aria-pressed={isPinned}
          aria-label={t(isPinned ? 'columnsMenu.unpin' : 'columnsMenu.pin', { field: label })}
          title={t(isPinned ? 'columnsMenu.unpin' : 'columnsMenu.pin', { field: label })}
          onClick={() => columns.pin(key, !isPinned)}
        >
          <Pin size={14} stroke={1.6} />
        </ActionIcon>
      )}
    </li>
  );
}

/** Whether columns were moved or reset; false if one was only shown or hidden. */
function isReordered(before: Columns['placed'], now: Columns['placed']): boolean {
  const commonKeys = (columns: Columns['placed'], others: Columns['placed']): string =>
    columns.flatMap(({ key }) => (others.some((other) => other.key === key) ? key : [])).join('\n');
  return commonKeys(before, now) !== commonKeys(now, before) || Math.abs(before.length - now.length) > 1;
}

/** The keys of the two lists in the menu: the shown columns with hidden declared fields, and hidden custom fields. */
function menuKeys({ placed, all }: Columns): readonly (readonly string[])[] {
  const shownKeys = new Set(placed.map(({ key }) => key));
  const hidden = all.filter(({ key }) => !shownKeys.has(key));
  const hiddenKeys = (isCustom: boolean): string[] =>
    hidden.filter(({ field }) => (field?.own === true) === isCustom).map(({ key }) => key);
  return [[...shownKeys, ...hiddenKeys(false)], hiddenKeys(true)];
}

function ColumnLines({ columns }: { columns: Columns }) {
  const { t } = useTexts('grid');
  const headingId = useId();
  const [overKey, setOverKey] = useState<string | null>(null);
  const [draggedKey, setDraggedKey] = useState<string | null>(null);
  // Showing or hiding a column keeps the order of the rows, or the next click would hit another row. Moving a column sorts them.
  const [keyLists, setKeyLists] = useState(() => menuKeys(columns));
  const [lastPlaced, setLastPlaced] = useState(columns.placed);
  if (lastPlaced !== columns.placed && isReordered(lastPlaced, columns.placed))
    setKeyLists(menuKeys(columns));
  if (lastPlaced !== columns.placed) setLastPlaced(columns.placed);
  const shownColumns = new Map(columns.placed.map((column) => [column.key, column]));
  const order = keyLists.flat();
  const [mainColumns = [], customColumns = []] = keyLists.map((keys) =>
    keys.flatMap((key) => shownColumns.get(key) ?? columns.all.find((column) => column.key === key) ?? []),
  );
  const newColumns = columns.all.filter(({ key }) => !order.includes(key));
  const drop = (): void => {
    if (draggedKey !== null && overKey !== null) columns.moveTo(draggedKey, overKey);
    setOverKey(null);
  };
  const renderLine = (column: Column) => (
    <ColumnLine
      key={column.key}
      column={column}
      columns={columns}
      isShown={shownColumns.has(column.key)}
      order={order}
      isPinned={(shownColumns.get(column.key)?.pin ?? null) !== null}
      isTarget={overKey === column.key && draggedKey !== null}
      onDrag={(key) => {
        setDraggedKey(key);
        if (key === null) setOverKey(null);
      }}
      onDragOverLine={setOverKey}
      onDrop={drop}
    />
  );
  return (
    <>
      <p className={`tiny dim ${styles.hint}`}>{t('grid:columnsMenu.hint')}</p>
      <ul className="stack gap-2 mb-8">{mainColumns.map(renderLine)}</ul>
      {customColumns.length + newColumns.length > 0 && (
        <>
          <p className={`tiny medium dim ${styles.fieldsHeading}`} id={headingId} title={t('own:tip')}>
            {t('network:fieldsOf.own')}
          </p>
          <ul className="stack gap-2 mb-8" aria-labelledby={headingId}>
            {[...customColumns, ...newColumns].map(renderLine)}
          </ul>
        </>
      )}
      <Button
        fullWidth
        variant="subtle"
        color="gray"
        disabled={!columns.isCustomised}
        onClick={columns.reset}
      >
        {t('commands:list.resetColumns')}
      </Button>
    </>
  );
}

export function ColumnsMenu({ columns }: { columns: Columns }) {
  const { t } = useTexts('grid');
  const [opened, setOpened] = useState(false);
  return (
    <FloatingPanel
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={272}
      renderButton={(button) => (
        <QuietButton {...button} icon={IconLayoutColumns} aria-label={t('columns')} title={t('columns')}>
          {t('columns')}
        </QuietButton>
      )}
      dropdown={{ className: 'columns-menu', 'aria-label': t('columns') }}
    >
      <ColumnLines columns={columns} />
    </FloatingPanel>
  );
}
