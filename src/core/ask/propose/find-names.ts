import { areasOf } from '#shared/domain/fold.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import type { NameIndex } from '../../model/name-index.ts';
import { readPages } from '../../model/read-pages.ts';
import type { Meaning } from './lexicon.ts';
import { normalizeWord } from './question-words.ts';

/** Names with more words are not searched for. */
export const maxPhraseWords = 10;
const rowsPerStep = 2000;

const namedTypes: ReadonlySet<EntityType> = new Set(
  entityTypes.filter((type) => !['interface', 'outcome', 'contact'].includes(type)),
);

/** The record names in a question. A university also matches by the first words of its name. Yields the names visited. */
export function* findNames(
  names: NameIndex,
  words: readonly string[],
): Generator<number, Map<string, Meaning[]>, void> {
  yield* names.readAhead();
  names.refresh();
  const phrases = phrasesIn(words);
  const questionWords = new Set(words);
  const phraseMeanings = new Map<string, Meaning[]>();
  let done = 0;
  for (const { id, type, title, foldedTitle: folded } of names.visibleNames(namedTypes)) {
    if ((done += 1) % rowsPerStep === 0) yield done;
    const [firstWord] = /[\p{L}\p{M}\p{N}]+/u.exec(folded) ?? [];
    if (firstWord === undefined || !questionWords.has(firstWord)) continue;
    const fullName = normalizeWord(folded);
    const namePhrases = type === 'university' ? beginningsOf(fullName) : [fullName];
    for (const phrase of namePhrases) {
      if (!phrases.has(phrase)) continue;
      const meanings = phraseMeanings.get(phrase) ?? [];
      const hasMeaning = meanings.some(
        (meaning) => meaning.is === 'name' && meaning.type === type && meaning.title === title,
      );
      if (!hasMeaning) phraseMeanings.set(phrase, [...meanings, { is: 'name', type, id, title }]);
    }
  }
  return phraseMeanings;
}

const phrasesIn = (words: readonly string[]): Set<string> =>
  new Set(
    words.flatMap((_, start) =>
      Array.from({ length: maxPhraseWords }, (__, extraWords) =>
        words.slice(start, start + extraWords + 1).join(' '),
      ),
    ),
  );

const areaQuery = `SELECT rowid AS row, payload ->> '$.expertise_area' AS area FROM students WHERE ${visibleCondition()}`;

/** Adds the areas of expertise in a question, by words; a student can state several. Yields the number of students visited. */
export function* findAreas(
  db: ReadHandle,
  words: readonly string[],
  phraseMeanings: Map<string, Meaning[]>,
): Generator<number, void, void> {
  const phrases = phrasesIn(words);
  const visited = new Set<string>();
  const foundPhrases = new Set<string>();
  let done = 0;
  for (const rows of readPages<{ area: string | null }>(db, areaQuery)) {
    for (const { area } of rows) {
      if (typeof area !== 'string' || visited.has(area)) continue;
      visited.add(area);
      for (const value of areasOf(area)) {
        const phrase = normalizeWord(value);
        if (!phrases.has(phrase) || foundPhrases.has(phrase)) continue;
        foundPhrases.add(phrase);
        const meaning: Meaning = { is: 'value', type: 'student', column: 'expertise_area', value };
        phraseMeanings.set(phrase, [...(phraseMeanings.get(phrase) ?? []), meaning]);
      }
    }
    yield (done += rows.length);
  }
}

function beginningsOf(name: string): string[] {
  const words = name.split(' ');
  return words.map((_, index) => words.slice(0, index + 1).join(' '));
}
