import type { z } from 'zod';
import { isImpossibleDay, unambiguousDay } from '#shared/domain/days.ts';
import { fieldsOf, payloadSchemas } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { hasControls, maxReferences, withoutControls } from '#shared/domain/limits.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isKnownValue } from '#shared/domain/vocabulary.ts';
import { canTarget } from '#shared/domain/references.ts';
import { schemeOf } from '#shared/domain/web-address.ts';
import { maxTextLength } from '#shared/domain/field.ts';
import type { FieldInfo } from '#shared/domain/field.ts';
import type { ProblemAction, ProblemCode } from '../problems.ts';
import type { Targets } from './document.ts';
import { knownValue } from '../table/synonyms.ts';
import { readFlag } from '../table/values.ts';
import { typedNumberIn } from '../units.ts';

export interface Reading {
  /** The value of the field; undefined if left out. */
  value?: Json;
  /** The part that does not fit the field and is kept separately; undefined if the value fits. */
  unfitValue?: Json;
  problem?: { code: ProblemCode; action: ProblemAction; becomes?: Json };
}

export type FieldReader = (value: Json) => Reading;

const acceptValue = (value: Json): Reading => ({ value });

const convertTo = (to: Json): Reading => ({
  value: to,
  problem: { code: 'wrong_type', action: 'converted', becomes: to },
});

export const keepUnfit = (
  value: Json,
  code: 'wrong_type' | 'out_of_range' | 'not_whole' | 'not_a_date' | 'not_https',
): Reading => ({
  unfitValue: value,
  problem: { code, action: 'set_aside' },
});

function readNumber({ min = -Infinity, max = Infinity, whole, unit }: Field): FieldReader {
  return (value) => {
    const number = typeof value === 'string' ? typedNumberIn(value, unit) : value;
    if (typeof number !== 'number') return keepUnfit(value, 'wrong_type');
    if (number < min || number > max) return keepUnfit(value, 'out_of_range');
    if (whole && !Number.isSafeInteger(number))
      return keepUnfit(value, Number.isInteger(number) ? 'out_of_range' : 'not_whole');
    return number === value ? acceptValue(value) : convertTo(number);
  };
}

function readFlagValue(field: Field): FieldReader {
  return (value) => {
    if (typeof value === 'boolean') return acceptValue(value);
    const answer = typeof value === 'object' ? null : readFlag(field, value);
    return answer === null ? keepUnfit(value, 'wrong_type') : convertTo(answer);
  };
}

function readText(field: Field): FieldReader {
  const maxLength = maxTextLength(field);
  return (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string') return keepUnfit(value, 'wrong_type');
    if (text.length > maxLength) return keepUnfit(value, 'out_of_range');
    if (field.kind === 'date' && isImpossibleDay(text)) return keepUnfit(value, 'not_a_date');
    if (field.kind === 'url' && !['https', null].includes(schemeOf(text)))
      return keepUnfit(value, 'not_https');
    const { list } = field;
    if (list && !isKnownValue(list, text))
      return { value: text, problem: { code: 'unknown_value', action: 'kept' } };
    if (field.required && hasControls(text)) return replaceControls(text);
    return text === value ? acceptValue(text) : convertTo(text);
  };
}

function replaceControls(name: string): Reading {
  const value = withoutControls(name);
  if (value === '') return { value };
  return { value, problem: { code: 'out_of_range', action: 'converted', becomes: value } };
}

const readJson =
  (schema: z.ZodType): FieldReader =>
  (value) =>
    schema.safeParse(value).success ? acceptValue(value) : keepUnfit(value, 'wrong_type');

function readerFor(type: EntityType, field: Field): FieldReader {
  switch (field.kind) {
    case 'number':
      return readNumber(field);
    case 'boolean':
      return readFlagValue(field);
    case 'text':
    case 'longtext':
    case 'choice':
    case 'date':
    case 'url':
      return readText(field);
    case 'reference':
    case 'references':
      return acceptValue;
    case 'json': {
      const shape: Readonly<Record<string, z.ZodType>> = payloadSchemas[type].shape;
      return readJson(shape[field.key] as z.ZodType);
    }
  }
}

/** The reader of each field, for each type. Null is not passed to readers; references are read by the functions below. */
export const fieldReaders: Readonly<Record<EntityType, ReadonlyMap<string, FieldReader>>> =
  Object.fromEntries(
    entityTypes.map((type) => [
      type,
      new Map(fieldsOf(type).map((field) => [field.key, readerFor(type, field)])),
    ]),
  ) as Record<EntityType, Map<string, FieldReader>>;

/** Reads the words of other programs as tables do: "Elektronik" as a discipline, "12.03.2027" as a day. Null for other values. */
export function readWord({ kind, list }: Field, value: Json): Reading | null {
  if (typeof value !== 'string') return null;
  const day = kind === 'date' ? unambiguousDay(value) : null;
  if (day !== null) return day === value ? null : convertTo(day);
  const known = list ? knownValue(list, value) : null;
  if (known === null || known === value) return null;
  return { value: known, problem: { code: 'unknown_value', action: 'converted', becomes: known } };
}

/** Reads a reference. An id that names nothing, or a record of another type, is cleared and kept separately. Ids are never parsed. */
export function readReference(value: Json, type: EntityType, targets: Targets): Reading {
  if (value === null) return { value };
  if (typeof value !== 'string' && typeof value !== 'number') return keepUnfit(value, 'wrong_type');
  const id = targets.idIn(value);
  if (id !== null && targets.typeOf(id) === type)
    return typeof value === 'string' ? { value: id } : convertTo(id);
  const problem = { code: 'dangling_reference', action: 'cleared' } as const;
  return value === '' ? { value: null, problem } : { value: null, unfitValue: value, problem };
}

/**
 * Reads a list of references. Ids that name nothing, or a record of another type, are kept separately; a text is one id, or several
 * separated by semicolons.
 */
export function readReferences(value: Json, to: FieldInfo['to'], targets: Targets): Reading {
  if (value === null) return { value };
  const listValue = typeof value === 'string' ? listIn(value, targets) : value;
  const items = typeof listValue === 'number' ? [listValue] : listValue;
  if (!Array.isArray(items)) return keepUnfit(value, 'wrong_type');
  const ids: string[] = [];
  const unknownItems: Json[] = [];
  for (const item of items as readonly Json[]) {
    const id = targets.idIn(item);
    const isFound = id !== null && canTarget(to, targets.typeOf(id) ?? '');
    if (!isFound) unknownItems.push(item);
    else if (!ids.includes(id)) ids.push(id);
  }
  if (ids.length > maxReferences) return keepUnfit(value, 'out_of_range');
  if (unknownItems.length === 0) return { value: ids };
  return { value: ids, unfitValue: unknownItems, problem: { code: 'dangling_reference', action: 'cleared' } };
}

/** The ids in a text: itself, or its parts. */
function listIn(text: string, targets: Targets): string[] {
  const id = targets.idIn(text);
  if (id !== null && targets.typeOf(id) !== null) return [text];
  return text
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
}
