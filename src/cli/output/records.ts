import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { shownTitles, titlesKey } from '#shared/domain/references.ts';
import { nameField } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { labelOf, typeNoun, capitalise, formatTime } from '../format.ts';
import { truncateText } from './table.ts';
import type { Column } from './table.ts';
import { stateFields } from '#shared/domain/states.ts';

/** Formats a value; '' for absent and null. */
export function fieldValueText(value: Json | undefined, unit?: Field['unit']): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return JSON.stringify(value);
  return unit === 'percent' ? `${value} %` : String(value);
}

function cellFormatter(field: Field): (record: EntityRecord) => string {
  const titleKey = titlesKey(field);
  if (field.kind === 'references') return ({ derived }) => shownTitles(derived[titleKey]).join(', ');
  if (field.kind !== 'reference') return ({ payload }) => fieldValueText(payload[field.key], field.unit);
  return ({ payload, derived }) => fieldValueText(derived[titleKey] ?? payload[field.key]);
}

const alignmentOf = (field: Field): Pick<Column<EntityRecord>, 'align'> =>
  field.kind === 'number' ? { align: 'right' } : {};

export function recordColumns(type: EntityType): Column<EntityRecord>[] {
  const name = nameField(type);
  const state = stateFields[type];
  const fields = fieldsOf(type).filter(
    ({ kind, key }) => kind !== 'longtext' && kind !== 'json' && key !== name,
  );
  return [
    { title: 'ID', cell: ({ id }) => id },
    ...(name ? [{ title: 'Name', cell: ({ title }: EntityRecord) => truncateText(title, 60) }] : []),
    ...fields.map((field) => ({
      title: labelOf(field.key),
      ...alignmentOf(field),
      cell: cellFormatter(field),
    })),
    ...(state
      ? [
          {
            title: labelOf(state.key),
            cell: ({ derived }: EntityRecord) => fieldValueText(derived[state.key]),
          },
        ]
      : []),
    { title: 'Deleted', cell: ({ deleted_at }) => (deleted_at ? formatTime(deleted_at) : '') },
  ];
}

/** Formats one record: its title, a line per field with known ones first, and computed values. */
export function recordLines(record: EntityRecord): string[] {
  const { type, id, title, payload, derived } = record;
  const fields = fieldsOf(type);
  const knownKeys = new Set(fields.map(({ key }) => key));
  const pairs: (readonly [string, string])[] = [
    ...fields
      .filter(({ key }) => Object.hasOwn(payload, key))
      .map((field) => [labelOf(field.key), fieldText(field, record)] as const),
    ...Object.entries(payload)
      .filter(([key]) => !knownKeys.has(key))
      .map(([key, value]) => [key, fieldValueText(value) || 'none'] as const),
    ...Object.entries(derived)
      .filter(([key]) => !/_titles?$/.test(key))
      .map(([key, value]) => [labelOf(key), fieldValueText(value) || 'unknown'] as const),
    ['Created', formatTime(record.created_at)],
    ['Changed', formatTime(record.updated_at)],
    ...(record.deleted_at ? [['Deleted', formatTime(record.deleted_at)] as const] : []),
  ];
  const width = Math.max(...pairs.map(([label]) => label.length));
  return [
    title || id,
    `${capitalise(typeNoun(type))} ${id}`,
    '',
    ...pairs.flatMap(([label, text]) =>
      text.split(/\r?\n/).map((line, index) => `  ${(index === 0 ? label : '').padEnd(width)}  ${line}`),
    ),
  ];
}

function fieldText(field: Field, record: EntityRecord): string {
  const text = cellFormatter(field)(record);
  const id = record.payload[field.key];
  if (field.kind !== 'reference' || typeof id !== 'string') return text || 'none';
  return text === id ? id : `${text} (${id})`;
}

/** Mentions a record in a sentence: `team "Flight software" (team_1)`. */
export function recordMention({ type, id, title }: Pick<EntityRecord, 'type' | 'id' | 'title'>): string {
  return title ? `${typeNoun(type)} "${title}" (${id})` : `${typeNoun(type)} ${id}`;
}
