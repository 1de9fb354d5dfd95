import type { z } from 'zod';
import { fieldsOf, payloadSchemas } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { hasControls, longest, withoutControls } from '#shared/domain/limits.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isKnown } from '#shared/domain/vocabulary.ts';
import { computedFields } from '../../model/validate.ts';
import { show } from '../problems.ts';
import type { ProblemAction, ProblemCode } from '../problems.ts';
import type { Targets } from './document.ts';

/** What became of one value of the file. */
export interface Reading {
  /** What the field will hold; undefined when it is left out. */
  value?: Json;
  /** What the field cannot hold and is kept beside it; undefined when nothing is. */
  aside?: Json;
  problem?: { code: ProblemCode; action: ProblemAction; message: string };
}

export type FieldReader = (value: Json) => Reading;

const takenValue = (value: Json): Reading => ({ value });

function converted(from: Json, to: Json): Reading {
  const message = `${show(from)} is read as ${show(to)}.`;
  return { value: to, problem: { code: 'wrong_type', action: 'converted', message } };
}

function setAside(value: Json, code: 'wrong_type' | 'out_of_range', wanted: string): Reading {
  const message = `${show(value)} is not ${wanted}; it is kept under imported_values.`;
  return { aside: value, problem: { code, action: 'set_aside', message } };
}

function readNumber(field: Field): FieldReader {
  const whole = field.whole ? 'a whole number' : 'a number';
  const low = field.min ?? Number.NEGATIVE_INFINITY;
  const high = field.max ?? Number.POSITIVE_INFINITY;
  const bounds = field.max === undefined ? `of at least ${field.min}` : `from ${field.min} to ${field.max}`;
  const wanted = field.min === undefined && field.max === undefined ? whole : `${whole} ${bounds}`;
  return (value) => {
    const number = typeof value === 'string' ? numberIn(value) : value;
    if (typeof number !== 'number') return setAside(value, 'wrong_type', whole);
    if (number < low || number > high || (field.whole && !Number.isSafeInteger(number))) {
      return setAside(value, 'out_of_range', wanted);
    }
    return number === value ? takenValue(value) : converted(value, number);
  };
}

/** The number that a text is when it says nothing else and loses no digit by it, or null. */
export function numberIn(text: string): number | null {
  const trimmed = text.trim();
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) || trimmed.length > 15) return null;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : null;
}

const yesNo = new Map<Json, boolean>([
  ['true', true],
  ['false', false],
  [1, true],
  [0, false],
]);

function readYesNo(value: Json): Reading {
  if (typeof value === 'boolean') return takenValue(value);
  const key = typeof value === 'string' ? value.trim().toLowerCase() : value;
  const meant = yesNo.get(key);
  return meant === undefined ? setAside(value, 'wrong_type', 'true or false') : converted(value, meant);
}

function readText(field: Field): FieldReader {
  const most = field.kind === 'longtext' ? longest.text : longest.name;
  return (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string') return setAside(value, 'wrong_type', 'a text');
    if (text.length > most) return setAside(value, 'out_of_range', `a text of at most ${most} characters`);
    const { list } = field;
    if (list && !isKnown(list, text)) {
      const message = `${show(text)} is no known ${field.key.replaceAll('_', ' ')}; it is kept as it is.`;
      return { value: text, problem: { code: 'unknown_value', action: 'kept', message } };
    }
    if (field.required && hasControls(text)) return withBlanks(text);
    return text === value ? takenValue(text) : converted(value, text);
  };
}

/** A name stands on one line. One that says nothing else is none, which is told where names are given. */
function withBlanks(name: string): Reading {
  const value = withoutControls(name);
  if (value === '') return { value };
  const message = `${show(name)} has control characters; it is read as ${show(value)}.`;
  return { value, problem: { code: 'out_of_range', action: 'converted', message } };
}

function readJson(schema: z.ZodType): FieldReader {
  return (value) => {
    return schema.safeParse(value).success
      ? takenValue(value)
      : setAside(value, 'wrong_type', 'a list of the expected kind');
  };
}

function readerFor(type: EntityType, field: Field): FieldReader {
  switch (field.kind) {
    case 'number':
      return readNumber(field);
    case 'boolean':
      return readYesNo;
    case 'text':
    case 'longtext':
    case 'choice':
    case 'date':
      return readText(field);
    case 'reference':
      return takenValue;
    case 'json': {
      const shape: Readonly<Record<string, z.ZodType>> = payloadSchemas[type].shape;
      return readJson(shape[field.key] as z.ZodType);
    }
  }
}

/** For each type, how the value of each declared field is read. Null is read as null; references and names are not judged. */
export const fieldReaders: Readonly<Record<EntityType, ReadonlyMap<string, FieldReader>>> =
  Object.fromEntries(
    entityTypes.map((type) => [
      type,
      new Map(fieldsOf(type).map((field) => [field.key, readerFor(type, field)])),
    ]),
  ) as Record<EntityType, Map<string, FieldReader>>;

function fieldsThatRefer(type: EntityType): ReadonlyMap<string, EntityType> {
  const found = new Map<string, EntityType>();
  // Every table has a column for the university, so the field means that in records whose schema does not name it too.
  if (!computedFields[type]?.includes('university_id')) found.set('university_id', 'university');
  for (const field of fieldsOf(type)) {
    if (field.kind === 'reference' && field.to && field.to !== 'any') found.set(field.key, field.to);
  }
  return found;
}

/** For each type, the fields that name another record, and of which type. */
export const referenceFields: Readonly<Record<EntityType, ReadonlyMap<string, EntityType>>> =
  Object.fromEntries(entityTypes.map((type) => [type, fieldsThatRefer(type)])) as Record<
    EntityType,
    ReadonlyMap<string, EntityType>
  >;

/**
 * Reads a field that names another record. One that names nothing, or something of another type, is cleared and what stood
 * there kept. An id is never taken apart to find out what it belongs to.
 */
export function readReference(value: Json, wanted: EntityType, targets: Targets): Reading {
  if (value === null) return { value };
  if (typeof value !== 'string' && typeof value !== 'number') {
    const message = `${show(value)} is no id; it is kept under imported_values.`;
    return { aside: value, problem: { code: 'wrong_type', action: 'set_aside', message } };
  }
  const id = targets.idIn(value);
  if (id !== null && targets.typeOf(id) === wanted) {
    if (typeof value === 'string') return { value: id };
    const message = `${id} is read as the text ${show(id)}.`;
    return { value: id, problem: { code: 'wrong_type', action: 'converted', message } };
  }
  const found = id === null ? null : targets.typeOf(id);
  const what =
    found === null ? `There is no ${wanted} ${show(value)}` : `${show(value)} is a ${found}, not a ${wanted}`;
  const message = `${what}; the reference is cleared and kept under imported_values.`;
  const problem = { code: 'dangling_reference', action: 'cleared', message } as const;
  return value === '' ? { value: null, problem } : { value: null, aside: value, problem };
}
