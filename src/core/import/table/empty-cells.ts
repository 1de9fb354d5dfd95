import type { Field } from '#shared/domain/entities.ts';
import { isNamedField, isPlaceholder } from '#shared/domain/placeholders.ts';
import type { Mapping } from './choices.ts';
import { isCellError, readYesNo } from './values.ts';
import { knownValue } from './synonyms.ts';

/** Says which texts of a column stand for nothing, by what the column becomes. */
export function emptyCells({ fields, nameParts }: Mapping): (column: number, text: string) => boolean {
  const fieldOf = new Map(fields.map(({ column, field }) => [column, field]));
  const parts = new Set(nameParts);
  return (column, text) => {
    const field = fieldOf.get(column);
    if (isCellError(text)) return false;
    if (field === undefined) return isPlaceholder(text, false) && !(parts.has(column) && isName(text));
    // In prose it may be meant, and is lost if it is not.
    if (!isNamedField(field) && field.kind !== 'boolean' && field.key !== 'name') return false;
    return isPlaceholder(text, isNamedField(field)) && !isMeant(field, text);
  };
}

/** "Null" is a surname as well. */
const isName = (text: string): boolean => /^\p{Lu}\p{Ll}+$/u.test(text.trim());

/** What the field understands: "-" and "none" are a no, and a list may have such a word. */
const isMeant = ({ kind, list }: Field, text: string): boolean =>
  (kind === 'boolean' && readYesNo(text) !== null) ||
  (kind === 'choice' && list !== undefined && knownValue(list, text) !== null);
