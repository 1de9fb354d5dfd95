import type { Filter } from '#shared/contract/entities.ts';
import { daysAfter } from '#shared/domain/days.ts';
import type { Json } from '#shared/domain/json.ts';
import { isTime } from '../model.ts';
import type { FilterField, Operator } from '../model.ts';
import { typedDay, typedSpan } from '../../../../text/typed-day.ts';
import { isMoment, spanOf } from './days.ts';
import type { Lexicon } from './lexicon.ts';
import { tokensOf } from './tokens.ts';
import type { Token, Value } from './tokens.ts';
import { parseNumber } from '../../form/values.ts';
import { numberLocale } from '../../../../text/formats.ts';

/** Why a condition is not understood; texts are in `views:typed.problem`. */
export interface Problem {
  code: 'field' | 'number' | 'yesNo' | 'day' | 'name' | 'one' | 'compare' | 'strict' | 'negate' | 'value';
  text: string;
  field?: string;
}

/** The meaning of a token: filters, a search word, a problem, or an unfinished condition. */
export type Reading =
  | { kind: 'filters'; filters: readonly Filter[] }
  | { kind: 'word'; text: string }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'unfinished' };

type Result = readonly Filter[] | Problem['code'];

const unite = (results: readonly Result[]): Result =>
  results.find((result) => typeof result === 'string') ?? (results as (readonly Filter[])[]).flat();

const ranged = /^(.*?)\.\.(.*)$/s;

function numberOf(text: string): number | null {
  return parseNumber(text.trim().replace(/%$/, ''), numberLocale());
}

const momentsOf = (text: string): { from: string; until: string } | null =>
  spanOf(text) ?? spanOf(typedDay(text) ?? '');

function compare(field: FilterField, sign: string, value: Value): Result {
  const key = field.key;
  const [op, strict] = [sign.startsWith('>') ? 'gte' : 'lte', sign.length === 1] as const;
  if (field.kind === 'moment') {
    const span = isMoment(value.text) ? { from: value.text, until: value.text } : momentsOf(value.text);
    if (!span) return 'day';
    const step = strict ? (op === 'gte' ? 1 : -1) : 0;
    // After a day starts with the next day; before it ends with the previous day.
    const edge = (op === 'gte') === strict ? span.until : span.from;
    return [{ field: key, op, value: step === 0 ? edge : new Date(Date.parse(edge) + step).toISOString() }];
  }
  if (field.kind === 'date') return compareDay(field, op, strict, value.text);
  // Values of a custom field have an order, whatever their kind.
  if (field.own && field.kind === 'text' && !strict)
    // As text, 980 would be greater than 1000; quotes mean text.
    return value.quoted || numberOf(value.text) === null
      ? [{ field: key, op, value: value.text }]
      : 'compare';
  if (field.own && field.kind === 'text') return 'strict';
  if (field.kind !== 'number') return 'compare';
  const number = numberOf(value.text);
  if (number === null) return 'number';
  if (strict && !(field.whole && Number.isInteger(number))) return 'strict';
  return [{ field: key, op, value: strict ? number + (op === 'gte' ? 1 : -1) : number }];
}

function compareDay(field: FilterField, op: 'gte' | 'lte', strict: boolean, text: string): Result {
  const span = typedSpan(text);
  if (!span) return 'day';
  const edge = (op === 'gte') === strict ? span.until : span.from;
  return [{ field: field.key, op, value: strict ? daysAfter(edge, op === 'gte' ? 1 : -1) : edge }];
}

function range(field: FilterField, value: Value): Result | null {
  const match = value.quoted ? null : ranged.exec(value.text);
  if (!match || (field.kind !== 'number' && !isTime(field))) return null;
  const [, from = '', until = ''] = match;
  const part = (sign: string, text: string): Result =>
    text === '' ? [] : compare(field, sign, { ...value, text });
  const both = unite([part('>=', from), part('<=', until)]);
  return both.length === 0 ? 'value' : both;
}

function meaningOf(
  lexicon: Lexicon,
  field: FilterField,
  value: Value,
  exact: boolean,
): Json[] | Problem['code'] {
  const { text } = value;
  if (field.kind === 'number') {
    const number = numberOf(text);
    return number === null ? 'number' : [number];
  }
  if (field.kind === 'boolean') {
    const truth = lexicon.truth(text);
    return truth === null ? 'yesNo' : [truth];
  }
  if (field.kind === 'choice') return [exact ? text : lexicon.choice(field, text)];
  if (field.kind !== 'reference' || exact) return [text];
  const ids = lexicon.named(field, text);
  return ids.length === 0 ? 'name' : [...ids];
}

const contains = (field: FilterField, text: string): Result =>
  text.trim() === '' ? 'value' : [{ field: field.key, op: 'contains', value: text }];

function equal(lexicon: Lexicon, field: FilterField, { negated, sign, values }: Token): Result {
  const exact = sign !== ':';
  const key = field.key;
  const [first] = values;
  const single = values.length === 1 && first ? first : null;
  const not = negated || sign === '!=';
  if (single && !not) {
    const between = range(field, single);
    if (between !== null) return between;
    const free = field.kind === 'text' || field.kind === 'longtext' || field.kind === 'references';
    if (!exact && free) return contains(field, single.text);
  }
  if (field.kind === 'moment') {
    const span = single && !not ? momentsOf(single.text) : null;
    if (!span) return not ? 'negate' : 'day';
    return [
      { field: key, op: 'gte', value: span.from },
      { field: key, op: 'lte', value: span.until },
    ];
  }
  if (field.kind === 'date' && !exact) {
    const span = single && !not ? typedSpan(single.text) : null;
    if (span && span.from !== span.until) {
      return [
        { field: key, op: 'gte', value: span.from },
        { field: key, op: 'lte', value: span.until },
      ];
    }
  }
  if (field.kind === 'longtext' || field.kind === 'references') return not ? 'negate' : 'one';
  const free = field.kind === 'text' && !exact;
  if (not && free) return 'negate';
  const meanings = values.map((value) => meaningOf(lexicon, field, value, exact));
  const failed = meanings.find((meaning) => typeof meaning === 'string');
  if (failed !== undefined) {
    // An unknown name is searched as a part of names.
    return failed === 'name' && single && !not ? contains(field, single.text) : failed;
  }
  const meaningValues = [...new Set((meanings as Json[][]).flat())];
  if (not) return meaningValues.map((value) => ({ field: key, op: 'is_not', value }));
  return meaningValues.length === 1 && meaningValues[0] !== undefined
    ? [{ field: key, op: 'is', value: meaningValues[0] }]
    : [{ field: key, op: 'in', value: meaningValues }];
}

function presence(lexicon: Lexicon, token: Token, op: Operator): Result | { missing: string } {
  const filters: Filter[] = [];
  for (const { text, quoted } of token.values) {
    const field = lexicon.field(text, quoted);
    if (!field) return { missing: text };
    filters.push({ field: field.key, op });
  }
  return filters;
}

/** The meaning of a token for a type. */
export function readToken(lexicon: Lexicon, token: Token): Reading {
  const { name, exact, sign, values, negated, raw } = token;
  if (name === null || sign === null) return { kind: 'word', text: values[0]?.text ?? '' };
  const has = sign === ':' && !exact && lexicon.isHas(name);
  const no = sign === ':' && !exact && lexicon.isNo(name);
  const field = lexicon.field(name, exact);
  // A colon alone is no condition: "note: this" and `https://…` are searched for.
  if (!field && !has && !no)
    return sign === ':' || sign === '='
      ? { kind: 'problem', problem: { code: 'field', text: name } }
      : { kind: 'word', text: raw };
  if (!token.closed || values.some((value) => value.text === '' && !value.quoted))
    return { kind: 'unfinished' };
  const problem = (code: Problem['code'], of?: string): Reading => ({
    kind: 'problem',
    problem: { code, text: of ?? raw, ...(field ? { field: field.key } : {}) },
  });
  if (has || no) {
    const found = presence(lexicon, token, has === negated ? 'empty' : 'not_empty');
    if ('missing' in (found as object)) return problem('field', (found as { missing: string }).missing);
    return { kind: 'filters', filters: found as readonly Filter[] };
  }
  const result = conditions(lexicon, field as FilterField, token);
  return typeof result === 'string' ? problem(result) : { kind: 'filters', filters: result };
}

function conditions(lexicon: Lexicon, field: FilterField, token: Token): Result {
  const { sign, values, negated } = token;
  if (sign === ':' || sign === '=' || sign === '!=') {
    return negated && sign === '!=' ? 'negate' : equal(lexicon, field, token);
  }
  const [value] = values;
  if (!value || values.length > 1) return 'one';
  if (negated && sign === '>=' && field.kind === 'date') {
    const reached = compare(field, sign, value);
    return typeof reached === 'string' ? reached : reached.map((one) => ({ ...one, op: 'not_gte' }));
  }
  if (negated) return 'negate';
  return sign === '~' ? contains(field, value.text) : compare(field, sign ?? '', value);
}

export interface ReadText {
  filters: readonly Filter[];
  /** The words that titles must contain. */
  search: string;
  problems: readonly Problem[];
  /** The text that stays when conditions have become chips: words, and conditions not understood. */
  rest: string;
}

/**
 * Parses a typed text. Conditions on fields become filters; other words are searched for, including conditions on unknown fields.
 * Conditions that cannot be understood stay with their problem.
 */
export function readText(lexicon: Lexicon, text: string): ReadText {
  const filters: Filter[] = [];
  const words: string[] = [];
  const problems: Problem[] = [];
  const rest: string[] = [];
  for (const token of tokensOf(text)) {
    const reading = readToken(lexicon, token);
    if (reading.kind === 'filters') filters.push(...reading.filters);
    else rest.push(token.raw);
    if (reading.kind === 'word') words.push(reading.text);
    if (reading.kind !== 'problem') continue;
    problems.push(reading.problem);
    if (reading.problem.code === 'field') words.push(token.raw);
  }
  return { filters, search: words.filter((word) => word !== '').join(' '), problems, rest: rest.join(' ') };
}
