import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What a workspace knows of the server that it shares with. None of it is audited: it is about this copy, and changes no record. */
const tables: Readonly<Record<string, string>> = {
  // Which server, as whom, and how far.
  sync_state: `key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL`,
  // Transactions of the log that the server has, by their ids here, with their numbers there: null where it has lost it. `root` is the operation's
  // id at its author, where that was not here.
  sync_operations: `id INTEGER PRIMARY KEY, seq INTEGER, root TEXT`,
  // Hashes of the server's history at its last numbers: what others have seen is held against them.
  sync_heads: `seq INTEGER PRIMARY KEY, hash TEXT NOT NULL`,
  // Values that did not stay.
  sync_conflicts: `id TEXT NOT NULL PRIMARY KEY, entity_type TEXT NOT NULL, entity_id TEXT NOT NULL, field TEXT NOT NULL, kind TEXT NOT NULL,
  lost TEXT, won TEXT, lost_by TEXT NOT NULL, won_by TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL`,
  // Transactions that the server refused, by their ids here.
  sync_quarantine: `id INTEGER PRIMARY KEY, code TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL`,
};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(tables))
    await sql.raw(`CREATE TABLE ${name} (${columns}) STRICT`).execute(db);
  await sql
    .raw(`CREATE INDEX sync_operations_root ON sync_operations (root) WHERE root IS NOT NULL`)
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const name of Object.keys(tables)) await sql.raw(`DROP TABLE ${name}`).execute(db);
}
