import type { Json } from './json.ts';
import type { AuditedType } from './types.ts';

const descriptionFields: Readonly<Partial<Record<AuditedType, string>>> = {
  outcome: 'outcome_type',
  contact: 'date',
  comment: 'text',
};

/** Characters of a comment that serve as its title. */
const maxCommentTitle = 80;
/** Characters of a link's description that its title shows. */
const maxLinkDescription = 60;

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
  return type === 'comment' ? firstCharacters(value, maxCommentTitle) : value;
}

/** "Radio → Camera · frame formats": the titles of both ends and the description, because parallel links have the same ends. */
export function linkTitle(from: string, to: string, description?: Json): string {
  const shownDescription = shortDescription(description);
  return `${from} → ${to}${shownDescription === null ? '' : ` · ${shownDescription}`}`;
}

/** The beginning of a link's description, on one line; null for none. */
export function shortDescription(description: unknown): string | null {
  const text = typeof description === 'string' ? description.trim() : '';
  if (text === '') return null;
  const beginning = firstCharacters(text, maxLinkDescription);
  return beginning.length < text.length ? `${beginning.trimEnd()}…` : beginning;
}

const firstCharacters = (text: string, max: number): string =>
  Array.from(text.slice(0, 2 * max).replaceAll('\n', ' '))
    .slice(0, max)
    .join('');
