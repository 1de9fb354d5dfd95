import type { SearchHit } from '#shared/contract/search.ts';
import { wordsOf } from '#shared/domain/field-texts.ts';
import { fold } from '#shared/domain/fold.ts';
import { sortKey } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Connection, Parameters } from '../kernel/db/connection.ts';
import { beginsAlike, mistakesIn } from '../model/name-search.ts';
import type { Services } from '../model/services.ts';
import { excerptOf } from './excerpt.ts';
import { filterSql } from './filters.ts';
import type { Filters } from './filters.ts';
import { hitRecord } from './hit-record.ts';
import type { SearchIndex } from './search-index.ts';

interface Wanted extends Filters {
  text: string;
  limit: number;
}

interface Found {
  hits: SearchHit[];
  total: number;
  capped: boolean;
  complete: boolean;
  /** Ids of all records that have the words as typed. */
  exact: ReadonlySet<string>;
}

/** Passages of each group that are ranked. A word of most records has more, and ranking them all would take too long: what comes after such a group is not searched. */
const mostRanked = 500;
/** Spellings tried for a word with typing errors. */
const mostSpellings = 20;

interface PassageRow {
  id: number;
  record: string;
  type: EntityType;
  university: string | null;
  field: string;
  page: number | null;
}

/** Names, then other fields. */
const tables = ['titles', 'bodies'] as const;
type Table = (typeof tables)[number];

/** The words of a text as the index has them. */
export const searchWords = (text: string): string[] => wordsOf(fold(text));

/** A record that was found, by its first passage. A lower rank is better. */
interface Candidate {
  group: SearchHit['found'];
  passage: PassageRow;
  words: readonly string[];
  rank: number;
  fields: Set<string>;
}

/**
 * Records with all the words in one field. Names come before other fields, and texts with the words as typed before those in which they only begin
 * words. Yields while the index is brought up to date.
 */
export function* findText(
  index: SearchIndex,
  services: Pick<Services, 'read' | 'names'>,
  wanted: Wanted,
): Generator<number, Found, void> {
  yield* index.follow();
  services.names.refresh();
  const words = searchWords(wanted.text);
  const search = new Search(index.db, wanted);
  if (words.length > 0) {
    for (const table of tables)
      for (const ending of ['', ' *'])
        search.words(
          'words',
          table,
          words.map((word) => [`"${word}"${ending}`]),
          words,
        );
    search.inside(words);
    if (search.found.size === 0) {
      const spellings = words.map((word) => search.spellings(word));
      if (spellings.every((each) => each.length > 0))
        for (const table of tables)
          search.words(
            'similar',
            table,
            spellings.map((each) => each.map((word) => `"${word}"`)),
            spellings.flat(),
          );
    }
  }
  return {
    hits: firstOf([...search.found.values()], wanted.limit, services).map(
      ({ group, passage, words: typed, fields }) => ({
        ...hitRecord(services, passage),
        found: group,
        field: passage.field,
        page: passage.page,
        excerpt: excerptOf(search.textOf(passage), typed, group !== 'inside'),
        more: fields.size - 1,
      }),
    ),
    total: search.found.size,
    capped: search.isCapped,
    complete: index.isComplete,
    exact: new Set([...search.found].flatMap(([id, { group }]) => (group === 'similar' ? [] : [id]))),
  };
}

/** A key after that of every name. */
const unnamed = '\u{10ffff}';

/** The best candidates: by rank, then by name. Links have no name of their own and come last in their rank: reading those of their ends takes a query each. */
function firstOf(
  candidates: readonly Candidate[],
  limit: number,
  { names }: Pick<Services, 'names'>,
): Candidate[] {
  const first: Candidate[] = [];
  const byRank = Map.groupBy(candidates, ({ rank }) => rank);
  for (const rank of [...byRank.keys()].toSorted((a, b) => a - b)) {
    if (first.length >= limit) break;
    const keyed = (byRank.get(rank) ?? []).map((one) => {
      const name = names.title(one.passage.record);
      return { one, key: name === null ? unnamed : sortKey(name) };
    });
    keyed.sort((a, b) =>
      a.key === b.key ? (a.one.passage.record < b.one.passage.record ? -1 : 1) : a.key < b.key ? -1 : 1,
    );
    first.push(...keyed.map(({ one }) => one));
  }
  return first.slice(0, limit);
}

/** The queries of one search, the best first, and what they found. */
class Search {
  readonly found = new Map<string, Candidate>();
  isCapped = false;
  readonly #db: Connection;
  readonly #filters: string;
  readonly #values: Readonly<Record<string, string>>;
  #rank = 0;

  constructor(db: Connection, filters: Filters) {
    this.#db = db;
    ({ sql: this.#filters, values: this.#values } = filterSql(filters));
  }

  /** Passages of one table with one of the terms of each word. A term is quoted, so that nothing in it is an operator. */
  words(
    group: 'words' | 'similar',
    table: Table,
    terms: readonly (readonly string[])[],
    words: readonly string[],
  ): void {
    const query = terms.map((each) => `(${each.join(' OR ')})`).join(' AND ');
    this.#add(group, this.#match(table, query), words);
  }

  /** Passages with each word anywhere. Words of one or two letters must be with a longer one. */
  inside(words: readonly string[]): void {
    const long = words.filter((word) => Array.from(word).length >= 3);
    if (long.length === 0) return;
    const short = words.filter((word) => !long.includes(word));
    const passages = this.#match('letters', long.map((word) => `"${word}"`).join(' AND '));
    const has = (passage: PassageRow): boolean => {
      const folded = fold(this.textOf(passage));
      return short.every((word) => folded.includes(word));
    };
    this.#add('inside', short.length === 0 ? passages : passages.filter(has), words);
  }

  /** Words of the index that begin like a word with typing errors. The first letter must be right. */
  spellings(word: string): string[] {
    const [first = ''] = word;
    const terms = this.#db.iterate<{ term: string }>(
      'SELECT DISTINCT term FROM vocabulary WHERE term >= ? AND term < ?',
      [first, `${first}\u{10ffff}`],
    );
    const found: string[] = [];
    for (const { term } of terms) {
      if (beginsAlike(term, word, mistakesIn(word))) found.push(term);
      if (found.length === mostSpellings) break;
    }
    return found;
  }

  textOf({ id }: PassageRow): string {
    return this.#db.get<{ text: string }>('SELECT text FROM passages WHERE id = ?', [id])?.text ?? '';
  }

  /** Passages that match. None once an earlier query found more than are ranked: these would come after all of those. */
  #match(table: Table | 'letters', query: string): PassageRow[] {
    if (this.isCapped) return [];
    const sql = `SELECT p.id, p.record, p.type, p.university, p.field, p.page
      FROM ${table} JOIN passages p ON p.id = ${table}.rowid WHERE ${table} MATCH :query${this.#filters} LIMIT ${mostRanked}`;
    const values: Parameters = { ...this.#values, query };
    return this.#db.all<PassageRow>(sql, values);
  }

  #add(group: SearchHit['found'], passages: readonly PassageRow[], words: readonly string[]): void {
    this.isCapped ||= passages.length === mostRanked;
    const rank = this.#rank++;
    for (const passage of passages) {
      const known = this.found.get(passage.record);
      if (known) known.fields.add(passage.field);
      else this.found.set(passage.record, { group, passage, words, rank, fields: new Set([passage.field]) });
    }
  }
}
