import type { ClipboardEvent } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { say } from '../../../i18n/setup.ts';
import { titleOr } from '../../../text/names.ts';
import { valueText } from '../../../text/values.ts';
import { report } from '../../../ui/notices.tsx';
import type { Column } from '../columns.ts';
import { saveField } from '../data/save.ts';
import type { Rows } from '../data/useRows.ts';
import type { Cursor } from './keys.ts';
import { useGrid } from './state.ts';

/** A cell as text that another program understands: names for references, plain numbers. */
export function cellText(record: EntityRecord, column: Column): string {
  const { key, field } = column;
  const value = field ? record.payload[key] : record.derived[key];
  if (field?.kind === 'reference') {
    const title = record.derived[`${key.replace(/_id$/, '')}_title`];
    return typeof title === 'string' ? title : '';
  }
  if (typeof value === 'number') return String(value);
  if (key === 'created_at' || key === 'updated_at' || key === 'deleted_at') return record[key] ?? '';
  return value === undefined || value === null ? '' : valueText(value, field);
}

const oneLine = (text: string): string => text.replaceAll(/[\t\r\n]+/g, ' ');

/** Ctrl C: the picked rows with their column names, or the cell under the cursor. */
export function copyCells(
  event: ClipboardEvent,
  rows: Rows,
  columns: readonly Column[],
  cursor: Cursor,
): void {
  if (event.target !== event.currentTarget) return;
  const { picked } = useGrid.getState();
  const record = rows.at(cursor.row);
  const column = columns[cursor.column];
  const lines =
    picked.size > 0
      ? [
          columns.map(({ label }) => label),
          ...[...picked.values()].map((one) => columns.map((each) => oneLine(cellText(one, each)))),
        ]
      : record && column
        ? [[cellText(record, column)]]
        : [];
  if (lines.length === 0) return;
  event.preventDefault();
  event.clipboardData.setData('text/plain', lines.map((cells) => cells.join('\t')).join('\n'));
}

/** Ctrl V: the text becomes the value of the cell under the cursor. */
export function pasteCell(
  event: ClipboardEvent,
  rows: Rows,
  columns: readonly Column[],
  cursor: Cursor,
): void {
  if (event.target !== event.currentTarget) return;
  const record = rows.at(cursor.row);
  const column = columns[cursor.column];
  if (!record || !column?.field || column.field.kind === 'reference') return;
  event.preventDefault();
  const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
  const { field, label } = column;
  const failed = say('grid:editFailed', { field: label, title: titleOr(record.title, record.type) });
  void saveField(record, field, text).then((saved) => {
    if (saved.state === 'failed') report(saved.error, failed);
    if (saved.state === 'invalid') report(new Error(saved.message), failed);
  });
}
