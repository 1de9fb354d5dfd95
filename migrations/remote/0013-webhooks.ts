import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Webhooks and their deliveries. An outgoing webhook has a `cursor`: the number of the last row of the history that it has read. `secrets` are one, or two
 * while a new one replaces the old.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `CREATE TABLE hooks (id text PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('github', 'gitlab', 'gitea', 'standard')),
      direction text NOT NULL CHECK (direction IN ('in', 'out')), repository_id text, url text,
      secrets text[] NOT NULL CHECK (cardinality(secrets) BETWEEN 1 AND 2), state text NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'off')),
      failures integer NOT NULL DEFAULT 0, paused_until timestamptz, cursor bigint, created_at timestamptz NOT NULL,
      CHECK (CASE direction WHEN 'in' THEN repository_id IS NOT NULL ELSE url IS NOT NULL AND cursor IS NOT NULL END))`,
    `CREATE TABLE deliveries (hook text NOT NULL REFERENCES hooks ON DELETE CASCADE, id text NOT NULL, direction text NOT NULL,
      state text NOT NULL CHECK (state IN ('done', 'ignored', 'failed', 'waiting', 'sent', 'dead')), attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz, body text, error text, at timestamptz NOT NULL, PRIMARY KEY (hook, id))`,
    `CREATE INDEX deliveries_due ON deliveries (hook, next_at) WHERE state = 'waiting'`,
    `CREATE INDEX deliveries_at ON deliveries (at)`,
    // A delivery and what it changes are one transaction, which acts for the webhook.
    `ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY deliveries_insert ON deliveries FOR INSERT TO frames_app
      WITH CHECK (direction = 'in' AND 'hook:' || hook = (SELECT frames_acting('user')))`,
    `GRANT INSERT ON deliveries TO frames_app`,
  ])
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['deliveries', 'hooks']) await sql.raw(`DROP TABLE ${table}`).execute(db);
}
