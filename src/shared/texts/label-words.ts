import english from './en/labels.ts';
import { fill } from './fill.ts';
import type { TextValues } from './fill.ts';

const englishTexts: Readonly<Record<string, unknown>> = english;

export function englishText(key: LabelKey, values: TextValues = {}): string {
  const form = values['count'] === 1 ? 'one' : 'other';
  const [, missingKey] = key.split('.');
  const template =
    missingKey === undefined
      ? (englishTexts[key] ?? englishTexts[`${key}_${form}`])
      : english.missing[missingKey as keyof typeof english.missing];
  return fill(String(template), values);
}

type Texts = typeof english;
type BaseKey<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;
export type LabelKey = BaseKey<Exclude<keyof Texts, 'missing'>> | `missing.${keyof Texts['missing']}`;

export interface LabelWords {
  say: (key: LabelKey, values?: TextValues) => string;
  /** "3 records". */
  records: (count: number) => string;
  /** "3 teams". */
  counted: (type: string, count: number) => string;
  /** "3 teams and 1 link", from counts by type or table. */
  countAll: (counts: Readonly<Record<string, number>>) => string;
  /** The name of a type within a sentence. */
  type: (type: string) => string;
  /** The label of a field, in its own capitals; quoted within a sentence. */
  field: (key: string) => string;
  value: (value: string | number | boolean, type: string, key: string) => string;
  role: (role: string) => string;
  time: (iso: string) => string;
  joinParts: (parts: readonly string[]) => string;
  quote: (name: string) => string;
}
