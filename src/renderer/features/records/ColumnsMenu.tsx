import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconGripVertical, IconLayoutColumns, IconPin, IconPinFilled } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { closeOnEscape } from '../../ui/escape.ts';
import { Floating } from '../../ui/Floating.tsx';
import { QuietButton } from '../../ui/QuietButton.tsx';
import type { Column } from './columns.ts';
import type { Columns } from './grid/useColumns.ts';
import styles from './narrowing.module.css';

interface LineProps {
  column: Column;
  columns: Columns;
  shown: boolean;
  among: readonly string[];
  pinned: boolean;
  target: boolean;
  onDrag: (key: string | null) => void;
  onOver: (key: string) => void;
  onDrop: () => void;
}

function onMoveKey(event: KeyboardEvent<HTMLElement>, move: (step: number) => void): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.altKey) {
    move(step);
    return;
  }
  const lines = [...(event.currentTarget.closest('.columns-menu')?.querySelectorAll('.columns-line') ?? [])];
  const next = lines[lines.indexOf(event.currentTarget) + step];
  next?.querySelector<HTMLElement>('input:not(:disabled), button')?.focus();
}

function Line({ column, columns, shown, among, pinned, target, onDrag, onOver, onDrop }: LineProps) {
  const { t } = useTexts('grid');
  const { key, label, naming } = column;
  const Pin = pinned ? IconPinFilled : IconPin;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears keys and drops for the controls in it
    <li
      className={`columns-line${target ? ` ${styles.target}` : ''}`}
      onKeyDown={(event) => onMoveKey(event, (step) => shown && columns.move(key, step))}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        onOver(key);
      }}
      onDrop={onDrop}
    >
      <span
        className={`middle faint ${styles.grip}`}
        draggable={shown}
        aria-hidden
        title={t('columnsMenu.move', { field: label })}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', label);
          onDrag(key);
        }}
        onDragEnd={() => onDrag(null)}
      >
        {shown && <IconGripVertical size={14} stroke={1.6} />}
      </span>
      <Checkbox
        size="xs"
        className={styles.check}
        label={label}
        checked={shown}
        disabled={naming}
        title={naming ? t('columnsMenu.always') : undefined}
        onChange={() => columns.toggle(key, among)}
      />
      {shown && (
        <ActionIcon
          size={24}
          aria-pressed={pinned}
          aria-label={t(pinned ? 'columnsMenu.unpin' : 'columnsMenu.pin', { field: label })}
          title={t(pinned ? 'columnsMenu.unpin' : 'columnsMenu.pin', { field: label })}
          onClick={() => columns.pin(key, !pinned)}
        >
          <Pin size={14} stroke={1.6} />
        </ActionIcon>
      )}
    </li>
  );
}

/** Whether columns were reordered or reset, rather than one shown or hidden. */
function dropped(before: Columns['placed'], now: Columns['placed']): boolean {
  const keys = (some: Columns['placed'], others: Columns['placed']): string =>
    some.flatMap(({ key }) => (others.some((other) => other.key === key) ? key : [])).join('\n');
  return keys(before, now) !== keys(now, before) || Math.abs(before.length - now.length) > 1;
}

/** The rows of the menu: shown columns, then hidden ones, custom fields last. */
function linesOf({ placed, all }: Columns): readonly (readonly string[])[] {
  const shown = new Set(placed.map(({ key }) => key));
  const hidden = all.filter(({ key }) => !shown.has(key));
  const own = (isOwnField: boolean): string[] =>
    hidden.filter(({ field }) => (field?.own === true) === isOwnField).map(({ key }) => key);
  return [[...shown, ...own(false)], own(true)];
}

function Lines({ columns }: { columns: Columns }) {
  const { t } = useTexts('grid');
  const heading = useId();
  const [over, setOver] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  // Rows keep their position while they are ticked, or the next click would hit another one. Moving a column sorts them.
  const [kept, setKept] = useState(() => linesOf(columns));
  const [moved, setMoved] = useState(columns.placed);
  if (moved !== columns.placed && dropped(moved, columns.placed)) setKept(linesOf(columns));
  if (moved !== columns.placed) setMoved(columns.placed);
  const shown = new Map(columns.placed.map((column) => [column.key, column]));
  const among = kept.flat();
  const [first = [], own = []] = kept.map((keys) =>
    keys.flatMap((key) => shown.get(key) ?? columns.all.find((column) => column.key === key) ?? []),
  );
  const late = columns.all.filter(({ key }) => !among.includes(key));
  const drop = (): void => {
    if (dragged !== null && over !== null) columns.place(dragged, over);
    setOver(null);
  };
  const line = (column: Column) => (
    <Line
      key={column.key}
      column={column}
      columns={columns}
      shown={shown.has(column.key)}
      among={among}
      pinned={(shown.get(column.key)?.pin ?? null) !== null}
      target={over === column.key && dragged !== null}
      onDrag={(key) => {
        setDragged(key);
        if (key === null) setOver(null);
      }}
      onOver={setOver}
      onDrop={drop}
    />
  );
  return (
    <>
      <p className={`tiny dim ${styles.hint}`}>{t('grid:columnsMenu.hint')}</p>
      <ul className="stack gap-2 mb-8">{first.map(line)}</ul>
      {own.length + late.length > 0 && (
        <>
          <p className={`tiny medium dim ${styles.fieldsHeading}`} id={heading} title={t('own:tip')}>
            {t('network:fieldsOf.own')}
          </p>
          <ul className="stack gap-2 mb-8" aria-labelledby={heading}>
            {[...own, ...late].map(line)}
          </ul>
        </>
      )}
      <Button fullWidth variant="subtle" color="gray" disabled={!columns.chosen} onClick={columns.reset}>
        {t('commands:list.resetColumns')}
      </Button>
    </>
  );
}

export function ColumnsMenu({ columns }: { columns: Columns }) {
  const { t } = useTexts('grid');
  const [opened, setOpened] = useState(false);
  const close = (): void => setOpened(false);
  return (
    <Floating opened={opened} onChange={setOpened} position="bottom-end" width={272}>
      <Popover.Target>
        <QuietButton
          icon={IconLayoutColumns}
          aria-label={t('columns')}
          title={t('columns')}
          onClick={() => setOpened(!opened)}
          onKeyDown={closeOnEscape(close, opened)}
        >
          {t('columns')}
        </QuietButton>
      </Popover.Target>
      <Popover.Dropdown className="columns-menu" aria-label={t('columns')} onKeyDown={closeOnEscape(close)}>
        <Lines columns={columns} />
      </Popover.Dropdown>
    </Floating>
  );
}
