import type { SearchHit } from '#shared/contract/search.ts';
import { fold } from '#shared/domain/fold.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Connection, Parameters } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { beginsAlike, mistakesIn } from '../model/name-search.ts';
import type { Services } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';
import { excerptOf } from './excerpt.ts';
import type { SearchIndex } from './search-index.ts';

interface Wanted {
  text: string;
  types?: readonly EntityType[] | undefined;
  university?: string | undefined;
  since?: string | undefined;
  limit: number;
}

interface Found {
  hits: SearchHit[];
  total: number;
  capped: boolean;
  complete: boolean;
}

/** Passages of each group that are ranked. A word of most records has more, and ranking them all would take too long. */
const mostRanked = 1000;
/** Spellings tried for a word with typing errors. */
const mostSpellings = 20;

interface PassageRow {
  id: number;
  record: string;
  type: EntityType;
  university: string | null;
  field: string;
  is_title: 0 | 1;
  text: string;
}

/** The words of a text as the index has them. */
export const searchWords = (text: string): string[] => [
  ...new Set(
    fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  ),
];

/** A word in a query of FTS5: always in quotation marks, so that nothing in it is an operator. */
const quoted = (word: string): string => `"${word}"`;

/** Records with all the words in one field. Yields while the index is brought up to date. */
export function* findText(
  index: SearchIndex,
  services: Pick<Services, 'read' | 'names'>,
  wanted: Wanted,
): Generator<number, Found, void> {
  yield* index.follow();
  services.names.refresh();
  const words = searchWords(wanted.text);
  const found = new Map<string, Candidate>();
  const search = new Search(index.db, wanted);
  let capped = false;
  const add = (
    group: SearchHit['found'],
    passages: readonly PassageRow[],
    typed: readonly string[],
  ): void => {
    capped ||= passages.length === mostRanked;
    for (const passage of passages) {
      const rank = rankOf(group, passage, typed);
      const known = found.get(passage.record);
      if (!known)
        found.set(passage.record, { group, passage, words: typed, rank, fields: new Set([passage.field]) });
      else if (!known.fields.has(passage.field)) {
        known.fields.add(passage.field);
        if (rank < known.rank) Object.assign(known, { passage, rank });
      }
    }
  };
  if (words.length > 0) {
    for (const column of ['title', 'body'] as const) add('words', search.words(words, column), words);
    add('inside', search.inside(words), words);
    if (found.size === 0) {
      const spellings = words.map((word) => search.spellings(word));
      if (spellings.every((each) => each.length > 0))
        for (const column of ['title', 'body'] as const)
          add('similar', search.anyOf(spellings, column), spellings.flat());
    }
  }
  const all = [...found.values()].map((candidate) => ({
    ...candidate,
    title: titleOf(services, candidate.passage),
  }));
  all.sort(
    (a, b) =>
      a.rank - b.rank || compareNames(a.title, b.title) || (a.passage.record < b.passage.record ? -1 : 1),
  );
  return {
    hits: all.slice(0, wanted.limit).map(({ group, passage, words: typed, fields, title }) => ({
      id: passage.record,
      type: passage.type,
      title,
      university_id: passage.university,
      found: group,
      field: passage.field,
      excerpt: excerptOf(passage.text, typed, group !== 'inside'),
      more: fields.size - 1,
    })),
    total: all.length,
    capped,
    complete: index.isComplete,
  };
}

interface Candidate {
  group: SearchHit['found'];
  passage: PassageRow;
  words: readonly string[];
  rank: number;
  fields: Set<string>;
}

const groups: readonly SearchHit['found'][] = ['words', 'inside', 'similar'];

/** Groups in their order; in each, names before other fields, then texts with the words as typed before those in which they only begin words. */
function rankOf(group: SearchHit['found'], { text, is_title }: PassageRow, words: readonly string[]): number {
  const whole = new Set(searchWords(text));
  const isWhole = words.every((word) => whole.has(word));
  return 4 * groups.indexOf(group) + 2 * Number(is_title === 0) + Number(!isWhole);
}

/** The title of a record; that of a link is made of those of its ends. */
export function titleOf(
  { read, names }: Pick<Services, 'read' | 'names'>,
  { record, type }: Pick<PassageRow, 'record' | 'type'>,
): string {
  const known = names.title(record);
  if (known !== null) return known;
  const found = locateIn(read, type, record);
  return found ? readTitle(read, type, found.payload) : '';
}

/** The queries of one search. */
class Search {
  readonly #db: Connection;
  readonly #filters: string;
  readonly #values: Readonly<Record<string, string>>;

  constructor(db: Connection, { types, university, since }: Wanted) {
    this.#db = db;
    this.#filters = [
      ...(types ? ['p.type IN (SELECT value FROM json_each(:types))'] : []),
      ...(university === undefined ? [] : ['p.university = :university']),
      ...(since === undefined ? [] : ['p.changed >= :since']),
    ]
      .map((filter) => ` AND ${filter}`)
      .join('');
    this.#values = {
      ...(types ? { types: JSON.stringify(types) } : {}),
      ...(university === undefined ? {} : { university }),
      ...(since === undefined ? {} : { since }),
    };
  }

  /** Passages in which each word begins a word. */
  words(words: readonly string[], column: 'title' | 'body'): PassageRow[] {
    return this.#match('words', `${column} : (${words.map((word) => `${quoted(word)} *`).join(' AND ')})`);
  }

  /** Passages with each word anywhere. Words of one or two letters must be with a longer one. */
  inside(words: readonly string[]): PassageRow[] {
    const long = words.filter((word) => Array.from(word).length >= 3);
    if (long.length === 0) return [];
    const short = words.filter((word) => !long.includes(word));
    const found = this.#match('letters', long.map(quoted).join(' AND '));
    return short.length === 0
      ? found
      : found.filter(({ text }) => {
          const folded = fold(text);
          return short.every((word) => folded.includes(word));
        });
  }

  /** Passages with one of the spellings of each word. */
  anyOf(spellings: readonly (readonly string[])[], column: 'title' | 'body'): PassageRow[] {
    const each = spellings.map((words) => `(${words.map(quoted).join(' OR ')})`);
    return this.#match('words', `${column} : (${each.join(' AND ')})`);
  }

  /** Words of the index that begin like a word with typing errors. The first letter must be right. */
  spellings(word: string): string[] {
    const [first = ''] = word;
    const terms = this.#db.iterate<{ term: string }>(
      'SELECT term FROM vocabulary WHERE term >= ? AND term < ?',
      [first, `${first}\u{10ffff}`],
    );
    const found: string[] = [];
    for (const { term } of terms) {
      if (beginsAlike(term, word, mistakesIn(word))) found.push(term);
      if (found.length === mostSpellings) break;
    }
    return found;
  }

  #match(table: 'words' | 'letters', query: string): PassageRow[] {
    const sql = `SELECT p.id, p.record, p.type, p.university, p.field, p.is_title, p.text
      FROM ${table} JOIN passages p ON p.id = ${table}.rowid WHERE ${table} MATCH :query${this.#filters} LIMIT ${mostRanked}`;
    const values: Parameters = { ...this.#values, query };
    return this.#db.all<PassageRow>(sql, values);
  }
}
