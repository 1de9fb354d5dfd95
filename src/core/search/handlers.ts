import type { IndexStatus, EarlierHit } from '#shared/contract/search.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { runSteps, runYielding } from '../kernel/progress.ts';
import { countRecords } from '../log/records/counts.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, longQuery, query } from '../model/pipeline.ts';
import { extractMissing } from '../documents/missing-texts.ts';
import { findRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { findText, searchWords } from './find.ts';
import { EmbedderUnavailable } from './meaning/embedder.ts';
import { findByMeaning } from './meaning/find.ts';
import { meaningIndex } from './meaning/meaning-index.ts';
import { searchIndex } from './search-index.ts';
import { similarRecords } from './similar.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { excerptOf } from './excerpt.ts';
import { filterSql } from './filters.ts';
import type { SearchFilters } from './filters.ts';
import { hitRecord } from './hit-record.ts';
import type { RecordRow } from './hit-record.ts';

/** The maximal numbers of values visited and of records shown. */
const [maxVisited, maxHits] = [500, 10];

/** Visible records whose fields formerly had all the words, last changed first, each once. Skips `excludedIds`. */
function findEarlier(
  db: Connection,
  services: Pick<Services, 'read' | 'names'>,
  { text, excludedIds, ...filters }: SearchFilters & { text: string; excludedIds: ReadonlySet<string> },
): EarlierHit[] {
  const words = searchWords(text);
  if (words.length === 0) return [];
  const { sql, values } = filterSql(filters);
  const rows = db.all<RecordRow & { field: string; text: string; until: string }>(
    `SELECT e.record, e.type, e.field, e.text, e.until, p.university FROM earlier_words
      JOIN earlier e ON e.id = earlier_words.rowid JOIN passages p ON p.record = e.record
      WHERE earlier_words MATCH :query${sql} GROUP BY e.id ORDER BY e.until DESC, e.id LIMIT ${maxVisited}`,
    { ...values, query: words.map((word) => `"${word}" *`).join(' AND ') },
  );
  const seenIds = new Set(excludedIds);
  const firstRows = rows.filter(({ record }) => {
    const isFirst = !seenIds.has(record);
    seenIds.add(record);
    return isFirst;
  });
  return firstRows.slice(0, maxHits).map(({ record, type, university, field, text: value, until }) => ({
    ...hitRecord(services, { record, type, university }),
    field,
    excerpt: excerptOf(value, words, true),
    until,
  }));
}

const os = operationBuilder.search;

/** Short words are in most texts and do not explain a hit by meaning, so they are not marked. */
const isLongWord = (word: string): boolean => word.length > 3;

const statusOf = (services: Services): IndexStatus => ({
  ...searchIndex(services).status(),
  meaning: meaningIndex(services)?.status() ?? null,
});

export const searchHandlers = {
  find: os.find.handler(async ({ input, context: { services }, signal }) => {
    const index = searchIndex(services);
    const pace = { clock: services.source.clock, signal };
    const { exactIds, ...textHits } = await runYielding(findText(index, services, input), pace);
    const result = {
      ...textHits,
      earlier: findEarlier(index.db, services, { ...input, excludedIds: exactIds }),
    };
    const meaning = input.meaning ? meaningIndex(services) : null;
    const vector = meaning?.isTrained === true ? await meaning.embed(input.text, signal) : null;
    if (!meaning || !vector) return { ...result, byMeaning: null };
    const excludedIds = new Set(result.hits.map(({ id }) => id));
    const request = {
      ...input,
      vectors: [vector],
      excludedIds,
      words: searchWords(input.text).filter(isLongWord),
    };
    return {
      ...result,
      byMeaning: await runYielding(findByMeaning(index, meaning, services, request), pace),
    };
  }),
  similar: os.similar.handler(
    longQuery(function* (_db, input, { services }) {
      return yield* similarRecords(searchIndex(services), meaningIndex(services), services, input);
    }),
  ),
  status: os.status.handler(query((_db, _input, { services }) => statusOf(services))),
  train: os.train.handler(
    backgroundJob(async ({ context: { services } }, { onProgress, signal }) => {
      try {
        await meaningIndex(services)?.train({ onProgress, signal });
      } catch (error) {
        if (!(error instanceof EmbedderUnavailable)) throw error;
        services.log.warn({ error: error.message }, 'the search index could not be trained');
      }
      return statusOf(services);
    }),
  ),
  rebuild: os.rebuild.handler(
    backgroundJob(async ({ context: { services } }, pace) => {
      const index = searchIndex(services);
      await extractMissing(services, pace.signal);
      index.expire();
      await runSteps(pace, 'indexing', index.catchUp(), sumOf(countRecords(services.read)));
      return statusOf(services);
    }),
  ),
  clear: os.clear.handler(
    query((_db, _input, { services }) => {
      searchIndex(services).clear();
      return statusOf(services);
    }),
  ),
  inspect: os.inspect.handler(
    longQuery(function* (db, { id }, { services }) {
      findRecord(db, id);
      const index = searchIndex(services);
      yield* index.catchUp();
      return index.db
        .all<{ field: string; page: number | null; text: string; trained: number }>(
          `SELECT field, page, text, EXISTS (SELECT 1 FROM vectors WHERE vectors.text_key = passages.text_key) AS trained
            FROM passages WHERE record = ? ORDER BY id`,
          [id],
        )
        .map(({ trained, ...passage }) => ({ ...passage, trained: trained === 1 }));
    }),
  ),
};
