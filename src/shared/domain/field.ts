import { z } from 'zod';
import { isJson } from './json.ts';
import type { Json } from './json.ts';
import { hasControls, longest, mostReferences, noControls } from './limits.ts';
import type { EntityType } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A `date` is a text that should be a day in ISO 8601, a `url` one that should be a web address; any other text is kept and flagged. */
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

/** What a form, a grid or a command needs to know of one field besides its schema. */
export interface FieldInfo {
  kind: FieldKind;
  required?: boolean;
  /** choice: the open list; unknown values are kept. */
  list?: Vocabulary;
  /** choice: only the list's values are accepted. */
  closed?: boolean;
  /**
   * reference, references: the type it must name; 'any' for the ends of an interface, 'person' for a student or member of faculty, 'party' for one
   * of these or a team, 'record' for whatever documents and comments may be about.
   */
  to?: EntityType | 'any' | 'person' | 'party' | 'record';
  unit?: 'people' | 'months' | 'percent' | 'terms' | 'year';
  min?: number;
  max?: number;
  /** number: more than this is possible and seldom meant; an import asks about it. */
  seldomOver?: number;
  whole?: boolean;
}

/** UTF-16 units that the text of a field may have. */
export const longestText = ({ kind }: Pick<FieldInfo, 'kind'>): number =>
  kind === 'longtext' ? longest.text : kind === 'url' ? longest.url : longest.name;

const registry = z.registry<FieldInfo>();

/** The description that `schema` was declared with, or undefined. */
export function infoOf(schema: z.ZodType): FieldInfo | undefined {
  return registry.get(schema);
}

function declare<S extends z.ZodType>(schema: S, info: FieldInfo): S {
  registry.add(schema, info);
  return schema;
}

/** A line of text that must say something. */
export const name = () =>
  declare(
    z
      .string()
      .max(longest.name)
      .refine((value) => value.trim() !== '', { message: 'must not be empty' })
      .refine((value) => !hasControls(value), { message: noControls }),
    { kind: 'text', required: true },
  );

export const text = () => declare(z.string().max(longest.name).nullable().optional(), { kind: 'text' });
/** A day in ISO 8601; any other text is kept, and flagged where it is shown. */
export const day = () => declare(z.string().max(longest.name).nullable().optional(), { kind: 'date' });
export const longText = () =>
  declare(z.string().max(longest.text).nullable().optional(), { kind: 'longtext' });

/** A web address; any other text is kept, and flagged where it is shown. */
export const url = () => declare(z.string().max(longest.url).nullable().optional(), { kind: 'url' });

/** A value of an open list; any other text is accepted and flagged where it is shown. */
export const choice = (list: Vocabulary) =>
  declare(z.string().max(longest.name).nullable().optional(), { kind: 'choice', list });

/** The id of another record, or null for "not assigned". */
export const reference = (to: EntityType | 'record') =>
  declare(z.string().min(1).max(longest.id).nullable().optional(), { kind: 'reference', to });

/** The ids of several records, each once. */
export const references = (to: EntityType | 'person' | 'party' | 'record') =>
  declare(
    z
      .array(z.string().min(1).max(longest.id))
      .max(mostReferences)
      .refine((ids) => new Set(ids).size === ids.length, { message: 'must not name a record twice' })
      .nullable()
      .optional(),
    { kind: 'references', to },
  );

/** The id of another record, which must be given. */
export const requiredReference = (to: 'any' | 'record') =>
  declare(z.string().min(1).max(longest.id), { kind: 'reference', to, required: true });

/** The id of any record: one end of an interface. */
export const end = () => requiredReference('any');

/** A text of several lines that must say something. */
export const requiredText = () =>
  declare(
    z
      .string()
      .max(longest.text)
      .refine((value) => value.trim() !== '', { message: 'must not be empty' }),
    { kind: 'longtext', required: true },
  );

export const yesNo = () => declare(z.boolean().nullable().optional(), { kind: 'boolean' });

export interface NumberRule {
  min?: number;
  max?: number;
  seldomOver?: number;
  whole?: boolean;
  unit?: NonNullable<FieldInfo['unit']>;
}

export function number(rule: NumberRule = {}) {
  let schema = z.number();
  if (rule.whole) schema = schema.refine(Number.isSafeInteger, { message: 'must be a whole number' });
  if (rule.min !== undefined) schema = schema.min(rule.min);
  if (rule.max !== undefined) schema = schema.max(rule.max);
  return declare(schema.nullable().optional(), { kind: 'number', ...rule });
}

/** Anything JSON: notes of other programs, lists of values. */
export const json = () => declare(z.custom<Json>(isJson, 'is not a JSON value').optional(), { kind: 'json' });

/** An object of one shape. */
export const object = <S extends z.ZodType>(shape: S) =>
  declare(shape.nullable().optional(), { kind: 'json' });

/** A list of objects of one shape, edited as JSON. */
export const listOf = <S extends z.ZodType>(item: S) =>
  declare(z.array(item).nullable().optional(), { kind: 'json' });

/** Values by names. */
export const named = <S extends z.ZodType>(value: S) =>
  declare(z.record(z.string(), value).nullable().optional(), { kind: 'json' });

/** Whether a text may be the id of a record. Tables of other programs keep no blanks: an id of nothing else would be lost in them. */
export const isRecordId = (id: string): boolean =>
  id.length <= longest.id && id.trim() !== '' && id.isWellFormed() && !hasControls(id);

/** The id of a record, as `isRecordId` has it. */
export const recordId = z
  .string()
  .refine((value) => value.trim() !== '', { message: 'must not be blank' })
  .max(longest.id)
  .refine((value) => value.isWellFormed() && !hasControls(value), { message: noControls });
