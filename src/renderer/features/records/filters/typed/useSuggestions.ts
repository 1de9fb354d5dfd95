import type { FilterField } from '../model.ts';
import type { Lexicon } from './lexicon.ts';
import { tokensOf, foldWord, slugOf, quoteToken } from './tokens.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../../../i18n/setup.ts';
import { queryFor } from '../../../../stores/queries.ts';
import { choiceName, fieldName, displayTitle } from '../../../../text/names.ts';
import { filterValueText, isTime } from '../model.ts';
import { useValues } from '../value-names.ts';
import { dayOf } from './days.ts';
import { typedFieldName, targetTypesOf } from './lexicon.ts';

type CaretContext =
  | { kind: 'field'; prefix: string; negated: boolean; from: number; to: number }
  | { kind: 'presence'; prefix: string; from: number; to: number }
  | { kind: 'value'; field: FilterField; prefix: string; from: number; to: number }
  | null;

/** The context at the caret, an index into the text; null after a blank, in a quoted word, and for an unknown field. */
export function contextAt(lexicon: Lexicon, text: string, caret: number): CaretContext {
  const token = tokensOf(text).find(({ from, to }) => from < caret && caret <= to);
  if (!token) return null;
  if (token.name === null || token.sign === null) {
    const [value] = token.values;
    if (value?.isQuoted) return null;
    const negated = token.raw.startsWith('-');
    const prefix = text.slice(token.from + (negated ? 1 : 0), caret);
    return { kind: 'field', prefix, negated, from: token.from, to: token.to };
  }
  const value = token.values.find(({ from, to }) => from <= caret && caret <= to) ?? token.values.at(-1);
  if (!value) return null;
  const span = { prefix: value.text, from: value.from, to: value.to };
  if (
    token.sign === ':' &&
    !token.isNameQuoted &&
    (lexicon.isPresenceWord(token.name) || lexicon.isAbsenceWord(token.name))
  )
    return { kind: 'presence', ...span };
  const field = lexicon.findField(token.name, token.isNameQuoted);
  return field ? { kind: 'value', field, ...span } : null;
}

export interface Suggestion {
  insert: string;
  label: string;
  hint: string;
}

const maxSuggestions = 8;

/** Whether the text or one of its words begins with a folded prefix. */
const hasWordPrefix = (text: string, foldedPrefix: string): boolean =>
  [foldWord(text), ...foldWord(text).split(/[^\p{L}\p{N}]+/u)].some((word) => word.startsWith(foldedPrefix));

function exampleOf(field: FilterField): string {
  const name = typedFieldName(field);
  if (field.kind === 'number') return `${name}>=5`;
  if (isTime(field)) return `${name}>=${dayOf(new Date().toISOString())}`;
  if (field.kind === 'boolean') return `${name}:${say('common:yes').toLowerCase()}`;
  const [first] = field.list ? vocabulary[field.list] : [];
  return `${name}:${first === undefined ? '…' : quoteToken(choiceName(first))}`;
}

function matchingFields(lexicon: Lexicon, prefix: string): readonly FilterField[] {
  const word = slugOf(prefix);
  if (word === '') return [];
  return lexicon.fields.filter(
    (field) => hasWordPrefix(fieldName(field.key), foldWord(prefix)) || slugOf(field.key).startsWith(word),
  );
}

const kindsWithoutNegation: ReadonlySet<FilterField['kind']> = new Set(['number', 'longtext', 'references']);

function fieldSuggestions(lexicon: Lexicon, prefix: string, negated: boolean): readonly Suggestion[] {
  const minus = negated ? '-' : '';
  const fields = matchingFields(lexicon, prefix)
    .filter((field) => !negated || (!isTime(field) && !kindsWithoutNegation.has(field.kind)))
    .map((field) => ({
      insert: `${minus}${typedFieldName(field)}${field.kind === 'number' || isTime(field) ? '>=' : ':'}`,
      label: fieldName(field.key),
      hint: exampleOf(field),
    }));
  const words = (['has', 'no'] as const)
    .map((word) => ({
      word: say(`views:typed.${word}`),
      hint: say(word === 'has' ? 'grid:op.not_empty' : 'grid:op.empty'),
    }))
    .filter(({ word }) => prefix !== '' && foldWord(word).startsWith(foldWord(prefix)))
    .map(({ word, hint }) => ({ insert: `${minus}${word}:`, label: `${word}:`, hint }));
  return [...fields, ...words].slice(0, maxSuggestions);
}

function presenceSuggestions(lexicon: Lexicon, prefix: string): readonly Suggestion[] {
  const fields = prefix === '' ? lexicon.fields : matchingFields(lexicon, prefix);
  return fields
    .slice(0, maxSuggestions)
    .map((field) => ({ insert: typedFieldName(field), label: fieldName(field.key), hint: '' }));
}

function valueSuggestions(
  field: FilterField,
  prefix: string,
  storedValues: readonly { value: Json; count: number | null }[],
): readonly Suggestion[] {
  if (field.kind === 'boolean') {
    return ['common:yes' as const, 'common:no' as const]
      .map((key) => say(key))
      .filter((word) => foldWord(word).startsWith(foldWord(prefix)))
      .map((word) => ({ insert: word.toLowerCase(), label: word, hint: '' }));
  }
  return storedValues
    .map(({ value, count }) => {
      const insert = quoteToken(typeof value === 'string' ? value : JSON.stringify(value));
      return { insert, label: filterValueText(field, value), hint: count === null ? '' : String(count) };
    })
    .filter(
      ({ label, insert }) =>
        hasWordPrefix(label, foldWord(prefix)) || hasWordPrefix(insert, foldWord(prefix)),
    )
    .slice(0, maxSuggestions);
}

/** Suggestions at the caret: fields, or values read from the records. */
export function useSuggestions(
  lexicon: Lexicon,
  type: EntityType,
  context: CaretContext,
): readonly Suggestion[] {
  const field = context?.kind === 'value' ? context.field : null;
  const prefix = context?.prefix ?? '';
  const isReference = field?.kind === 'reference' || field?.kind === 'references';
  const offersValues =
    field !== null && !isReference && ['text', 'choice', 'number', 'date'].includes(field.kind);
  const storedValues = useValues(type, field, offersValues);
  const types = field ? targetTypesOf(field) : [];
  const { data: refs } = useQuery({
    ...queryFor('entities.lookup', { types, text: prefix.slice(0, 200), limit: maxSuggestions }),
    enabled: isReference,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    if (!context) return [];
    if (context.kind === 'field') return fieldSuggestions(lexicon, context.prefix, context.negated);
    if (context.kind === 'presence') return presenceSuggestions(lexicon, context.prefix);
    if (!isReference)
      return valueSuggestions(context.field, context.prefix, offersValues ? (storedValues ?? []) : []);
    const titles = new Set((refs ?? []).map((ref) => displayTitle(ref.title, ref.type)));
    return [...titles].map((title) => ({ insert: quoteToken(title), label: title, hint: '' }));
  }, [lexicon, context, storedValues, refs, offersValues, isReference]);
}
