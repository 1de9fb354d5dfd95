import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../../../i18n/setup.ts';
import { choiceName, fieldName } from '../../../../text/names.ts';
import { filterFields } from '../model.ts';
import type { FilterField } from '../model.ts';
import { fold, oneWord } from './fold.ts';
import { quotedName } from './tokens.ts';

/** What a field that is typed can mean: the fields of a type by all their names, and words for being there or not. */
export interface Lexicon {
  type: EntityType;
  fields: readonly FilterField[];
  /**
   * The field of a typed name: its key, its key without _id, or its label in the person's language; of own fields their name. A name in
   * quotes (`exact`) is an own field's as it is written, where there is one.
   */
  field: (name: string, exact?: boolean) => FilterField | undefined;
  /** `has:` and `no:` in the person's language and in English. */
  isHas: (name: string) => boolean;
  isNo: (name: string) => boolean;
  /** Yes and no, likewise; null for other words. */
  truth: (text: string) => boolean | null;
  /** The value that a label stands for: `codified, strong` → `codified-strong`. Text that is no label is a value itself. */
  choice: (field: FilterField, text: string) => string;
  /** The ids of records of this name, as far as they are known. */
  named: (field: FilterField, text: string) => readonly string[];
}

const none: readonly string[] = [];

/** The words of a type and of its own fields. `named` knows the records that references can name; without it names are not known. */
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
  // A key means its own field, whatever another is called.
  const declared = fields.filter((field) => !field.own);
  for (const field of declared) learn(oneWord(field.key), field);
  for (const field of declared) learn(oneWord(fieldName(field.key)), field);
  for (const field of declared) learn(oneWord(field.key.replace(/_(id|at)$/, '')), field);
  for (const field of byOwnName.values()) learn(oneWord(fieldName(field.key)), field);
  const word = (...texts: string[]) => {
    const known = new Set(texts.map(fold));
    return (text: string): boolean => known.has(fold(text));
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
      const wanted = fold(text);
      return known.find((value) => fold(value) === wanted || fold(choiceName(value)) === wanted) ?? text;
    },
    named,
  };
}

/** The name of a field as it is typed, in the person's language; that of an own field in quotes. */
export function typedName(field: FilterField): string {
  const own = ownNameOf(field.key);
  if (own !== null) return quotedName(own);
  return oneWord(fieldName(field.key)) || field.key;
}
