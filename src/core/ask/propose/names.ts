import type { EntityType } from '#shared/domain/types.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import type { NameIndex } from '../../model/name-index.ts';
import type { Meaning } from './lexicon.ts';
import { normalizeWord } from './question-words.ts';

/** Names with more words are not searched for. */
export const mostWords = 10;
const often = 2000;

const named: ReadonlySet<EntityType> = new Set(
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
  const firsts = new Set(words);
  const found = new Map<string, Meaning[]>();
  let done = 0;
  for (const { id, type, title, folded } of names.live(named)) {
    if ((done += 1) % often === 0) yield done;
    const [first] = /[\p{L}\p{M}\p{N}]+/u.exec(folded) ?? [];
    if (first === undefined || !firsts.has(first)) continue;
    const whole = normalizeWord(folded);
    const own = type === 'university' ? beginningsOf(whole) : [whole];
    for (const phrase of own) {
      if (!phrases.has(phrase)) continue;
      const known = found.get(phrase) ?? [];
      const isKnown = known.some((one) => one.is === 'name' && one.type === type && one.title === title);
      if (!isKnown) found.set(phrase, [...known, { is: 'name', type, id, title }]);
    }
  }
  return found;
}

const phrasesIn = (words: readonly string[]): Set<string> =>
  new Set(
    words.flatMap((_, from) =>
      Array.from({ length: mostWords }, (__, more) => words.slice(from, from + more + 1).join(' ')),
    ),
  );

const nextAreas = `SELECT rowid, payload ->> '$.expertise_area' AS area FROM students WHERE ${visibleCondition()} AND rowid > ? ORDER BY rowid LIMIT ${often}`;

/** Adds the areas of expertise in a question, by words. Yields the number of students visited. */
export function* findAreas(
  db: ReadHandle,
  words: readonly string[],
  found: Map<string, Meaning[]>,
): Generator<number, void, void> {
  const phrases = phrasesIn(words);
  const looked = new Set<string>();
  for (let after = Number.MIN_SAFE_INTEGER, done = 0, isLast = false; !isLast;) {
    const rows = db.all<{ rowid: number; area: string | null }>(nextAreas, [after]);
    for (const { area } of rows) {
      if (typeof area !== 'string' || looked.has(area)) continue;
      looked.add(area);
      const phrase = normalizeWord(area);
      if (!phrases.has(phrase)) continue;
      const meaning: Meaning = { is: 'value', type: 'student', column: 'expertise_area', value: area };
      found.set(phrase, [...(found.get(phrase) ?? []), meaning]);
    }
    yield (done += rows.length);
    after = rows.at(-1)?.rowid ?? after;
    isLast = rows.length < often;
  }
}

function beginningsOf(name: string): string[] {
  const words = name.split(' ');
  return words.map((_, at) => words.slice(0, at + 1).join(' '));
}
