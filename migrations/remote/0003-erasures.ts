import { sql } from 'kysely';
import type { Kysely } from 'kysely';

const acting = (field: 'user' | 'role'): string => `(SELECT frames_acting('${field}'))`;
const insertPolicy = (more: string): string =>
  `CREATE POLICY audit_transactions_insert ON audit_transactions FOR INSERT TO frames_app
  WITH CHECK (${acting('role')} IN ('admin', 'researcher', 'editor') AND actor = ${acting('user')}${more})`;

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/**
 * An operation that erases a person names the rows of the log that it emptied. Workspaces empty their own logs because of it, so no request may write
 * one: only the owner of the tables does.
 */
export const up = (db: Kysely<unknown>): Promise<void> =>
  run(db, [
    `ALTER TABLE audit_transactions ADD erased jsonb`,
    `CREATE INDEX audit_transactions_erased ON audit_transactions (id) WHERE erased IS NOT NULL`,
    `DROP POLICY audit_transactions_insert ON audit_transactions`,
    insertPolicy(' AND erased IS NULL'),
  ]);

export const down = (db: Kysely<unknown>): Promise<void> =>
  run(db, [
    `DROP POLICY audit_transactions_insert ON audit_transactions`,
    insertPolicy(''),
    `ALTER TABLE audit_transactions DROP erased`,
  ]);
