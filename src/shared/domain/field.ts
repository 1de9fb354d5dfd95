import { rule } from '../texts/issues.ts';
import { z } from 'zod';
import { isJson } from './json.ts';
import type { Json } from './json.ts';
import { hasControls, maxLengths, maxReferences } from './limits.ts';
import type { EntityType } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A `date` should be an ISO 8601 day, a `url` a web address; any other text is kept and flagged. */
export type FieldKind =
  | 'text'
  | 'longtext'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'reference'
  | 'references'
  | 'date'
  | 'url'
  | 'json';

export interface FieldInfo {
  kind: FieldKind;
  required?: boolean;
  /** choice: the open list. Unknown values are kept. */
  list?: Vocabulary;
  /** choice: only values of the list are valid. */
  closed?: boolean;
  /**
   * reference, references: the type of the target. 'any': an end of an interface. 'person': a student or faculty member. 'party': a person
   * or a team. 'record': the subject of a document or comment.
   */
  to?: EntityType | 'any' | 'person' | 'party' | 'record';
  unit?: 'people' | 'months' | 'percent' | 'terms' | 'year';
  min?: number;
  max?: number;
  /** number: values above this are valid but unlikely; an import asks about them. */
  likelyMax?: number;
  whole?: boolean;
}

/** Maximum length of a field's text in UTF-16 units. */
export function maxTextLength({ kind }: Pick<FieldInfo, 'kind'>): number {
  if (kind === 'longtext') return maxLengths.text;
  return kind === 'url' ? maxLengths.url : maxLengths.name;
}

const fieldRegistry = z.registry<FieldInfo>();

export function fieldInfoOf(schema: z.ZodType): FieldInfo | undefined {
  return fieldRegistry.get(schema);
}

function declareField<S extends z.ZodType>(schema: S, info: FieldInfo): S {
  fieldRegistry.add(schema, info);
  return schema;
}

export const name = () =>
  declareField(
    z
      .string()
      .max(maxLengths.name)
      .refine((value) => value.trim() !== '', rule('empty'))
      .refine((value) => !hasControls(value), rule('one_line')),
    { kind: 'text', required: true },
  );

export const text = () =>
  declareField(z.string().max(maxLengths.name).nullable().optional(), { kind: 'text' });
/** A day in ISO 8601; any other text is kept and flagged. */
export const day = () =>
  declareField(z.string().max(maxLengths.name).nullable().optional(), { kind: 'date' });
export const longText = () =>
  declareField(z.string().max(maxLengths.text).nullable().optional(), { kind: 'longtext' });

/** A web address; any other text is kept and flagged. */
export const url = () => declareField(z.string().max(maxLengths.url).nullable().optional(), { kind: 'url' });

/** A value of an open list; any other text is accepted and flagged. */
export const choice = (list: Vocabulary) =>
  declareField(z.string().max(maxLengths.name).nullable().optional(), { kind: 'choice', list });

export const reference = (to: EntityType | 'record') =>
  declareField(z.string().min(1).max(maxLengths.id).nullable().optional(), { kind: 'reference', to });

/** Unique ids of several records. */
export const references = (to: EntityType | 'person' | 'party' | 'record') =>
  declareField(
    z
      .array(z.string().min(1).max(maxLengths.id))
      .max(maxReferences)
      .refine((ids) => new Set(ids).size === ids.length, rule('record_twice'))
      .nullable()
      .optional(),
    { kind: 'references', to },
  );

export const requiredReference = (to: 'any' | 'record') =>
  declareField(z.string().min(1).max(maxLengths.id), { kind: 'reference', to, required: true });

/** The id of any record: one end of an interface. */
export const linkEnd = () => requiredReference('any');

export const requiredText = () =>
  declareField(
    z
      .string()
      .max(maxLengths.text)
      .refine((value) => value.trim() !== '', rule('empty')),
    { kind: 'longtext', required: true },
  );

export const yesNo = () => declareField(z.boolean().nullable().optional(), { kind: 'boolean' });

export interface NumberRule {
  min?: number;
  max?: number;
  likelyMax?: number;
  whole?: boolean;
  unit?: NonNullable<FieldInfo['unit']>;
}

export function number(limits: NumberRule = {}) {
  let schema = z.number();
  if (limits.whole) schema = schema.refine(Number.isSafeInteger, rule('whole_number'));
  if (limits.min !== undefined) schema = schema.min(limits.min);
  if (limits.max !== undefined) schema = schema.max(limits.max);
  return declareField(schema.nullable().optional(), { kind: 'number', ...limits });
}

export const json = () => declareField(z.custom<Json>(isJson, rule('not_json')).optional(), { kind: 'json' });

export const object = <S extends z.ZodType>(shape: S) =>
  declareField(shape.nullable().optional(), { kind: 'json' });

/** A list of objects of one shape, edited as JSON. */
export const listOf = <S extends z.ZodType>(item: S) =>
  declareField(z.array(item).nullable().optional(), { kind: 'json' });

export const mapOf = <S extends z.ZodType>(value: S) =>
  declareField(z.record(z.string(), value).nullable().optional(), { kind: 'json' });

/** Whether a text is valid as a record id. Other programs trim or drop blank cells, so an id of blanks would get lost. */
export const isRecordId = (id: string): boolean =>
  id.length <= maxLengths.id && id.trim() !== '' && id.isWellFormed() && !hasControls(id);

export const recordId = z
  .string()
  .refine((value) => value.trim() !== '', rule('empty'))
  .max(maxLengths.id)
  .refine((value) => value.isWellFormed() && !hasControls(value), rule('one_line'));
