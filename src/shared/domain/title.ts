import type { Json } from './json.ts';
import type { AuditedType } from './types.ts';

const descriptionFields: Readonly<Partial<Record<AuditedType, string>>> = {
  outcome: 'outcome_type',
  contact: 'date',
  comment: 'text',
};

/** Characters of a comment that serve as its title. */
const maxCommentTitle = 80;

/** The field with a record's name; null for types without one, such as interface, outcome and comment. */
export function nameField(type: AuditedType): 'name' | 'factor_name' | null {
  if (type === 'interface' || type === 'position' || type in descriptionFields) return null;
  return type === 'risk-factor' ? 'factor_name' : 'name';
}

/** The field with a record's title: its name or its description. Null for links and positions. */
export const titleField = (type: AuditedType): string | null =>
  nameField(type) ?? descriptionFields[type] ?? null;

/** The title of a record; '' if its payload has none. */
export function titleOf(type: AuditedType, payload: Readonly<Record<string, Json>>): string {
  const value = payload[titleField(type) ?? ''];
  if (typeof value !== 'string') return '';
  return type === 'comment'
    ? Array.from(value.slice(0, 2 * maxCommentTitle).replaceAll('\n', ' '))
        .slice(0, maxCommentTitle)
        .join('')
    : value;
}
