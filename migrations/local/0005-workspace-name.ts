import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { payloadOf } from './payload.ts';
import type { Payload } from './payload.ts';

/**
 * What the workspace is called since somebody renamed it: one row at most, audited like any other, so that a new name can be undone.
 * Until then the name that it was made with stands.
 */
const table = `CREATE TABLE "workspaces" (
  id TEXT NOT NULL PRIMARY KEY,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT,
  "name" TEXT GENERATED ALWAYS AS (payload ->> '$.name') VIRTUAL
) STRICT`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db);
  for (const { id, payload, created_at, updated_at, deleted_at } of await replayed(db)) {
    await sql`INSERT INTO workspaces (id, payload, created_at, updated_at, deleted_at)
      VALUES (${id}, ${JSON.stringify(payload)}, ${created_at}, ${updated_at}, ${deleted_at})`.execute(db);
  }
}

/** The log keeps what the table held: the way forward makes it anew from it. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE "workspaces"').execute(db);
}

interface LogRow {
  action: string;
  entity_id: string;
  before: string | null;
  after: string | null;
  created_at: string;
}

interface Replayed {
  id: string;
  payload: Payload;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

/** What a log that was written with this table says it held. There is nothing on the first way forward. */
async function replayed(db: Kysely<unknown>): Promise<Iterable<Replayed>> {
  const found = new Map<string, Replayed>();
  const { rows } =
    await sql<LogRow>`SELECT action, entity_id, payload_before AS before, payload_after AS after, created_at
    FROM audit_logs WHERE entity_type = 'workspace' ORDER BY id`.execute(db);
  for (const { action, entity_id: id, before, after, created_at } of rows) {
    const [went, came] = [payloadOf(before), payloadOf(after)];
    if (!went || !came) continue;
    const record = found.get(id);
    if (action === 'create') {
      found.set(id, { id, payload: came, created_at, updated_at: created_at, deleted_at: null });
    } else if (record) {
      record.updated_at = created_at;
      if (action === 'update') {
        for (const field of Object.keys(went)) if (!Object.hasOwn(came, field)) delete record.payload[field];
        Object.assign(record.payload, came);
      } else record.deleted_at = action === 'delete' ? created_at : null;
    }
  }
  return found.values();
}
