import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { payloadOf } from './payload.ts';
import type { Payload } from './payload.ts';

const table = (name: string, computed: string): string => `CREATE TABLE "${name}" (
  id TEXT NOT NULL PRIMARY KEY,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT,
  ${computed}
) STRICT`;

const tableOf: Readonly<Record<string, string>> = { view: 'views', position: 'positions' };

/**
 * What people share beside the records: views that somebody named, and where nodes were put in the network. A node has one position
 * for ever, deleted or not, so that bringing an old one back and making a new one never meet.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    table('views', `"name" TEXT GENERATED ALWAYS AS (payload ->> '$.name') VIRTUAL`),
    table('positions', `"node_id" TEXT GENERATED ALWAYS AS (payload ->> '$.node') VIRTUAL`),
    `CREATE UNIQUE INDEX "positions_node_id" ON "positions" ("node_id")`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
  for (const { type, id, payload, created_at, updated_at, deleted_at } of await replayed(db)) {
    await sql`INSERT INTO ${sql.table(tableOf[type] as string)} (id, payload, created_at, updated_at, deleted_at)
      VALUES (${id}, ${JSON.stringify(payload)}, ${created_at}, ${updated_at}, ${deleted_at})`.execute(db);
  }
}

/** The log keeps what the tables held: the way forward makes them anew from it. */
export async function down(db: Kysely<unknown>): Promise<void> {
  for (const name of ['positions', 'views']) await sql.raw(`DROP TABLE "${name}"`).execute(db);
}

interface LogRow {
  action: string;
  entity_type: string;
  entity_id: string;
  payload_before: string | null;
  payload_after: string | null;
  created_at: string;
}

interface Replayed {
  type: string;
  id: string;
  payload: Payload;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

/** What a log that was written with these tables says they held. There is none on the first way forward. */
async function replayed(db: Kysely<unknown>): Promise<Iterable<Replayed>> {
  const found = new Map<string, Replayed>();
  const { rows } =
    await sql<LogRow>`SELECT action, entity_type, entity_id, payload_before, payload_after, created_at
    FROM audit_logs WHERE entity_type IN ('view', 'position') ORDER BY id`.execute(db);
  for (const row of rows) {
    const { action, created_at } = row;
    const [before, after] = [payloadOf(row.payload_before), payloadOf(row.payload_after)];
    if (!before || !after) continue;
    if (action === 'create') {
      const one = { type: row.entity_type, id: row.entity_id, payload: after };
      found.set(row.entity_id, { ...one, created_at, updated_at: created_at, deleted_at: null });
      continue;
    }
    const record = found.get(row.entity_id);
    if (!record) continue;
    record.updated_at = created_at;
    if (action === 'update') {
      for (const field of Object.keys(before)) if (!Object.hasOwn(after, field)) delete record.payload[field];
      Object.assign(record.payload, after);
    } else record.deleted_at = action === 'delete' ? created_at : null;
  }
  return found.values();
}
