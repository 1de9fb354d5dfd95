import Fastify from 'fastify';
import type { PushedOperation } from '#shared/contract/server/sync.ts';
import { maxBytes } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { serverGenesis } from '#shared/sync/chain.ts';
import { openDatabase } from '#server/db/database.ts';
import { HistoryWriter } from '#server/sync/history.ts';
import { postgresStorage } from '#server/sync/postgres-storage.ts';
import { writeRecords } from '#server/sync/records.ts';

/**
 * The peer of `sync-push`: a server that takes the same requests and writes the same rows to the same tables, under row security and with the same hashes,
 * in transactions that know nothing of each other: no lock, no order, nothing read, merged or checked.
 */
const [url = '', actor = ''] = process.argv.slice(2);
const database = openDatabase(url);
const app = Fastify({ bodyLimit: maxBytes });

app.post<{ Body: { operations: PushedOperation[] } }>(
  '/api/v1/sync/push',
  async ({ body: { operations } }) => {
    const user = { id: actor, role: 'admin', university_id: null, sees: 'all' } as const;
    const time = new Date().toISOString();
    await database.asUser(user, async (sql) => {
      const drawn = await sql.get<{ next_row: number }>(`SELECT nextval('bench_numbers') AS next_row`);
      const row = { generation: '', head_seq: 0, head_hash: serverGenesis, next_row: drawn?.next_row ?? 0 };
      const history = new HistoryWriter(postgresStorage(sql), row, time);
      for (const one of operations) {
        const rows = one.rows.map((row) => ({ ...row, universities: [] }));
        history.add({ ...one, actor, stamp: one.hlc, rows, conflicts: [], content: null });
      }
      const changed = operations.flatMap((one) =>
        one.rows.map(({ id, type, after }) => {
          const payload = after as JsonObject;
          return { id, type, payload, deleted: false, universities: [], isNew: true };
        }),
      );
      await Promise.all([writeRecords(sql, { changed, moved: [] }, time), history.writeWithoutHead()]);
    });
    return { accepted: operations.map(({ op_id }) => op_id) };
  },
);

console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
