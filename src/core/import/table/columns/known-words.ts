import { foldText } from '#shared/domain/fold.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../../kernel/db/connection.ts';
import { visibleCondition } from '../../../kernel/db/schema.ts';
import type { WordTest } from '../../../kernel/files/encoding.ts';
import { headingsByField } from '../../../model/interchange/heading-words.ts';
import { readPages } from '../../../model/read-pages.ts';
import { isGivenName } from './given-names.ts';

const headingWords = new Set(
  Object.values(headingsByField)
    .flat()
    .flatMap((heading) => heading.split(' ')),
);

/** Whether a folded word is a common given name or occurs in a heading, in any language. */
export const isKnownWord: WordTest = (word) => isGivenName(word) || headingWords.has(word);

const namedTypes = ['university', 'team', 'faculty', 'student', 'project'] as const;

/** Tests for words that FRAMES or the names of a workspace know. Yields the names read. */
export function* findKnownWords(db: ReadHandle | undefined): Generator<number, WordTest, void> {
  const words = new Set<string>();
  let done = 0;
  for (const type of db ? namedTypes : []) {
    const select = `SELECT rowid AS row, payload ->> '$.name' AS name FROM ${tableOf[type]} WHERE ${visibleCondition()}`;
    for (const rows of readPages<{ name: string | null }>(db as ReadHandle, select)) {
      for (const { name } of rows)
        if (/[^\p{ASCII}]/u.test(name ?? '')) for (const word of wordsIn(name ?? '')) words.add(word);
      yield (done += rows.length);
    }
  }
  return (word) => words.has(word) || isKnownWord(word);
}

const wordsIn = (name: string): readonly string[] => foldText(name).match(/\p{L}{3,}/gu) ?? [];
