import { findRecord } from '../model/queries.ts';
import { operations } from '../model/implement.ts';
import { job, longQuery, query } from '../model/pipeline.ts';
import { streamed } from '../kernel/progress.ts';
import { countRecords } from '../log/records/counts.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { extractMissing } from '../documents/missing-texts.ts';
import { findText } from './find.ts';
import { searchIndex } from './search-index.ts';
import { findSimilar } from './similar.ts';

const os = operations.search;

export const searchHandlers = {
  find: os.find.handler(
    longQuery((_db, input, { services }) => findText(searchIndex(services), services, input)),
  ),
  similar: os.similar.handler(
    longQuery((_db, input, { services }) => findSimilar(searchIndex(services), services, input)),
  ),
  status: os.status.handler(query((_db, _input, { services }) => searchIndex(services).status())),
  rebuild: os.rebuild.handler(
    job(async function* ({ context: { services }, signal }) {
      const index = searchIndex(services);
      await extractMissing(services, signal ?? new AbortController().signal);
      index.clear();
      const total = sumOf(countRecords(services.read));
      yield* streamed(index.follow(), { step: 'indexing', total, clock: services.source.clock, signal });
      yield { kind: 'result', result: index.status() };
    }),
  ),
  clear: os.clear.handler(
    query((_db, _input, { services }) => {
      const index = searchIndex(services);
      index.clear();
      return index.status();
    }),
  ),
  inspect: os.inspect.handler(
    longQuery(function* (db, { id }, { services }) {
      findRecord(db, id);
      const index = searchIndex(services);
      yield* index.follow();
      return index.db.all<{ field: string; page: number | null; text: string }>(
        'SELECT field, page, text FROM passages WHERE record = ? ORDER BY id',
        [id],
      );
    }),
  ),
};
