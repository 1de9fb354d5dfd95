import { noSuchDay as noSuchDayRule } from '#shared/domain/check-payload.ts';
import { isImpossibleDay } from '#shared/domain/days.ts';
import type { core, z } from 'zod';
import type { Issue } from '#shared/contract/faults.ts';
import { say } from '../../../i18n/setup.ts';
import { coreText } from '../../../text/core.ts';
import { fieldName } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import type { Field } from '#shared/domain/entities.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { numberLocale } from '../../../text/formats.ts';
import { typedDay } from '../../../text/typed-day.ts';
import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldErrors, Resolver } from 'react-hook-form';
import { fieldsOf, payloadSchemas } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';

interface Signs {
  group: string;
  decimal: string;
}

function signsOf(language: string): Signs {
  const parts = new Intl.NumberFormat(language, { useGrouping: 'always' }).formatToParts(12_345_678.5);
  const sign = (type: string, usual: string): string =>
    parts.find((part) => part.type === type)?.value ?? usual;
  return { group: sign('group', ','), decimal: sign('decimal', '.') };
}

/** A number as text that the same language reads back exactly; without signs between thousands. */
export function formatNumber(value: number, language: string): string {
  return String(value).replace('.', signsOf(language).decimal);
}

const escape = (sign: string): string => sign.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const plain = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * The number that a text stands for in the notation of the language, `1,250.5` or `1.250,5`, or as programs write it (`1250.5`); with
 * blanks and a unit behind it as far as `unit` names one. Null when it is none.
 */
export function parseNumber(text: string, language: string, units: readonly string[] = []): number | null {
  let bare = text.trim().replace('\u2212', '-');
  const unit = units.find((one) => one !== '' && bare.toLowerCase().endsWith(one.toLowerCase()));
  if (unit !== undefined) bare = bare.slice(0, -unit.length).trim();
  const { group, decimal } = signsOf(language);
  // Blanks of any width part thousands in many languages.
  const parting = `(?:${escape(group)}|[\\s\u00a0\u202f])`;
  const own = new RegExp(
    String.raw`^[-+]?(?:\d{1,3}(?:${parting}\d{3})+|\d+)?(?:${escape(decimal)}\d+)?(?:e[-+]?\d+)?$`,
    'i',
  );
  if (/\d/.test(bare) && own.test(bare)) {
    const value = Number(bare.replaceAll(new RegExp(parting, 'g'), '').replace(decimal, '.'));
    if (Number.isFinite(value)) return value;
  }
  const value = plain.test(bare) ? Number(bare) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

const ownRules: Readonly<Record<string, () => string>> = {
  'must not be empty': () => say('faults:issue.required'),
  'must not contain control characters': () => say('faults:issue.oneLine'),
  'must be a whole number': () => say('faults:issue.whole'),
  [noSuchDayRule]: () => say('faults:issue.noSuchDay'),
  'must be another record than "from"': () => say('faults:issue.sameEnds'),
};

/** What is wrong with a value, to stand behind the field's name: "must be at least 1". */
export function ruleText(message: string): string {
  return ownRules[message]?.() ?? message;
}

/** Why a text is no day, where it is written as one that the calendar does not have; null for any other. */
export const noSuchDay = (text: string): string | null =>
  isImpossibleDay(text) ? say('faults:issue.noSuchDay') : null;

/** That a text is no number; where it holds digits, how numbers are written here. */
export function noNumber(text: string): string {
  return /\d/.test(text)
    ? say('faults:issue.numberWritten', { example: numberText(1234.5) })
    : say('faults:issue.number');
}

/** The same of an issue that core has found. */
export function issueRule({ code, message }: Issue): string {
  return ownRules[message]?.() ?? coreText('issue', code, message);
}

const expected: Readonly<Record<string, () => string>> = {
  number: () => say('faults:issue.number'),
  boolean: () => say('faults:issue.boolean'),
};

/** zod's issues in our words; undefined leaves the rule's own. */
export function messageFor(issue: core.$ZodRawIssue): string | undefined {
  if (issue.code === 'too_small') {
    return issue.origin === 'string'
      ? say('faults:issue.required')
      : say('faults:issue.atLeast', { min: Number(issue.minimum) });
  }
  if (issue.code === 'too_big') {
    const max = Number(issue.maximum);
    return issue.origin === 'string'
      ? say('faults:issue.tooLong', { max })
      : say('faults:issue.atMost', { max });
  }
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined || issue.input === null) return say('faults:issue.required');
  return expected[issue.expected]?.() ?? say('faults:issue.invalid');
}

/** What a control holds while somebody types: text for almost everything, so that nothing typed is ever lost. */
export type Raw = string | boolean | null;

export type Parsed = { ok: true; value: Json | undefined } | { ok: false; message: string };

/** A stored value as its control shows it. A value of the wrong type is shown as it is, not dropped. */
export function toRaw(field: Pick<Field, 'kind'>, value: Json | undefined): Raw {
  if (field.kind === 'boolean' && (typeof value === 'boolean' || value === null || value === undefined)) {
    return value ?? null;
  }
  if (value === undefined || (value === null && field.kind !== 'json'))
    return field.kind === 'boolean' ? null : '';
  if (field.kind === 'json') return JSON.stringify(value, null, 2);
  // Among days a figure is no amount.
  if (typeof value === 'number' && field.kind === 'date') return String(value);
  // As the person writes numbers, so that 1.125 is not read back as a thousand.
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseJson(text: string): Parsed {
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

function numberFrom(text: string): Parsed {
  if (text.trim() === '') return { ok: true, value: null };
  const value = parseNumber(text, numberLocale());
  return value === null ? { ok: false, message: noNumber(text) } : { ok: true, value };
}

function parseBoolean(raw: Raw): Parsed {
  if (typeof raw !== 'string') return { ok: true, value: raw };
  const word = raw.trim().toLowerCase();
  if (['yes', 'y', 'true', '1', say('common:yes').toLowerCase()].includes(word))
    return { ok: true, value: true };
  if (['no', 'n', 'false', '0', say('common:no').toLowerCase()].includes(word))
    return { ok: true, value: false };
  return word === '' ? { ok: true, value: null } : { ok: false, message: say('faults:issue.boolean') };
}

/** A figure with a zero or plus before it is a code or a telephone. */
const isCode = (text: string): boolean => /^[+-]?0\d|^\+/.test(text);

const isFigure = (text: string): boolean => Number.isFinite(Number(text)) && String(Number(text)) === text;

/**
 * What was typed into an own field: nothing takes the field out of the record, a figure is a number where the others are, and so is a
 * day that this person writes so. Any other text is itself, as nobody said what the field may hold; only a day that
 * no calendar has is refused in a field of days.
 */
function fromOwn({ kind }: Pick<Field, 'kind'>, raw: Raw): Parsed {
  if (typeof raw !== 'string') return { ok: true, value: raw ?? undefined };
  const text = raw.trim();
  if (text === '') return { ok: true, value: undefined };
  const wrong = kind === 'date' ? noSuchDay(text) : null;
  if (wrong !== null) return { ok: false, message: wrong };
  const number = kind === 'number' && !isCode(text) ? parseNumber(text, numberLocale()) : null;
  const day = kind === 'date' ? typedDay(text) : null;
  const figure = kind === 'date' && isFigure(text) ? Number(text) : null;
  return { ok: true, value: number ?? day ?? figure ?? (kind === 'longtext' ? raw : text) };
}

/** The ids that the control of a list holds. */
export function idsIn(raw: Raw): string[] {
  const parsed = typeof raw === 'string' ? parseJson(raw) : null;
  return parsed?.ok && Array.isArray(parsed.value) ? referencedIds(parsed.value) : [];
}

/** What the control of a list holds for ids. */
export const rawOfIds = (ids: readonly string[]): Raw => (ids.length === 0 ? '' : JSON.stringify(ids));

/** The value that a control's content stands for; undefined removes the field. Emptied text becomes null, unless it must be there. */
export function fromRaw(field: Pick<Field, 'kind' | 'required' | 'own'>, raw: Raw): Parsed {
  if (field.kind === 'boolean') {
    const parsed = parseBoolean(raw);
    return field.own && (!parsed.ok || parsed.value === null) ? fromOwn(field, raw) : parsed;
  }
  if (field.own && field.kind !== 'json') return fromOwn(field, raw);
  const text = typeof raw === 'string' ? raw : '';
  if (field.kind === 'json') return parseJson(text);
  if (field.kind === 'references') return text.trim() === '' ? { ok: true, value: null } : parseJson(text);
  if (field.kind === 'number') return numberFrom(text);
  if (field.kind === 'longtext') return { ok: true, value: text === '' ? null : text };
  const wrong = field.kind === 'date' ? noSuchDay(text) : null;
  if (wrong !== null) return { ok: false, message: wrong };
  const trimmed = (field.kind === 'date' ? typedDay(text) : null) ?? text.trim();
  if (trimmed === '') return { ok: true, value: field.required && field.kind === 'text' ? '' : null };
  return { ok: true, value: trimmed };
}

/** What the controls of a form hold, by field. */
export type Inputs = Record<string, Raw>;

/** The controls' content for a payload. */
export function inputsOf(type: EntityType, payload: JsonObject): Inputs {
  return Object.fromEntries(fieldsOf(type).map((field) => [field.key, toRaw(field, payload[field.key])]));
}

/** The payload that the controls stand for, on top of `base`; fields that cannot be read keep their problem instead. */
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

type Plain = Record<string, unknown>;

/** Checks a form by the contract's own schema of the type; what cannot be read at all is told first. */
export function resolverFor(type: EntityType, base: JsonObject = {}): Resolver<Inputs> {
  const schema: z.ZodType<Plain, Plain> = payloadSchemas[type] as never;
  const bySchema = zodResolver(schema, { error: messageFor });
  return async (inputs, context, options) => {
    const { payload, problems } = payloadOf(fieldsOf(type), inputs, base);
    const checked = await bySchema(payload, context, options as never);
    const errors: Record<string, { type: string; message: string }> = {};
    for (const [key, error] of Object.entries(checked.errors as FieldErrors<Record<string, unknown>>)) {
      errors[key] = { type: 'schema', message: ruleText(messageIn(error) ?? '') };
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

/** What is wrong in a list of objects, with the row and its field. */
function inRow([row, key]: readonly PropertyKey[], problem: string): string {
  if (typeof row !== 'number' || typeof key !== 'string') return problem;
  return say('faults:issue.inRow', { row: row + 1, field: fieldName(key), problem });
}

/** One field by itself, for editing in a grid: its value, or what is wrong with it. */
export function checkField(type: EntityType, field: Field, raw: Raw): Parsed {
  const parsed = fromRaw(field, raw);
  if (!parsed.ok) return parsed;
  const schema = (payloadSchemas[type].shape as Readonly<Record<string, z.ZodType>>)[field.key];
  const result = schema?.safeParse(parsed.value, { error: messageFor });
  if (!result || result.success) return parsed;
  const { path = [], message = '' } = result.error.issues[0] ?? {};
  return { ok: false, message: inRow(path, ruleText(message)) };
}
