import type { SearchHit } from '#shared/contract/search.ts';
import { wordsOf } from '#shared/domain/field-texts.ts';
import { foldText } from '#shared/domain/fold.ts';
import { compareText, sortKey } from '#shared/domain/sort-key.ts';
import type { Connection, Parameters } from '../kernel/db/connection.ts';
import { beginsWithTypos, allowedTypos } from '../model/name-search.ts';
import type { Services } from '../model/services.ts';
import { excerptOf } from './excerpt.ts';
import { filterSql } from './filters.ts';
import type { SearchFilters } from './filters.ts';
import { hitRecord } from './hit-record.ts';
import type { PassageRow } from './hit-record.ts';
import type { SearchIndex } from './search-index.ts';

interface SearchRequest extends SearchFilters {
  text: string;
  limit: number;
}

interface SearchResult {
  hits: SearchHit[];
  total: number;
  capped: boolean;
  complete: boolean;
  /** Ids of all records that have the words as typed. */
  exactIds: ReadonlySet<string>;
}

/** The maximal number of ranked passages of a group: ranking all of a common word takes too long. If reached, later groups are skipped. */
const maxRanked = 500;
/** The maximal number of spellings tried for a misspelled word. */
const maxSpellings = 20;

interface FoundPassage extends PassageRow {
  id: number;
}

const tables = ['titles', 'bodies'] as const;
type Table = (typeof tables)[number];

export const searchWords = (text: string): string[] => wordsOf(foldText(text));

/** A found record with its first passage. Lower ranks are better. */
interface Candidate {
  group: SearchHit['found'];
  passage: FoundPassage;
  words: readonly string[];
  rank: number;
  fields: Set<string>;
}

/** Records with all words in one field: names before other fields, and whole words before beginnings. Yields while the index is updated. */
export function* findText(
  index: SearchIndex,
  services: Pick<Services, 'read' | 'names'>,
  request: SearchRequest,
): Generator<number, SearchResult, void> {
  yield* index.catchUp();
  services.names.refresh();
  const words = searchWords(request.text);
  const search = new Search(index.db, request);
  if (words.length > 0) {
    for (const table of tables)
      for (const ending of ['', ' *'])
        search.findWords(
          'words',
          table,
          words.map((word) => [`"${word}"${ending}`]),
          words,
        );
    search.findInside(words);
    if (search.candidates.size === 0) {
      const spellings = words.map((word) => search.findSpellings(word));
      if (spellings.every((wordSpellings) => wordSpellings.length > 0))
        for (const table of tables)
          search.findWords(
            'similar',
            table,
            spellings.map((wordSpellings) => wordSpellings.map((word) => `"${word}"`)),
            spellings.flat(),
          );
    }
  }
  return {
    hits: bestOf([...search.candidates.values()], request.limit, services).map(
      ({ group, passage, words: matchedWords, fields }) => ({
        ...hitRecord(services, passage),
        found: group,
        field: passage.field,
        page: passage.page,
        excerpt: excerptOf(search.textOf(passage), matchedWords, group !== 'inside'),
        more: fields.size - 1,
      }),
    ),
    total: search.candidates.size,
    capped: search.isCapped,
    complete: index.isComplete,
    exactIds: new Set([...search.candidates].flatMap(([id, { group }]) => (group === 'similar' ? [] : [id]))),
  };
}

/** Sorts after every name. */
const lastSortKey = '\u{10ffff}';

/** The best candidates by rank, then by name. Links come last in their rank: the names of their ends need a query each. */
function bestOf(
  candidates: readonly Candidate[],
  limit: number,
  { names }: Pick<Services, 'names'>,
): Candidate[] {
  const best: Candidate[] = [];
  const candidatesByRank = Map.groupBy(candidates, ({ rank }) => rank);
  for (const rank of [...candidatesByRank.keys()].toSorted((a, b) => a - b)) {
    if (best.length >= limit) break;
    const keyedCandidates = (candidatesByRank.get(rank) ?? []).map((candidate) => {
      const { record } = candidate.passage;
      const name = names.title(record);
      return { candidate, record, key: name === null ? lastSortKey : sortKey(name) };
    });
    keyedCandidates.sort((a, b) => compareText(a.key, b.key) || compareText(a.record, b.record));
    best.push(...keyedCandidates.map(({ candidate }) => candidate));
  }
  return best.slice(0, limit);
}

/** The queries of one search, best first, and their results. */
class Search {
  readonly candidates = new Map<string, Candidate>();
  isCapped = false;
  readonly #db: Connection;
  readonly #filters: string;
  readonly #parameters: Readonly<Record<string, string>>;
  #rank = 0;

  constructor(db: Connection, filters: SearchFilters) {
    this.#db = db;
    ({ sql: this.#filters, values: this.#parameters } = filterSql(filters));
  }

  /** Passages of one table with one of the terms of each word. Terms are quoted to disable operators. */
  findWords(
    group: 'words' | 'similar',
    table: Table,
    terms: readonly (readonly string[])[],
    words: readonly string[],
  ): void {
    const query = terms.map((wordTerms) => `(${wordTerms.join(' OR ')})`).join(' AND ');
    this.#add(group, this.#match(table, query), words);
  }

  /** Passages with each word anywhere. Words of one or two letters need a longer one in the query. */
  findInside(words: readonly string[]): void {
    const longWords = words.filter((word) => Array.from(word).length >= 3);
    if (longWords.length === 0) return;
    const shortWords = words.filter((word) => !longWords.includes(word));
    const passages = this.#match('letters', longWords.map((word) => `"${word}"`).join(' AND '));
    const hasShortWords = (passage: FoundPassage): boolean => {
      const folded = foldText(this.textOf(passage));
      return shortWords.every((word) => folded.includes(word));
    };
    this.#add('inside', shortWords.length === 0 ? passages : passages.filter(hasShortWords), words);
  }

  /** Index words that begin like the misspelled word. The first letter must be right. */
  findSpellings(word: string): string[] {
    const [firstLetter = ''] = word;
    const terms = this.#db.iterate<{ term: string }>(
      'SELECT DISTINCT term FROM vocabulary WHERE term >= ? AND term < ?',
      [firstLetter, `${firstLetter}\u{10ffff}`],
    );
    const similarTerms: string[] = [];
    for (const { term } of terms) {
      if (beginsWithTypos(term, word, allowedTypos(word))) similarTerms.push(term);
      if (similarTerms.length === maxSpellings) break;
    }
    return similarTerms;
  }

  textOf({ id }: FoundPassage): string {
    return this.#db.get<{ text: string }>('SELECT text FROM passages WHERE id = ?', [id])?.text ?? '';
  }

  /** Matching passages. None if an earlier query reached the ranking limit, because its results come first. */
  #match(table: Table | 'letters', query: string): FoundPassage[] {
    if (this.isCapped) return [];
    const sql = `SELECT p.id, p.record, p.type, p.university, p.field, p.page
      FROM ${table} JOIN passages p ON p.id = ${table}.rowid WHERE ${table} MATCH :query${this.#filters} LIMIT ${maxRanked}`;
    const values: Parameters = { ...this.#parameters, query };
    return this.#db.all<FoundPassage>(sql, values);
  }

  #add(group: SearchHit['found'], passages: readonly FoundPassage[], words: readonly string[]): void {
    this.isCapped ||= passages.length === maxRanked;
    const rank = this.#rank++;
    for (const passage of passages) {
      const candidate = this.candidates.get(passage.record);
      if (candidate) candidate.fields.add(passage.field);
      else
        this.candidates.set(passage.record, {
          group,
          passage,
          words,
          rank,
          fields: new Set([passage.field]),
        });
    }
  }
}
