import { hash } from 'node:crypto';
import type { JsonObject } from '#shared/domain/json.ts';
import { operationText, serverGenesis } from '#shared/sync/chain.ts';
import type { Database } from '#server/db/database.ts';
import { bodyText, payloadDigest } from '#server/sync/history.ts';
import type { ErasedRows } from '#server/sync/storage.ts';

interface Logged {
  id: number;
  action: string;
  type: string;
  entity_id: string;
  universities: string[];
  before: JsonObject | null;
  after: JsonObject | null;
  salt: string | null;
  digest: string;
}

interface Operation {
  id: number;
  op_id: string;
  replica: string;
  actor: string;
  stamp: string;
  label: string;
  created_at: string;
  changes: number;
  erased: ErasedRows | null;
  previous_hash: string;
  body: string;
  hash: string;
}

/** What is wrong with the server's history: each row, operation and hash is computed again. An emptied row must be what its erasure left. */
export async function chainProblems(database: Database): Promise<string[]> {
  const problems: string[] = [];
  const operations = await database.all<Operation>(
    `SELECT id, op_id, replica, actor, stamp, label, created_at, changes, erased, previous_hash, body, hash FROM audit_transactions ORDER BY id`,
  );
  const rows = await database.all<Logged>(
    `SELECT id, action, entity_type AS type, entity_id, universities, payload_before AS before, payload_after AS after, salt, digest
     FROM audit_logs ORDER BY id`,
  );
  const left = new Map<number, string>();
  for (const { erased } of operations)
    for (const [id, digest] of Object.entries(erased?.rows ?? {})) left.set(Number(id), digest);
  for (const { id, salt, before, after, digest } of rows) {
    const found = payloadDigest(salt ?? '', before, after);
    if (salt === null ? found !== left.get(id) : found !== digest || left.has(id))
      problems.push(`row ${id} does not match its digest`);
  }
  let previous = serverGenesis;
  for (const operation of operations) {
    const { id, changes, erased, body, previous_hash } = operation;
    const own = rows.filter((row) => row.id >= id && row.id < id + changes);
    if (own.length !== changes) problems.push(`operation ${id} has lost rows`);
    if (hash('sha256', bodyText(own, erased), 'hex') !== body) problems.push(`the body of ${id} is wrong`);
    if (previous_hash !== previous) problems.push(`${id} does not follow the operation before it`);
    if (hash('sha256', operationText({ ...operation, seq: id }), 'hex') !== operation.hash)
      problems.push(`the hash of ${id} is wrong`);
    previous = operation.hash;
  }
  return problems;
}

/** Tables of the server that have one of the texts in a row. */
export async function tablesWith(database: Database, texts: readonly string[]): Promise<string[]> {
  const tables = await database.all<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname`,
  );
  const found: string[] = [];
  for (const { name } of tables)
    for (const text of texts) {
      const row = await database.get<{ n: number }>(
        `SELECT count(*) AS n FROM "${name}" t WHERE position(lower($1) in lower(t::text)) > 0`,
        [text],
      );
      if (row && row.n > 0) found.push(`${name}: ${text}`);
    }
  return found;
}
