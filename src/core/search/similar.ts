import type { SimilarRecord } from '#shared/contract/search.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { findRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { searchWords, titleOf } from './find.ts';
import { passagesOf } from './passages.ts';
import type { SearchIndex } from './search-index.ts';

/** The rarest words of a record that are looked for, and the passages of each. */
const mostWords = 20;
const mostPassages = 500;
/** A word in more than this share of passages says nothing about a record. */
const tooCommon = 0.03;

interface Row {
  record: string;
  type: EntityType;
  university: string | null;
}

/**
 * Records that share rare words with a record. A shared word counts ln(passages / passages with the word): the inverse document frequency of
 * Spärck Jones (1972), "A statistical interpretation of term specificity". Throws NOT_FOUND.
 */
export function* findSimilar(
  index: SearchIndex,
  services: Pick<Services, 'read' | 'names' | 'files'>,
  { id, limit }: { id: string; limit: number },
): Generator<number, SimilarRecord[], void> {
  const { type, payload } = findRecord(services.read, id);
  yield* index.follow();
  services.names.refresh();
  const { db } = index;
  const all = db.get<{ n: number }>('SELECT count(*) AS n FROM passages')?.n ?? 0;
  const own = searchWords(
    passagesOf(services.files, type, payload)
      .map(({ text }) => text)
      .join(' '),
  );
  const rare = db
    .all<{ term: string; doc: number }>(
      'SELECT term, sum(doc) AS doc FROM vocabulary WHERE term IN (SELECT value FROM json_each(?)) GROUP BY term HAVING sum(doc) > 1 ORDER BY doc, term LIMIT ?',
      [JSON.stringify(own), mostWords],
    )
    .filter(({ term, doc }) => doc <= Math.max(2, tooCommon * all) && Array.from(term).length > 2);
  const found = new Map<string, Row & { score: number; shared: string[] }>();
  for (const { term, doc } of rare) {
    const rows = db.all<Row>(
      `SELECT DISTINCT record, type, university FROM passages WHERE id IN (SELECT rowid FROM titles WHERE titles MATCH :query
        UNION ALL SELECT rowid FROM bodies WHERE bodies MATCH :query) LIMIT ${mostPassages}`,
      { query: `"${term}"` },
    );
    for (const row of rows) {
      if (row.record === id) continue;
      const known = found.get(row.record) ?? { ...row, score: 0, shared: [] };
      known.score += Math.log(all / doc);
      known.shared.push(term);
      found.set(row.record, known);
    }
  }
  return [...found.values()]
    .map((row) => ({ ...row, title: titleOf(services, row) }))
    .toSorted((a, b) => b.score - a.score || compareNames(a.title, b.title) || (a.record < b.record ? -1 : 1))
    .slice(0, limit)
    .map(({ record, type: of, title, university, shared }) => ({
      id: record,
      type: of,
      title,
      university_id: university,
      shared,
    }));
}
