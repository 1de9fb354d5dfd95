import type { SearchHit } from '#shared/contract/search.ts';
import { wordsOf } from '#shared/domain/field-texts.ts';
import { foldText } from '#shared/domain/fold.ts';
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

interface SearchRequest extends Filters {
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

/** The most ranked passages of a group. A common word has more, and ranking all would take too long; later groups are then not searched. */
const mostRanked = 500;
/** Spellings tried for a misspelled word. */
const mostSpellings = 20;

interface PassageRow {
  id: number;
  record: string;
  type: EntityType;
  university: string | null;
  field: string;
  page: number | null;
}

const tables = ['titles', 'bodies'] as const;
type Table = (typeof tables)[number];

export const searchWords = (text: string): string[] => wordsOf(foldText(text));

/** A found record with its first passage. Lower ranks are better. */
interface Candidate {
  group: SearchHit['found'];
  passage: PassageRow;
  words: readonly string[];
  rank: number;
  fields: Set<string>;
}

/** Records with all words in one field: names before other fields, and whole words before beginnings. Yields while the index is updated. */
export function* findText(
  index: SearchIndex,
  services: Pick<Services, 'read' | 'names'>,
  request: SearchRequest,
): Generator<number, Found, void> {
  yield* index.follow();
  services.names.refresh();
  const words = searchWords(request.text);
  const search = new Search(index.db, request);
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
    hits: firstOf([...search.found.values()], request.limit, services).map(
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

/** Sorts after every name. */
const unnamed = '\u{10ffff}';

/** The best candidates by rank, then by name. Links come last in their rank: the names of their ends need a query each. */
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

/** The queries of one search, best first, and their results. */
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

  /** Passages of one table with one of the terms of each word. Terms are quoted to disable operators. */
  words(
    group: 'words' | 'similar',
    table: Table,
    terms: readonly (readonly string[])[],
    words: readonly string[],
  ): void {
    const query = terms.map((each) => `(${each.join(' OR ')})`).join(' AND ');
    this.#add(group, this.#match(table, query), words);
  }

  /** Passages with each word anywhere. Words of one or two letters need a longer one in the query. */
  inside(words: readonly string[]): void {
    const long = words.filter((word) => Array.from(word).length >= 3);
    if (long.length === 0) return;
    const short = words.filter((word) => !long.includes(word));
    const passages = this.#match('letters', long.map((word) => `"${word}"`).join(' AND '));
    const has = (passage: PassageRow): boolean => {
      const folded = foldText(this.textOf(passage));
      return short.every((word) => folded.includes(word));
    };
    this.#add('inside', short.length === 0 ? passages : passages.filter(has), words);
  }

  /** Index words that begin like the misspelled word. The first letter must be right. */
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

  /** Matching passages. None if an earlier query exceeded the ranking limit, because these would come after all of its results. */
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
