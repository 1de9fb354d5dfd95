import { readFileSync } from 'node:fs';
import type { EntityType } from '#shared/domain/types.ts';

interface Corpus {
  /** Texts of people in their own fields. */
  records: readonly ({ type: EntityType; id: string; name: string } & Readonly<Record<string, string>>)[];
  links: readonly { id: string; from: string; to: string; note: string }[];
  queries: readonly LabelledQuery[];
}

export interface LabelledQuery {
  text: string;
  /** The records that answer it: 2 for those that do, 1 for those that help. */
  relevance: Readonly<Record<string, number>>;
}

/** Records of an invented space programme of several universities, in one language, and what people might search for. */
export const readCorpus = (language: 'english' | 'german'): Corpus =>
  JSON.parse(readFileSync(new URL(`${language}.json`, import.meta.url), 'utf8')) as Corpus;
