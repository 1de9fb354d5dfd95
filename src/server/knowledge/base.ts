import { issueWithCode } from '#shared/texts/issues.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Page } from '#shared/contract/server/base.ts';
import type { KnowledgePassage, KnowledgeStatus } from '#shared/contract/server/admin.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { fieldTexts, wordsOf } from '#shared/domain/field-texts.ts';
import { foldText } from '#shared/domain/fold.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { pageFrom } from '../db/page.ts';
import { isoTime } from '../db/time.ts';
import { ServerJobQueue } from '../jobs/queue.ts';
import type { ServerJobKind } from '../jobs/runner.ts';
import { visibleCondition } from '../records/read.ts';
import { readServer } from '../sync/postgres-storage.ts';

type KnowledgeServices = Pick<Services, 'database' | 'now'>;

const confirmationText = 'clear knowledge';
const recordsPerWrite = 200;
const hour = 3_600_000;

const readState = (sql: Sql) =>
  sql.get<{
    run: string;
    generation: string;
    seq: number;
    trained_at: string;
    records: number;
    passages: number;
  }>('SELECT run, generation, seq, trained_at, records, passages FROM knowledge_state');

/** Schedule name of requested jobs; scheduled jobs use the name of their kind. */
const requestSchedule = 'train.asked';

/** Enqueues a training job, or returns the open one. */
export async function beginTraining({ database }: KnowledgeServices, userId: string): Promise<Job> {
  const queue = new ServerJobQueue(database);
  const id = await queue.enqueue({
    kind: 'train',
    input: { asked: true },
    maxAttempts: 3,
    createdBy: userId,
    priority: 5,
    schedule: requestSchedule,
  });
  const job = await queue.get(id);
  if (!job) throw new Error('a job that was just enqueued is missing');
  return job;
}

/** Stores the texts of all visible records. Until a run is complete, readers see the previous one. Once requested, repeats on changes. */
export const trainKind = ({ database, now }: KnowledgeServices): ServerJobKind => ({
  maxAttempts: 3,
  interval: hour,
  async run({ job, queue, signal }): Promise<Json> {
    const isRequested = (job.input as { asked?: boolean }).asked === true;
    const state = await readState(database);
    const { generation, head_seq: seq } = await readServer(database);
    if (!isRequested && (!state || (state.generation === generation && state.seq === seq)))
      return { trained: false };
    const run = `${job.id}.${job.token}`;
    await queue.write(job, async (sql) => {
      await sql.run('DELETE FROM knowledge WHERE run IS DISTINCT FROM (SELECT run FROM knowledge_state)');
    });
    let [records, passages] = [0, 0];
    for (const type of entityTypes) {
      for (let lastId = '', isLast = false; !isLast;) {
        signal.throwIfAborted();
        const rows = await database.all<{ id: string; payload: JsonObject }>(
          `SELECT t.id, t.payload FROM ${tableOf[type]} t WHERE t.id > $1 AND ${visibleCondition(type)} ORDER BY t.id LIMIT ${recordsPerWrite}`,
          [lastId],
        );
        const texts = rows.flatMap(({ id, payload }) =>
          fieldTexts(type, payload).map(({ field, text }) => ({
            record: id,
            type,
            field,
            text,
            words: foldText(text),
          })),
        );
        await queue.write(job, async (sql) => {
          await sql.run(
            `INSERT INTO knowledge (run, record, type, field, text, words)
              SELECT $1, r.record, r.type, r.field, r.text, to_tsvector('simple', left(r.words, 200000))
              FROM jsonb_to_recordset($2::jsonb) AS r(record text, type text, field text, text text, words text)`,
            [run, JSON.stringify(texts)],
          );
        });
        lastId = rows.at(-1)?.id ?? lastId;
        isLast = rows.length < recordsPerWrite;
        records += rows.length;
        passages += texts.length;
      }
    }
    const result = { trained: true, records, passages };
    await queue.write(job, async (sql, { complete }) => {
      // A person can have been erased during this run.
      const head = await readServer(sql);
      const erasure = await sql.get(
        'SELECT 1 AS there FROM audit_transactions WHERE id > $1 AND erased IS NOT NULL LIMIT 1',
        [seq],
      );
      const storedCount = await sql.get<{ n: number }>('SELECT count(*) AS n FROM knowledge WHERE run = $1', [
        run,
      ]);
      // A concurrent training job deleted these rows as leftovers.
      const isComplete = storedCount?.n === passages;
      if (erasure || !isComplete || head.generation !== generation) {
        await sql.run('DELETE FROM knowledge WHERE run = $1', [run]);
        throw new Error('the texts were removed, or a person was erased, while they were read');
      }
      await sql.run('DELETE FROM knowledge WHERE run <> $1', [run]);
      await sql.run('DELETE FROM knowledge_state');
      await sql.run(
        'INSERT INTO knowledge_state (id, run, generation, seq, trained_at, records, passages) VALUES (1, $1, $2, $3, $4, $5, $6)',
        [run, generation, seq, isoTime(now()), records, passages],
      );
      await complete(result);
    });
    return result;
  },
});

export async function readKnowledgeStatus({ database }: KnowledgeServices): Promise<KnowledgeStatus> {
  const state = await readState(database);
  const { generation, head_seq } = await readServer(database);
  const { data } = await new ServerJobQueue(database).list({
    states: undefined,
    kinds: ['train'],
    page: 1,
    page_size: 1,
  });
  const isCurrentHistory = state?.generation === generation;
  return {
    records: state?.records ?? 0,
    passages: state?.passages ?? 0,
    trained_at: state?.trained_at ?? null,
    behind: state && isCurrentHistory ? head_seq - state.seq : null,
    meaning: 'off',
    job: data[0] ?? null,
  };
}

/** Finds texts of the records that have all search terms, as starts of words of any field. Without terms, returns all texts. */
export function findKnowledge(
  { database }: KnowledgeServices,
  { q, ...paging }: { q: string; page: number; page_size: number },
): Promise<Page<KnowledgePassage>> {
  const terms = wordsOf(foldText(q)).map((word) => `'${word}':*`);
  return pageFrom<KnowledgePassage>(database, paging, {
    columns: 'k.record AS id, k.type, k.field, k.text',
    from: `knowledge k JOIN knowledge_state s ON s.run = k.run WHERE $1 = '' OR k.words @@ $1::tsquery AND k.record IN (
      SELECT o.record FROM unnest($2::text[]) term JOIN knowledge o ON o.run = k.run AND o.words @@ term::tsquery
      GROUP BY o.record HAVING count(DISTINCT term) = cardinality($2::text[]))`,
    sortColumn: 'k.id',
    order: 'asc',
    values: [terms.join(' | '), terms],
  });
}

/** Deletes all texts; training does not resume until it is requested. Throws VALIDATION_ERROR without the confirmation text. */
export async function clearKnowledge(
  { database }: KnowledgeServices,
  confirm: string,
): Promise<{ removed: number }> {
  if (confirm !== confirmationText) {
    throw new ServerFault('VALIDATION_ERROR', {
      issues: [issueWithCode('confirm', 'custom', 'confirm_text', { text: confirmationText })],
    });
  }
  return { removed: await database.transaction((sql) => deleteKnowledge(sql)) };
}

/** Deletes all texts, within the transaction of an erasure. They can be trained again. */
export async function deleteKnowledge(sql: Sql): Promise<number> {
  await sql.run('DELETE FROM knowledge_state');
  return sql.run('DELETE FROM knowledge');
}
