import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { fieldOfOwn } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { FieldEdit } from '../data/editMany.ts';
import { checkField } from '../form/check.ts';
import type { Raw } from '../form/inputs.ts';

/** What is done with a field: it gets what was typed, or is emptied. */
export type Touch = { kind: 'set'; raw: Raw } | { kind: 'empty' };

/** The fields that are to change, by key. */
export type Touched = Readonly<Record<string, Touch>>;

/** With one field touched otherwise; null leaves it alone again. */
export function withTouch(touched: Touched, key: string, touch: Touch | null): Touched {
  const { [key]: _, ...others } = touched;
  return touch ? { ...others, [key]: touch } : others;
}

/** What several records of a type may be given at once: not what names one of them, nor its ends, nor another program's notes. */
export function bulkFields(type: EntityType, own: readonly OwnField[] = []): readonly Field[] {
  return [...fieldsOf(type), ...own.map(fieldOfOwn)].filter(
    ({ kind, required }) => kind !== 'json' && !required,
  );
}

/** The change that was filled in, and what is wrong with fields of it. */
export function readEdit(
  type: EntityType,
  touched: Touched,
  own: readonly OwnField[] = [],
): { edit: FieldEdit; problems: Readonly<Record<string, string>> } {
  const data: Record<string, Json> = {};
  const unset: string[] = [];
  const problems: Record<string, string> = {};
  for (const field of bulkFields(type, own)) {
    const touch = touched[field.key];
    if (!touch) continue;
    const checked = checkField(type, field, touch.kind === 'empty' ? '' : touch.raw);
    if (!checked.ok) problems[field.key] = checked.message;
    else if (checked.value === undefined) unset.push(field.key);
    else data[field.key] = checked.value;
  }
  return { edit: { data, unset }, problems };
}
