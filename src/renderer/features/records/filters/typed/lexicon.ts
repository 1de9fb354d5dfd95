import { customNameOf } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { canBeEnd, targetTypes } from '#shared/domain/references.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { say } from '../../../../i18n/setup.ts';
import { choiceName, fieldName, displayTitle } from '../../../../text/names.ts';
import { filterFields, filterField } from '../model.ts';
import type { FilterField } from '../model.ts';
import { foldWord, slugOf, inQuotes, tokensOf, quoteToken } from './tokens.ts';
import { api } from '../../../../api/client.ts';
import { typedMoment } from './days.ts';

/** The meanings of typed words: fields by all their names, and words for presence. */
export interface Lexicon {
  type: EntityType;
  fields: readonly FilterField[];
  /** Finds a field by key, key without _id, or label; a custom field by its name, which a quoted name prefers. */
  findField: (name: string, isQuoted?: boolean) => FilterField | undefined;
  isPresenceWord: (name: string) => boolean;
  isAbsenceWord: (name: string) => boolean;
  /** Words for yes and no; null for others. */
  parseBoolean: (text: string) => boolean | null;
  parseChoice: (field: FilterField, text: string) => string;
  findIds: (field: FilterField, text: string) => readonly string[];
}

const noIds: readonly string[] = [];

/** Earlier labels of fields, which people still type. */
const earlierLabels: Readonly<Record<string, readonly string[]>> = {
  energy_loss: ['Energy lost', 'Energieverlust'],
};

/** The lexicon of a type with its custom fields. `findIds` finds the records that a text names; without it all names are unknown. */
export function lexiconOf(
  type: EntityType,
  findIds: Lexicon['findIds'] = () => noIds,
  customFields: readonly CustomField[] = [],
): Lexicon {
  const fields = filterFields(type, customFields);
  const fieldsByCustomName = new Map(
    fields.flatMap((field) => (field.own ? [[customNameOf(field.key) ?? '', field] as const] : [])),
  );
  const fieldsBySlug = new Map<string, FilterField>();
  const addName = (name: string, field: FilterField): void => {
    if (name !== '' && !fieldsBySlug.has(name)) fieldsBySlug.set(name, field);
  };
  // A key always means its declared field, even if a custom field has the same name.
  const declaredFields = fields.filter((field) => !field.own);
  for (const field of declaredFields) addName(slugOf(field.key), field);
  for (const field of declaredFields) addName(slugOf(fieldName(field.key)), field);
  for (const field of declaredFields) addName(slugOf(field.key.replace(/_(id|at)$/, '')), field);
  for (const field of fieldsByCustomName.values()) addName(slugOf(fieldName(field.key)), field);
  for (const field of declaredFields)
    for (const label of earlierLabels[field.key] ?? []) addName(slugOf(label), field);
  const matcherOf = (...texts: string[]) => {
    const foldedTexts = new Set(texts.map(foldWord));
    return (text: string): boolean => foldedTexts.has(foldWord(text));
  };
  const isYes = matcherOf('yes', 'true', say('common:yes'));
  const isNo = matcherOf('no', 'false', say('common:no'));
  return {
    type,
    fields,
    findField: (name, isQuoted = false) =>
      (isQuoted ? fieldsByCustomName.get(name) : undefined) ?? fieldsBySlug.get(slugOf(name)),
    isPresenceWord: matcherOf('has', say('views:typed.has')),
    isAbsenceWord: matcherOf('no', say('views:typed.no')),
    parseBoolean: (text) => (isYes(text) ? true : isNo(text) ? false : null),
    parseChoice: (field, text) => {
      const values: readonly string[] = field.list ? vocabulary[field.list] : [];
      if (values.includes(text)) return text;
      const foldedText = foldWord(text);
      return (
        values.find(
          (value) => foldWord(value) === foldedText || foldWord(choiceName(value)) === foldedText,
        ) ?? text
      );
    },
    findIds,
  };
}

/** The typed name of a field in the current language; quoted for custom fields. */
export function typedFieldName(field: FilterField): string {
  const customName = customNameOf(field.key);
  if (customName !== null) return inQuotes(customName);
  return slugOf(fieldName(field.key)) || field.key;
}

export function targetTypesOf(field: FilterField): EntityType[] {
  return [
    ...targetTypes(
      field.to,
      entityTypes.filter((type) => canBeEnd(type)),
    ),
  ];
}

const maxRecords = 100;

/** The lexicon of a type with the records named in the text. */
export async function buildLexicon(
  type: EntityType,
  text: string,
  customFields: readonly CustomField[] = [],
): Promise<Lexicon> {
  const baseLexicon = lexiconOf(type, undefined, customFields);
  const names = tokensOf(text).flatMap(({ name, isNameQuoted, sign, values }) => {
    const field = name !== null && sign !== null ? baseLexicon.findField(name, isNameQuoted) : undefined;
    return field?.kind === 'reference' ? values.map((value) => ({ field, text: value.text })) : [];
  });
  const idsByName = new Map<string, readonly string[]>();
  const keyOf = (field: FilterField, name: string): string => `${field.key}/${foldWord(name)}`;
  await Promise.all(
    names
      .filter((reference) => reference.text.trim() !== '')
      .map(async (reference) => {
        const refs = await api.entities.lookup({
          types: targetTypesOf(reference.field),
          text: reference.text.slice(0, 200),
          limit: maxRecords,
        });
        const matches = refs.filter((ref) =>
          [ref.title, displayTitle(ref.title, ref.type)].some(
            (title) => foldWord(title) === foldWord(reference.text),
          ),
        );
        idsByName.set(
          keyOf(reference.field, reference.text),
          matches.map(({ id }) => id),
        );
      }),
  );
  return lexiconOf(type, (field, name) => idsByName.get(keyOf(field, name)) ?? [], customFields);
}

function valueToken(value: Json | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return quoteToken(typeof value === 'string' ? value : JSON.stringify(value ?? ''));
}

/**
 * The typed form of a filter, with keys and stored values, which are valid in every language: `discipline=software,ground`, `size>=5`,
 * `name~rover`, `no:description`, and quoted custom fields: `"Lead email"~ada`. Parses back to the same filter.
 */
export function typedText(type: EntityType, { field, op, value }: Filter): string {
  const customName = customNameOf(field);
  const name = customName === null ? field : inQuotes(customName);
  if (op === 'empty') return `no:${name}`;
  if (op === 'not_empty') return `has:${name}`;
  if (op === 'gte' || op === 'lte') {
    const sign = op === 'gte' ? '>=' : '<=';
    const isMomentText = filterField(type, field).kind === 'moment' && typeof value === 'string';
    if (isMomentText) return `${name}${sign}${typedMoment(value, op === 'gte' ? 'from' : 'until')}`;
    const isCustomText = customName !== null && typeof value === 'string';
    return `${name}${sign}${isCustomText ? inQuotes(value) : valueToken(value)}`;
  }
  if (op === 'not_gte') return `-${typedText(type, { field, op: 'gte', value: value ?? null })}`;
  const values = op === 'in' && Array.isArray(value) ? (value as Json[]) : [value];
  const sign = { is: '=', in: '=', is_not: '!=', contains: '~' }[op];
  return `${name}${sign}${values.map(valueToken).join(',')}`;
}
