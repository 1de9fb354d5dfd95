import type { Field } from '#shared/domain/entities.ts';
import type { NumberField } from '#shared/domain/number-text.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { fieldNames } from '#shared/texts/field-names.ts';
import { tallyKeys } from '../../model/tallies.ts';
import { columnFields, joinTables, referenceColumns, tallyColumn } from '../question-schema.ts';
import type { JoinTable } from '../question-schema.ts';
import {
  conditionWords,
  fieldWords,
  normalizeWord,
  orderWords,
  phrasesOf,
  roleWords,
  subjectWords,
  unitWords,
  valueWords,
} from './question-words.ts';
import type { Role, Subject } from './question-words.ts';
import { stateFields } from '#shared/domain/states.ts';

/** What a condition can be about: a column of the subject's table, or a list of references. */
export interface Property extends NumberField {
  subject: Subject;
  column: string;
  /** The name in the explanation. */
  label: string;
  kind: 'number' | 'text' | 'boolean' | 'list';
  join?: JoinTable;
  /** The column with the id of a named record, to group by, and the type of that record. */
  idColumn?: string;
  to?: Field['to'];
  /** Too long for a column of a list. */
  isLong?: true;
}

/** A possible meaning of a phrase. The subject decides between several. */
export type Meaning =
  | { is: 'subject'; subject: Subject }
  | { is: 'role'; role: Role }
  | { is: 'property'; property: Property }
  | { is: 'value'; type: EntityType; column: string; value: string }
  | { is: 'condition'; subject: Subject; condition: string; meaning: string }
  | { is: 'order'; column: string; direction: 'ASC' | 'DESC' }
  | { is: 'unit'; unit: string }
  | { is: 'name'; type: EntityType; id: string; title: string };

export type Lexicon = ReadonlyMap<string, readonly Meaning[]>;

/** Names for fields that do not read well in a sentence. */
const fieldLabels: Readonly<Record<string, string>> = {
  documented: 'documentation',
  other_team_ids: 'other teams',
};

const labelOf = (key: string): string =>
  fieldLabels[key] ?? (fieldNames as Readonly<Record<string, string>>)[key]?.toLowerCase() ?? key;

export function propertiesOf(subject: Subject): readonly Property[] {
  if (subject === 'people')
    return [
      { subject, column: 'type', label: 'type', kind: 'text' },
      {
        subject,
        column: 'university',
        label: 'university',
        kind: 'text',
        idColumn: 'university_id',
        to: 'university',
      },
      { subject, column: 'team', label: 'team', kind: 'text', idColumn: 'team_id', to: 'team' },
    ];
  const fields = columnFields(subject).map((field): Property => {
    const { key, kind, unit, min, max, whole, to } = field;
    const label = labelOf(key);
    if (kind === 'reference') {
      const [idColumn, column] = referenceColumns(field);
      return { subject, column, label, kind: 'text', idColumn, ...(to && { to }) };
    }
    const columnKind = kind === 'number' || kind === 'boolean' ? kind : 'text';
    // Without a value, the usual share of the bond counts.
    const column = key === 'documented' ? 'documented_usual' : key;
    return {
      subject,
      column,
      label,
      kind: columnKind,
      ...(unit && { unit }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
      ...(whole && { whole }),
      ...(kind === 'longtext' && { isLong: true }),
    };
  });
  const lists = joinTables
    .filter(({ type }) => type === subject)
    .map((join): Property => ({
      subject,
      column: join.table,
      label: labelOf(join.field.key),
      kind: 'list',
      join,
    }));
  const counts = tallyKeys(subject).map((key): Property => ({
    subject,
    column: tallyColumn(key),
    label: `number of ${key}`,
    kind: 'number',
    whole: true,
  }));
  const state = stateFields[subject];
  const states: Property[] = state ? [{ subject, column: state.key, label: state.key, kind: 'text' }] : [];
  return [...fields, ...lists, ...counts, ...states];
}

/** Columns whose names are also ordinary words of questions, so the name alone does not point to the column. */
const ambiguousColumns = new Set([
  'name',
  'from_title',
  'to_title',
  'type',
  'title',
  'kind',
  'active',
  'is_lead',
  'date',
]);

function propertyPhrases({ column, label, idColumn, join }: Property): string[] {
  const key = join?.field.key ?? idColumn ?? column.replace(/_usual$/, '');
  const namePhrases =
    ambiguousColumns.has(column) || column.endsWith('_count')
      ? []
      : [label, key.replace(/_ids?$/, ''), column];
  return [...namePhrases, ...phrasesOf(fieldWords[key] ?? '')];
}

const allSubjects = (): Subject[] => [...entityTypes, 'people'];

export function buildLexicon(): Lexicon {
  const lexicon = new Map<string, Meaning[]>();
  const addMeaning = (phrases: readonly string[], meaning: Meaning): void => {
    for (const phrase of phrases.map(normalizeWord)) {
      if (phrase !== '') lexicon.set(phrase, [...(lexicon.get(phrase) ?? []), meaning]);
    }
  };
  for (const subject of allSubjects()) {
    const words =
      subjectWords[subject] ??
      `${subject}, ${subject === 'people' ? '' : tableOf[subject].replaceAll('_', ' ')}`;
    addMeaning(phrasesOf(words), { is: 'subject', subject });
    for (const property of propertiesOf(subject))
      addMeaning(propertyPhrases(property), { is: 'property', property });
  }
  for (const type of entityTypes) {
    for (const { key, list } of columnFields(type)) {
      for (const value of list === undefined ? [] : vocabulary[list]) {
        // "Other" has a meaning of its own.
        if (value !== 'other')
          addMeaning([value, ...phrasesOf(valueWords[value] ?? '')], {
            is: 'value',
            type,
            column: key,
            value,
          });
      }
    }
  }
  for (const value of vocabulary.lifecycle)
    addMeaning([value, ...phrasesOf(valueWords[value] ?? '')], {
      is: 'value',
      type: 'student',
      column: 'status',
      value,
    });
  for (const [role, words] of Object.entries(roleWords))
    addMeaning(phrasesOf(words), { is: 'role', role: role as Role });
  for (const [words, column, direction] of orderWords)
    addMeaning(phrasesOf(words), { is: 'order', column, direction });
  for (const [subject, words, condition, meaning] of conditionWords)
    addMeaning(phrasesOf(words), { is: 'condition', subject, condition, meaning });
  for (const [unit, words] of Object.entries(unitWords)) addMeaning(phrasesOf(words), { is: 'unit', unit });
  return lexicon;
}
