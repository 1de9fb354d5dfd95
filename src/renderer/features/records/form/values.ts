import { issueOfZod } from '#shared/texts/issues.ts';
import { isImpossibleDay } from '#shared/domain/days.ts';
import type { core, z } from 'zod';
import { say } from '../../../i18n/setup.ts';
import { reasonText } from '../../../text/reasons.ts';
import { fieldName } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import type { Field } from '#shared/domain/entities.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { decimalSignIn, parseNumber } from '#shared/domain/number-text.ts';
import type { NumberField } from '#shared/domain/number-text.ts';
import { numberLocale } from '../../../text/formats.ts';
import { parseTypedDay } from '../../../text/typed-day.ts';
import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldErrors, Resolver } from 'react-hook-form';
import { fieldsOf, payloadSchemas } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';

/** A number as text that the same language parses exactly, without thousands separators. */
export function formatNumber(value: number, language: string): string {
  return String(value).replace('.', decimalSignIn(language));
}

/** A typed or pasted number, in the seat's notation if it is ambiguous and the field does not decide. Null for other text. */
export const typedNumber = (text: string, field: NumberField = {}): number | null =>
  parseNumber(text, decimalSignIn(numberLocale()), field);

/** The message for a text in the form of a day that does not exist; null for other texts. */
export const impossibleDayText = (text: string): string | null =>
  isImpossibleDay(text) ? say('reasons:issue.no_such_day') : null;

/** The message for an invalid number. For a text with digits, it shows the number format. */
export function invalidNumberText(text: string): string {
  return /\d/.test(text)
    ? say('faults:issue.numberWritten', { example: numberText(1234.5) })
    : say('reasons:issue.not_number');
}

export function messageFor(issue: core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined || issue.input === null) return say('reasons:issue.empty');
    if (issue.expected === 'boolean') return say('faults:issue.boolean');
    if (issue.expected !== 'number') return say('faults:issue.invalid');
  }
  const { problem } = issueOfZod(issue as core.$ZodIssue, { path: '' });
  return problem && reasonText(problem);
}

/** The content of a control, mostly text, so that no input is ever lost. */
export type Raw = string | boolean | null;

export type ParseResult = { ok: true; value: Json | undefined } | { ok: false; message: string };

/** A stored value as control content. A value of the wrong type is shown as it is. */
export function toRaw(field: Pick<Field, 'kind'>, value: Json | undefined): Raw {
  if (field.kind === 'boolean' && (typeof value === 'boolean' || value === null || value === undefined)) {
    return value ?? null;
  }
  if (value === undefined || (value === null && field.kind !== 'json'))
    return field.kind === 'boolean' ? null : '';
  if (field.kind === 'json') return JSON.stringify(value, null, 2);
  // A number in a date field is shown as stored, because it is not an amount.
  if (typeof value === 'number' && field.kind === 'date') return String(value);
  // In the seat's notation, so that 1.125 is not parsed as a thousand.
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseJson(text: string): ParseResult {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return {
      ok: false,
      message: say('faults:issue.json', { message: error instanceof Error ? error.message : '' }),
    };
  }
}

function numberFrom(text: string, field: NumberField): ParseResult {
  if (text.trim() === '') return { ok: true, value: null };
  const value = typedNumber(text, field);
  return value === null ? { ok: false, message: invalidNumberText(text) } : { ok: true, value };
}

function parseBoolean(raw: Raw): ParseResult {
  if (typeof raw !== 'string') return { ok: true, value: raw };
  const word = raw.trim().toLowerCase();
  if (['yes', 'y', 'true', '1', say('common:yes').toLowerCase()].includes(word))
    return { ok: true, value: true };
  if (['no', 'n', 'false', '0', say('common:no').toLowerCase()].includes(word))
    return { ok: true, value: false };
  return word === '' ? { ok: true, value: null } : { ok: false, message: say('faults:issue.boolean') };
}

/** Numbers with a leading zero or plus are codes or telephone numbers. */
const isCode = (text: string): boolean => /^[+-]?0\d|^\+/.test(text);

const isPlainNumber = (text: string): boolean =>
  Number.isFinite(Number(text)) && String(Number(text)) === text;

/**
 * The value of a custom field's input: empty removes it, numbers and days are converted if the field has such values. Other text stays,
 * because the field is undeclared; only an impossible day is refused in a date field.
 */
function parseCustom({ kind }: Pick<Field, 'kind'>, raw: Raw): ParseResult {
  if (typeof raw !== 'string') return { ok: true, value: raw ?? undefined };
  const text = raw.trim();
  if (text === '') return { ok: true, value: undefined };
  const dayProblem = kind === 'date' ? impossibleDayText(text) : null;
  if (dayProblem !== null) return { ok: false, message: dayProblem };
  const number = kind === 'number' && !isCode(text) ? typedNumber(text) : null;
  const day = kind === 'date' ? parseTypedDay(text) : null;
  const plainNumber = kind === 'date' && isPlainNumber(text) ? Number(text) : null;
  return { ok: true, value: number ?? day ?? plainNumber ?? (kind === 'longtext' ? raw : text) };
}

export function idsIn(raw: Raw): string[] {
  const parsed = typeof raw === 'string' ? parseJson(raw) : null;
  return parsed?.ok && Array.isArray(parsed.value) ? referencedIds(parsed.value) : [];
}

export const rawOfIds = (ids: readonly string[]): Raw => (ids.length === 0 ? '' : JSON.stringify(ids));

/** The value of a control's content; undefined removes the field. Emptied text becomes null, unless required. */
export function fromRaw(
  field: Pick<Field, 'kind' | 'required' | 'own'> & NumberField,
  raw: Raw,
): ParseResult {
  if (field.kind === 'boolean') {
    const parsed = parseBoolean(raw);
    return field.own && (!parsed.ok || parsed.value === null) ? parseCustom(field, raw) : parsed;
  }
  if (field.own && field.kind !== 'json') return parseCustom(field, raw);
  const text = typeof raw === 'string' ? raw : '';
  if (field.kind === 'json') return parseJson(text);
  if (field.kind === 'references') return text.trim() === '' ? { ok: true, value: null } : parseJson(text);
  if (field.kind === 'number') return numberFrom(text, field);
  if (field.kind === 'longtext') return { ok: true, value: text === '' ? null : text };
  const dayProblem = field.kind === 'date' ? impossibleDayText(text) : null;
  if (dayProblem !== null) return { ok: false, message: dayProblem };
  const dayOrText = (field.kind === 'date' ? parseTypedDay(text) : null) ?? text.trim();
  if (dayOrText === '') return { ok: true, value: field.required && field.kind === 'text' ? '' : null };
  return { ok: true, value: dayOrText };
}

export type Inputs = Record<string, Raw>;

export function inputsOf(type: EntityType, payload: JsonObject): Inputs {
  return Object.fromEntries(fieldsOf(type).map((field) => [field.key, toRaw(field, payload[field.key])]));
}

/** The payload of a form: `base` with the values of the fields. A field that cannot be parsed is left as in `base`, with its problem. */
export function payloadOf(
  fields: readonly Field[],
  inputs: Inputs,
  base: JsonObject = {},
): { payload: JsonObject; problems: ReadonlyMap<string, string> } {
  const payload: Record<string, Json> = { ...base };
  const problems = new Map<string, string>();
  for (const field of fields) {
    const parsed = fromRaw(field, inputs[field.key] ?? null);
    if (!parsed.ok) problems.set(field.key, parsed.message);
    else if (parsed.value === undefined || (parsed.value === null && !(field.key in base)))
      delete payload[field.key];
    else payload[field.key] = parsed.value;
  }
  return { payload, problems };
}

type PlainObject = Record<string, unknown>;

/** Validates a form by the contract's schema of the type; a field that cannot be parsed keeps the message of its parser. */
export function resolverFor(type: EntityType, base: JsonObject = {}): Resolver<Inputs> {
  const schema: z.ZodType<PlainObject, PlainObject> = payloadSchemas[type] as never;
  const validateSchema = zodResolver(schema, { error: messageFor });
  return async (inputs, context, options) => {
    const { payload, problems } = payloadOf(fieldsOf(type), inputs, base);
    const result = await validateSchema(payload, context, options as never);
    const errors: Record<string, { type: string; message: string }> = {};
    for (const [key, error] of Object.entries(result.errors as FieldErrors<Record<string, unknown>>)) {
      errors[key] = { type: 'schema', message: messageIn(error) ?? '' };
    }
    for (const [key, message] of problems) errors[key] = { type: 'unreadable', message };
    return Object.keys(errors).length > 0
      ? { values: {}, errors: errors as FieldErrors<Inputs> }
      : { values: inputs, errors: {} };
  };
}

function messageIn(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('message' in error && typeof error.message === 'string') return error.message;
  return Object.values(error)
    .map(messageIn)
    .find((message) => message !== undefined);
}

/** A problem in a list of objects, with its row and field. */
function withRow([row, key]: readonly PropertyKey[], problem: string): string {
  if (typeof row !== 'number' || typeof key !== 'string') return problem;
  return say('faults:issue.inRow', { row: row + 1, field: fieldName(key), problem });
}

/** Parses and validates the input of a single field: its value, or its problem. */
export function checkField(type: EntityType, field: Field, raw: Raw): ParseResult {
  const parsed = fromRaw(field, raw);
  if (!parsed.ok) return parsed;
  const schema = (payloadSchemas[type].shape as Readonly<Record<string, z.ZodType>>)[field.key];
  const result = schema?.safeParse(parsed.value, { error: messageFor });
  if (!result || result.success) return parsed;
  const { path = [], message = '' } = result.error.issues[0] ?? {};
  return { ok: false, message: withRow(path, message) };
}
