import type { Filter } from '#shared/contract/entities.ts';
import { daysAfter } from '#shared/domain/days.ts';
import type { Json } from '#shared/domain/json.ts';
import { isTime } from '../model.ts';
import type { FilterField, Operator } from '../model.ts';
import { parseTypedDay, parseTypedSpan } from '../../../../text/typed-day.ts';
import { isMoment, spanOf } from './days.ts';
import type { Lexicon } from './lexicon.ts';
import { tokensOf } from './tokens.ts';
import type { Token, TokenValue } from './tokens.ts';
import { typedNumber } from '../../form/values.ts';

/** Why a condition is not understood; texts are in `views:typed.problem`. */
export interface Problem {
  code: 'field' | 'number' | 'yesNo' | 'day' | 'name' | 'one' | 'compare' | 'strict' | 'negate' | 'value';
  text: string;
  field?: string;
}

/** The meaning of a token: filters, a search word, a problem, or an unfinished condition. */
export type TokenMeaning =
  | { kind: 'filters'; filters: readonly Filter[] }
  | { kind: 'word'; text: string }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'unfinished' };

type FilterResult = readonly Filter[] | Problem['code'];

/** The first problem, or all filters. */
const combineResults = (results: readonly FilterResult[]): FilterResult =>
  results.find((result) => typeof result === 'string') ?? (results as (readonly Filter[])[]).flat();

/** Two bounds, either of which can be empty: `2..5`, `..5`. */
const rangePattern = /^(.*?)\.\.(.*)$/s;

/** A custom field has no unit; many are percentages. */
const numberFor = (field: FilterField, text: string): number | null =>
  typedNumber(text, { unit: 'percent', ...field });

const momentSpan = (text: string): { from: string; until: string } | null =>
  spanOf(text) ?? spanOf(parseTypedDay(text) ?? '');

function comparisonFilters(field: FilterField, sign: string, value: TokenValue): FilterResult {
  const key = field.key;
  const op = sign.startsWith('>') ? 'gte' : 'lte';
  const isStrict = sign === '>' || sign === '<';
  if (field.kind === 'moment') {
    const span = isMoment(value.text) ? { from: value.text, until: value.text } : momentSpan(value.text);
    if (!span) return 'day';
    const step = isStrict ? (op === 'gte' ? 1 : -1) : 0;
    // "After a day" begins with the next day, "before a day" ends with the previous one.
    const edge = (op === 'gte') === isStrict ? span.until : span.from;
    return [{ field: key, op, value: step === 0 ? edge : new Date(Date.parse(edge) + step).toISOString() }];
  }
  if (field.kind === 'date') return dayFilters(field, op, isStrict, value.text);
  // A custom field's values can be compared even if its kind is text.
  if (field.own && field.kind === 'text' && !isStrict)
    // As text, 980 would be greater than 1000; quotes mean text.
    return value.isQuoted || numberFor(field, value.text) === null
      ? [{ field: key, op, value: value.text }]
      : 'compare';
  if (field.own && field.kind === 'text') return 'strict';
  if (field.kind !== 'number') return 'compare';
  const number = numberFor(field, value.text);
  if (number === null) return 'number';
  if (isStrict && !(field.whole && Number.isInteger(number))) return 'strict';
  return [{ field: key, op, value: isStrict ? number + (op === 'gte' ? 1 : -1) : number }];
}

function dayFilters(field: FilterField, op: 'gte' | 'lte', isStrict: boolean, text: string): FilterResult {
  const span = parseTypedSpan(text);
  if (!span) return 'day';
  const edge = (op === 'gte') === isStrict ? span.until : span.from;
  return [{ field: field.key, op, value: isStrict ? daysAfter(edge, op === 'gte' ? 1 : -1) : edge }];
}

function rangeFilters(field: FilterField, value: TokenValue): FilterResult | null {
  const match = value.isQuoted ? null : rangePattern.exec(value.text);
  if (!match || (field.kind !== 'number' && !isTime(field))) return null;
  const [, from = '', until = ''] = match;
  const boundFilters = (sign: string, text: string): FilterResult =>
    text === '' ? [] : comparisonFilters(field, sign, { ...value, text });
  const bounds = combineResults([boundFilters('>=', from), boundFilters('<=', until)]);
  return bounds.length === 0 ? 'value' : bounds;
}

function parseValue(
  lexicon: Lexicon,
  field: FilterField,
  value: TokenValue,
  isExact: boolean,
): Json[] | Problem['code'] {
  const { text } = value;
  if (field.kind === 'number') {
    const number = numberFor(field, text);
    return number === null ? 'number' : [number];
  }
  if (field.kind === 'boolean') {
    const truth = lexicon.parseBoolean(text);
    return truth === null ? 'yesNo' : [truth];
  }
  if (field.kind === 'choice') return [isExact ? text : lexicon.parseChoice(field, text)];
  if (field.kind !== 'reference' || isExact) return [text];
  const ids = lexicon.findIds(field, text);
  return ids.length === 0 ? 'name' : [...ids];
}

const containsFilters = (field: FilterField, text: string): FilterResult =>
  text.trim() === '' ? 'value' : [{ field: field.key, op: 'contains', value: text }];

function equalityFilters(
  lexicon: Lexicon,
  field: FilterField,
  { negated, sign, values }: Token,
): FilterResult {
  // With ":" a text or a name can be approximate.
  const isExact = sign !== ':';
  const key = field.key;
  const [firstValue] = values;
  const singleValue = values.length === 1 && firstValue ? firstValue : null;
  const isNegated = negated || sign === '!=';
  if (singleValue && !isNegated) {
    const rangeResult = rangeFilters(field, singleValue);
    if (rangeResult !== null) return rangeResult;
    const isFreeText = field.kind === 'text' || field.kind === 'longtext' || field.kind === 'references';
    if (!isExact && isFreeText) return containsFilters(field, singleValue.text);
  }
  if (field.kind === 'moment') {
    const span = singleValue && !isNegated ? momentSpan(singleValue.text) : null;
    if (!span) return isNegated ? 'negate' : 'day';
    return [
      { field: key, op: 'gte', value: span.from },
      { field: key, op: 'lte', value: span.until },
    ];
  }
  if (field.kind === 'date' && !isExact) {
    const span = singleValue && !isNegated ? parseTypedSpan(singleValue.text) : null;
    if (span && span.from !== span.until) {
      return [
        { field: key, op: 'gte', value: span.from },
        { field: key, op: 'lte', value: span.until },
      ];
    }
  }
  if (field.kind === 'longtext' || field.kind === 'references') return isNegated ? 'negate' : 'one';
  const isFreeMatch = field.kind === 'text' && !isExact;
  if (isNegated && isFreeMatch) return 'negate';
  const parsedValues = values.map((value) => parseValue(lexicon, field, value, isExact));
  const problem = parsedValues.find((parsedValue) => typeof parsedValue === 'string');
  if (problem !== undefined) {
    // An unknown name is searched as a part of names.
    return problem === 'name' && singleValue && !isNegated
      ? containsFilters(field, singleValue.text)
      : problem;
  }
  const distinctValues = [...new Set((parsedValues as Json[][]).flat())];
  if (isNegated) return distinctValues.map((value) => ({ field: key, op: 'is_not', value }));
  return distinctValues.length === 1 && distinctValues[0] !== undefined
    ? [{ field: key, op: 'is', value: distinctValues[0] }]
    : [{ field: key, op: 'in', value: distinctValues }];
}

/** Unknown names are left out. */
function presenceFilters(lexicon: Lexicon, token: Token, op: Operator): readonly Filter[] {
  return token.values.flatMap(({ text, isQuoted }) => {
    const field = lexicon.findField(text, isQuoted);
    return field ? [{ field: field.key, op }] : [];
  });
}

export function parseToken(lexicon: Lexicon, token: Token): TokenMeaning {
  const { name, isNameQuoted, sign, values, negated, raw } = token;
  if (name === null || sign === null) return { kind: 'word', text: values[0]?.text ?? '' };
  const isPresence = sign === ':' && !isNameQuoted && lexicon.isPresenceWord(name);
  const isAbsence = sign === ':' && !isNameQuoted && lexicon.isAbsenceWord(name);
  const field = lexicon.findField(name, isNameQuoted);
  // Conditions on unknown fields are also searched for as words, such as "note: this" and `https://…`.
  if (!field && !isPresence && !isAbsence)
    return sign === ':' || sign === '='
      ? { kind: 'problem', problem: { code: 'field', text: name } }
      : { kind: 'word', text: raw };
  if (!token.isClosed || values.some((value) => value.text === '' && !value.isQuoted))
    return { kind: 'unfinished' };
  const problem = (code: Problem['code'], problemText?: string): TokenMeaning => ({
    kind: 'problem',
    problem: { code, text: problemText ?? raw, ...(field ? { field: field.key } : {}) },
  });
  if (isPresence || isAbsence) {
    // "-no:" means the same as "has:".
    const op = isPresence === negated ? 'empty' : 'not_empty';
    const unknownName = values.find(({ text, isQuoted }) => !lexicon.findField(text, isQuoted));
    if (unknownName) return problem('field', unknownName.text);
    return { kind: 'filters', filters: presenceFilters(lexicon, token, op) };
  }
  const result = conditionFilters(lexicon, field as FilterField, token);
  return typeof result === 'string' ? problem(result) : { kind: 'filters', filters: result };
}

function conditionFilters(lexicon: Lexicon, field: FilterField, token: Token): FilterResult {
  const { sign, values, negated } = token;
  if (sign === ':' || sign === '=' || sign === '!=') {
    return negated && sign === '!=' ? 'negate' : equalityFilters(lexicon, field, token);
  }
  const [value] = values;
  if (!value || values.length > 1) return 'one';
  if (negated && sign === '>=' && field.kind === 'date') {
    const result = comparisonFilters(field, sign, value);
    return typeof result === 'string' ? result : result.map((filter) => ({ ...filter, op: 'not_gte' }));
  }
  if (negated) return 'negate';
  return sign === '~' ? containsFilters(field, value.text) : comparisonFilters(field, sign ?? '', value);
}

export interface ParsedText {
  filters: readonly Filter[];
  search: string;
  problems: readonly Problem[];
  /** The text that stays after conditions have become chips: words, and conditions with problems. */
  rest: string;
}

/**
 * Parses a typed text. Conditions on fields become filters; other words become the search, also conditions on unknown fields. A condition
 * that cannot be understood stays in the text, with its problem.
 */
export function parseText(lexicon: Lexicon, text: string): ParsedText {
  const filters: Filter[] = [];
  const words: string[] = [];
  const problems: Problem[] = [];
  const rest: string[] = [];
  for (const token of tokensOf(text)) {
    const meaning = parseToken(lexicon, token);
    if (meaning.kind === 'filters') filters.push(...meaning.filters);
    else rest.push(token.raw);
    if (meaning.kind === 'word') words.push(meaning.text);
    if (meaning.kind !== 'problem') continue;
    problems.push(meaning.problem);
    if (meaning.problem.code === 'field') words.push(token.raw);
  }
  return { filters, search: words.filter((word) => word !== '').join(' '), problems, rest: rest.join(' ') };
}
