import type { MeaningHit } from '#shared/contract/search.ts';
import { sortKey } from '#shared/domain/sort-key.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import type { Services } from '../../model/services.ts';
import { excerptOf } from '../excerpt.ts';
import { filterSql } from '../filters.ts';
import type { SearchFilters } from '../filters.ts';
import { hitRecord, titleOf } from '../hit-record.ts';
import type { PassageRow } from '../hit-record.ts';
import type { SearchIndex } from '../search-index.ts';
import type { MeaningIndex } from './meaning-index.ts';
import type { Nearest } from './vector-matrix.ts';
import { dotProduct, fromBytes, restoreVector } from './vector.ts';

/** The maximal number of hits by meaning, and their minimal similarity: texts on different subjects reach about 0.2. */
const maxHits = 10;
const minSimilarity = 0.25;
/** Vectors whose exact products are computed at first; ten times as many if they give too few records. */
const firstCandidates = 50;
/** The maximal numbers of visited passages of one vector, and of vectors of one record. */
const [maxPassages, maxVectors] = [20, 10];
const vectorsPerYield = 50;

interface Row extends PassageRow {
  text: string;
}

interface Hit extends Row {
  similarity: number;
}

interface MeaningRequest extends SearchFilters {
  vectors: readonly Float32Array[];
  excludedIds: ReadonlySet<string>;
  words: readonly string[];
}

type HitServices = Pick<Services, 'read' | 'names'>;

/** The records with the texts nearest to any of the vectors, most similar first. Yields while vectors are read. */
export function* findByMeaning(
  index: SearchIndex,
  meaning: MeaningIndex,
  services: HitServices,
  request: MeaningRequest,
): Generator<number, MeaningHit[], void> {
  yield* meaning.load();
  const { db } = index;
  const filters = filterSql(request);
  const query = `SELECT p.record, p.type, p.university, p.field, p.page, p.text FROM passages p
    WHERE p.text_key = :key${filters.sql} ORDER BY p.id LIMIT ${maxPassages}`;
  const hits = new Map<string, Hit>();
  for (const vector of request.vectors) {
    const recordIds = new Set<string>();
    for (let count = firstCandidates; recordIds.size < maxHits; count *= 10) {
      const nearest = meaning.nearest(vector, count);
      for (const [rank, { key, similarity }] of rescore(db, vector, nearest).entries()) {
        if (rank % vectorsPerYield === 0) yield rank;
        if (similarity < minSimilarity || recordIds.size >= maxHits) break;
        for (const row of db.all<Row>(query, { ...filters.values, key })) {
          if (request.excludedIds.has(row.record)) continue;
          recordIds.add(row.record);
          if ((hits.get(row.record)?.similarity ?? 0) < similarity)
            hits.set(row.record, { ...row, similarity });
        }
      }
      if (nearest.length < count || (nearest.at(-1)?.score ?? 0) < minSimilarity) break;
    }
  }
  services.names.refresh();
  return [...hits.values()]
    .map((row) => ({ row, title: titleOf(services, row) }))
    .toSorted(
      (a, b) =>
        b.row.similarity - a.row.similarity ||
        (sortKey(a.title) < sortKey(b.title) ? -1 : 1) ||
        (a.row.record < b.row.record ? -1 : 1),
    )
    .slice(0, maxHits)
    .map(({ row: { field, page, text, similarity, ...row } }) => ({
      ...hitRecord(services, row),
      field,
      page,
      excerpt: excerptOf(text, request.words, true),
      similarity: Math.min(1, Number(similarity.toFixed(3))),
    }));
}

/** The exact products with the vectors that the matrix found, largest first. Vectors that were removed since are skipped. */
function rescore(
  db: Connection,
  vector: Float32Array,
  nearest: readonly Nearest[],
): { key: Buffer; similarity: number }[] {
  return nearest
    .flatMap(({ id }) => {
      const row = db.get<{ key: Buffer; scale: number; vector: Buffer }>(
        'SELECT text_key AS key, scale, vector FROM vectors WHERE id = ?',
        [id],
      );
      if (!row) return [];
      const { key, scale } = row;
      return [{ key, similarity: dotProduct(vector, { scale, values: fromBytes(row.vector) }) }];
    })
    .toSorted((a, b) => b.similarity - a.similarity);
}

/** The vectors of a record's own texts, without loading the model. */
export function vectorsOf(index: SearchIndex, record: string): Float32Array[] {
  return index.db
    .all<{ scale: number; vector: Buffer }>(
      `SELECT scale, vector FROM vectors WHERE text_key IN (SELECT text_key FROM passages WHERE record = ?) ORDER BY id LIMIT ${maxVectors}`,
      [record],
    )
    .map(({ scale, vector }) => restoreVector({ scale, values: fromBytes(vector) }));
}
