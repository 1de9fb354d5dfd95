import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { numberLocale } from '../../../text/formats.ts';
import { choiceName } from '../../../text/names.ts';
import type { Column } from '../columns.ts';
import { editedAs } from '../own/edited.ts';
import { formatNumber } from './number.ts';

/** A stored value as text that `parseValue` reads back; references are their ids. */
export function valueAsText(value: Json | undefined, field: Pick<Field, 'kind'>): string {
  if (value === undefined || value === null) return '';
  if (field.kind === 'json') return JSON.stringify(value);
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  if (typeof value === 'boolean') return say(value ? 'common:yes' : 'common:no');
  if (typeof value !== 'string') return JSON.stringify(value);
  return field.kind === 'choice' ? choiceName(value) : value;
}

function referenceText(record: EntityRecord, key: string): string {
  const id = record.payload[key];
  const title = record.derived[`${key.replace(/_id$/, '')}_title`];
  if (typeof title === 'string' && title !== '') return title;
  return typeof id === 'string' ? id : '';
}

const moments: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'deleted_at']);

/** A cell as text that another program understands, and that can be pasted again: titles for references, plain numbers. */
export function cellText(record: EntityRecord, { key, field }: Pick<Column, 'key' | 'field'>): string {
  if (field?.kind === 'reference') return referenceText(record, key);
  if (field) return valueAsText(record.payload[field.key], editedAs(field, record.payload[field.key]));
  if (moments.has(key)) return record[key as 'created_at' | 'updated_at' | 'deleted_at'] ?? '';
  const value = record.derived[key];
  return valueAsText(value, { kind: typeof value === 'string' ? 'choice' : 'number' });
}
