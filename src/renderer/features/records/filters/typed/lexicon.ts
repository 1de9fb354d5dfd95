import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { mayBeEnd, typesNamed } from '#shared/domain/references.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { say } from '../../../../i18n/setup.ts';
import { choiceName, fieldName, titleOr } from '../../../../text/names.ts';
import { filterFields, filterField } from '../model.ts';
import type { FilterField } from '../model.ts';
import { foldWord, oneWord, inQuotes, tokensOf, quoteToken } from './tokens.ts';
import { api } from '../../../../api/client.ts';
import { typedMoment } from './days.ts';

/** The meanings of typed words: fields by all their names, and words for presence. */
export interface Lexicon {
  type: EntityType;
  fields: readonly FilterField[];
  /**
   * The field of a typed name: by key, key without _id, or label; custom fields by name. A quoted (`exact`) name prefers a custom field.
   */
  field: (name: string, exact?: boolean) => FilterField | undefined;
  isHas: (name: string) => boolean;
  isNo: (name: string) => boolean;
  /** Words for yes and no; null for others. */
  truth: (text: string) => boolean | null;
  choice: (field: FilterField, text: string) => string;
  named: (field: FilterField, text: string) => readonly string[];
}

const none: readonly string[] = [];

/** The lexicon of a type with its custom fields. `named` has the records that references can name; without it names are unknown. */
export function lexiconOf(
  type: EntityType,
  named: Lexicon['named'] = () => none,
  own: readonly OwnField[] = [],
): Lexicon {
  const fields = filterFields(type, own);
  const byOwnName = new Map(
    fields.flatMap((field) => (field.own ? [[ownNameOf(field.key) ?? '', field] as const] : [])),
  );
  const byName = new Map<string, FilterField>();
  const learn = (name: string, field: FilterField): void => {
    if (name !== '' && !byName.has(name)) byName.set(name, field);
  };
  // A key always means its declared field, whatever a custom one is called.
  const declared = fields.filter((field) => !field.own);
  for (const field of declared) learn(oneWord(field.key), field);
  for (const field of declared) learn(oneWord(fieldName(field.key)), field);
  for (const field of declared) learn(oneWord(field.key.replace(/_(id|at)$/, '')), field);
  for (const field of byOwnName.values()) learn(oneWord(fieldName(field.key)), field);
  const word = (...texts: string[]) => {
    const known = new Set(texts.map(foldWord));
    return (text: string): boolean => known.has(foldWord(text));
  };
  const isYes = word('yes', 'true', say('common:yes'));
  const isFalse = word('no', 'false', say('common:no'));
  return {
    type,
    fields,
    field: (name, exact = false) => (exact ? byOwnName.get(name) : undefined) ?? byName.get(oneWord(name)),
    isHas: word('has', say('views:typed.has')),
    isNo: word('no', say('views:typed.no')),
    truth: (text) => (isYes(text) ? true : isFalse(text) ? false : null),
    choice: (field, text) => {
      const known: readonly string[] = field.list ? vocabulary[field.list] : [];
      if (known.includes(text)) return text;
      const folded = foldWord(text);
      return (
        known.find((value) => foldWord(value) === folded || foldWord(choiceName(value)) === folded) ?? text
      );
    },
    named,
  };
}

/** The typed name of a field in the current language; quoted for custom fields. */
export function typedName(field: FilterField): string {
  const own = ownNameOf(field.key);
  if (own !== null) return inQuotes(own);
  return oneWord(fieldName(field.key)) || field.key;
}

/** The types of records that a reference can name. */
export function typesOf(field: FilterField): EntityType[] {
  return [
    ...typesNamed(
      field.to,
      entityTypes.filter((type) => mayBeEnd(type)),
    ),
  ];
}

const most = 100;

/** The lexicon of a type with the records named in the text. */
export async function buildLexicon(
  type: EntityType,
  text: string,
  own: readonly OwnField[] = [],
): Promise<Lexicon> {
  const plain = lexiconOf(type, undefined, own);
  const names = tokensOf(text).flatMap(({ name, exact, sign, values }) => {
    const field = name !== null && sign !== null ? plain.field(name, exact) : undefined;
    return field?.kind === 'reference' ? values.map((value) => ({ field, text: value.text })) : [];
  });
  const found = new Map<string, readonly string[]>();
  const keyOf = (field: FilterField, name: string): string => `${field.key}/${foldWord(name)}`;
  await Promise.all(
    names
      .filter((one) => one.text.trim() !== '')
      .map(async (one) => {
        const refs = await api.entities.lookup({
          types: typesOf(one.field),
          text: one.text.slice(0, 200),
          limit: most,
        });
        const same = refs.filter((ref) =>
          [ref.title, titleOr(ref.title, ref.type)].some((title) => foldWord(title) === foldWord(one.text)),
        );
        found.set(
          keyOf(one.field, one.text),
          same.map(({ id }) => id),
        );
      }),
  );
  return lexiconOf(type, (field, name) => found.get(keyOf(field, name)) ?? [], own);
}

function valueText(value: Json | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return quoteToken(typeof value === 'string' ? value : JSON.stringify(value ?? ''));
}

/**
 * The typed form of a filter, with keys and stored values, which are valid in every language: `discipline=software,ground`, `size>=5`,
 * `name~rover`, `no:description`, and quoted custom fields: `"Lead email"~ada`. Parses back to the same filter.
 */
export function typedText(type: EntityType, { field, op, value }: Filter): string {
  const own = ownNameOf(field);
  const name = own === null ? field : inQuotes(own);
  if (op === 'empty') return `no:${name}`;
  if (op === 'not_empty') return `has:${name}`;
  if (op === 'gte' || op === 'lte') {
    const sign = op === 'gte' ? '>=' : '<=';
    const moment = filterField(type, field).kind === 'moment' && typeof value === 'string';
    if (moment) return `${name}${sign}${typedMoment(value, op === 'gte' ? 'from' : 'until')}`;
    const isWords = own !== null && typeof value === 'string';
    return `${name}${sign}${isWords ? inQuotes(value) : valueText(value)}`;
  }
  if (op === 'not_gte') return `-${typedText(type, { field, op: 'gte', value: value ?? null })}`;
  const values = op === 'in' && Array.isArray(value) ? (value as Json[]) : [value];
  const sign = { is: '=', in: '=', is_not: '!=', contains: '~' }[op];
  return `${name}${sign}${values.map(valueText).join(',')}`;
}
