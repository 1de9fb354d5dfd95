import { z } from 'zod';
import { withDisplay } from '../contract/display-rules.ts';
import reasons from './en/reasons.ts';
import { fill } from './fill.ts';
import type { PlaceholderNames, TextValues } from './fill.ts';

type Groups = typeof reasons;
type Group = keyof Groups;
type KeyOf<G extends Group> = keyof Groups[G] & string;
export type SentenceCode = { [G in Group]: `${G}.${KeyOf<G>}` }[Group];
type NamesOf<C> = C extends `${infer G extends Group}.${infer K}`
  ? PlaceholderNames<Groups[G][K & keyof Groups[G]]>
  : never;

/** The values of a text's placeholders. `file` is "The file" by default, `why` a cause after a colon. */
export type ValuesOf<C extends SentenceCode> = {
  [Name in Exclude<NamesOf<C>, 'file' | 'why'>]: string | number | Sentence;
} & { file?: string; why?: Sentence | undefined };

/** A text of the catalogue `reasons` with its values, which can be texts themselves. */
export interface Sentence {
  code: string;
  values?: { [name: string]: string | number | Sentence | undefined } | undefined;
}
export type SentenceValues = NonNullable<Sentence['values']>;

export const sentenceValues: z.ZodType<SentenceValues> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), z.number(), sentence]).optional()),
);
export const sentence: z.ZodType<Sentence> = withDisplay(
  z.object({ code: z.string(), values: sentenceValues.optional() }),
  { text: (value) => sentenceText(value) },
);

type ClauseArguments<C extends SentenceCode> =
  Record<string, never> extends ValuesOf<C> ? [values?: ValuesOf<C>] : [values: ValuesOf<C>];

/** A finding or cause: a clause without capital and full stop. */
export function clause<const K extends KeyOf<'found'>>(
  key: K,
  ...[values]: ClauseArguments<`found.${K}`>
): Sentence {
  return { code: `found.${key}`, ...(values && { values }) };
}

/** A text that is no part of the catalogue, such as SQLite's own. */
export const verbatim = (text: string): Sentence => clause('text', { text });

/** Returns the text of a code with its values filled in; null for an unknown code. */
export type Lookup = (code: string, values: TextValues) => string | null;

const lookUpEnglish: Lookup = (code, values) => {
  const [group = '', key = ''] = code.split('.');
  const texts: Readonly<Record<string, string>> | undefined = Object.hasOwn(reasons, group)
    ? reasons[group as Group]
    : undefined;
  const text = texts && Object.hasOwn(texts, key) ? texts[key] : undefined;
  return text === undefined ? null : fill(text, values);
};

/** The text of a sentence; in English by default, and the code itself if it is unknown. */
export function sentenceText({ code, values = {} }: Sentence, lookUp: Lookup = lookUpEnglish): string {
  const placeholderValues: Record<string, string | number> = { why: '' };
  const fileCode = code.startsWith('workspace.') ? 'found.theWorkspaceFile' : 'found.theFile';
  if (values['file'] === undefined) placeholderValues['file'] = lookUp(fileCode, {}) ?? '';
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const text = typeof value === 'object' ? sentenceText(value, lookUp) : value;
    placeholderValues[name] = name === 'why' ? `: ${text}` : text;
  }
  return lookUp(code, placeholderValues) ?? code;
}
