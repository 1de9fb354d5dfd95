import type { Json } from './json.ts';
import type { AuditedType } from './types.ts';

/** The fields that say what a record without a name is about. */
const toldBy: Readonly<Partial<Record<AuditedType, string>>> = {
  outcome: 'outcome_type',
  contact: 'date',
  comment: 'text',
};

/** Characters of a comment that name it. */
const commentTitle = 80;

/** The field that names a record of the type, or null when it is named by what it joins, says or belongs to (interface, outcome, position). */
export function nameField(type: AuditedType): 'name' | 'factor_name' | null {
  if (type === 'interface' || type === 'position' || type in toldBy) return null;
  return type === 'risk-factor' ? 'factor_name' : 'name';
}

/** The field that says what a record of the type is called: its name, or what it is about. Null for a link and a position. */
export const titleField = (type: AuditedType): string | null => nameField(type) ?? toldBy[type] ?? null;

/** What a person calls the record; '' when its payload does not say. */
export function titleOf(type: AuditedType, payload: Readonly<Record<string, Json>>): string {
  const value = payload[titleField(type) ?? ''];
  if (typeof value !== 'string') return '';
  return type === 'comment'
    ? Array.from(value.slice(0, 2 * commentTitle).replaceAll('\n', ' '))
        .slice(0, commentTitle)
        .join('')
    : value;
}
