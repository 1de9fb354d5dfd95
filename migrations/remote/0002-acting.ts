import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { policiesOf as firstPoliciesOf, security as firstSecurity } from './row-security.ts';

/** For whom a transaction acts. NULL unless the server has signed it: the role itself can set the settings, but not sign them. */
const acting = (field: 'user' | 'role' | 'university' | 'sees'): string =>
  `(SELECT frames_acting('${field}'))`;

const all = `(SELECT frames_all())`;
const writes = `${acting('role')} IN ('admin', 'researcher', 'editor')`;

const orReplace = (statement: string): string =>
  statement.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION');

/**
 * Functions that policies and triggers call. `schema` is quoted. Any role can create temporary tables, which Postgres searches first unless the path names
 * `pg_temp` later. A function that Postgres inlines takes no path of its own, so its body names the schema.
 */
const functionsIn = (schema: string): string[] => [
  `CREATE TABLE acting_key (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  key text NOT NULL
)`,
  `INSERT INTO acting_key (key) VALUES (gen_random_uuid()::text || gen_random_uuid()::text)`,
  `CREATE FUNCTION frames_acting(field text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = ${schema}, pg_temp AS $$
DECLARE
  said text := current_setting('frames.acting', true);
  secret text;
BEGIN
  SELECT key INTO secret FROM acting_key;
  IF encode(sha256(convert_to(secret || encode(sha256(convert_to(secret || said, 'UTF8')), 'hex'), 'UTF8')), 'hex')
    = current_setting('frames.signature', true) THEN RETURN said::json ->> field; END IF;
  RETURN NULL;
END $$`,
  // No sub-select in these three: Postgres would not inline them then, and plan each anew for every statement.
  `CREATE OR REPLACE FUNCTION frames_all() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(${schema}.frames_acting('role') IN ('admin', 'researcher'), false) $$`,
  `CREATE OR REPLACE FUNCTION frames_own(university text) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(${schema}.frames_acting('role') = 'editor' AND university <> '' AND university = ${schema}.frames_acting('university'), false) $$`,
  `CREATE OR REPLACE FUNCTION frames_sees(belongs text[]) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(${schema}.frames_acting('sees') = 'all' OR belongs = '{}' OR ${schema}.frames_acting('university') = ANY (belongs), false) $$`,
  ...firstSecurity
    .filter((statement) => /FUNCTION frames_(end|visible)\(/.test(statement))
    .map((statement) => orReplace(statement).replaceAll('FROM record_ids', `FROM ${schema}.record_ids`)),
  `ALTER FUNCTION frames_keep_digest() SECURITY DEFINER SET search_path = ${schema}, pg_temp`,
];

/** Who may write a row of the table: by what it was (USING) and by what it becomes (WITH CHECK). */
interface WriteRule {
  row: string;
  kept?: string;
}

const policies: Readonly<Record<string, WriteRule>> = {
  universities: { row: 'frames_own(id)', kept: 'deleted_at IS NULL' },
  projects: { row: 'frames_own(university_id) AND is_collaborative IS NOT TRUE' },
  teams: { row: 'frames_own(university_id)' },
  faculty: { row: 'frames_own(university_id)' },
  students: { row: 'frames_own(university_id)' },
  interfaces: { row: '(frames_own(frames_end(from_id)) OR frames_own(frames_end(to_id)))' },
  outcomes: { row: 'frames_own(university_id)' },
  risk_factors: { row: 'frames_own(university_id)' },
  factor_models: { row: 'frames_own(university_id)' },
  shared_sandboxes: { row: 'frames_own(university_id)' },
  views: { row: `(${acting('role')} = 'editor' AND owner = ${acting('user')})` },
  profiles: { row: 'false' },
};

export function policiesOf(
  table: string,
  { row, kept }: WriteRule = policies[table] ?? { row: 'false' },
): string[] {
  const may = kept ? `(${all} OR (${row} AND ${kept}))` : `(${all} OR ${row})`;
  const isEverybodys = ['views', 'profiles', 'universities'].includes(table);
  const sees = `(${acting('sees')} = 'all' OR frames_sees((SELECT r.universities FROM record_ids r WHERE r.id = ${table}.id)))`;
  return [
    `CREATE POLICY ${table}_read ON ${table} FOR SELECT TO frames_app USING (${isEverybodys ? 'true' : sees})`,
    ...(table === 'profiles'
      ? []
      : [
          `CREATE POLICY ${table}_insert ON ${table} FOR INSERT TO frames_app WITH CHECK (${table === 'universities' ? all : may})`,
          `CREATE POLICY ${table}_update ON ${table} FOR UPDATE TO frames_app USING (${may}) WITH CHECK (${may})`,
        ]),
  ];
}

const dropPolicies = (table: string): string[] =>
  ['read', 'insert', 'update'].map((name) => `DROP POLICY IF EXISTS ${table}_${name} ON ${table}`);

/** The tables beside the records that the role reaches: each has row security, and no more columns than it needs. */
const history = [
  ...['record_ids', 'audit_transactions', 'operation_parts', 'server', 'record_digest'].map(
    (table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  ),
  // What a record belongs to is no secret: a link has two ends, of which somebody may see one.
  `CREATE POLICY record_ids_read ON record_ids FOR SELECT TO frames_app USING (true)`,
  `CREATE POLICY record_ids_insert ON record_ids FOR INSERT TO frames_app
  WITH CHECK (${all} OR (${acting('role')} = 'editor' AND (type = 'view' OR ${acting('university')} = ANY (universities))))`,
  // An end that comes makes a link of others also one's own.
  `CREATE POLICY record_ids_update ON record_ids FOR UPDATE TO frames_app USING (${writes})
  WITH CHECK (${all} OR (${acting('role')} = 'editor' AND (type = 'view' OR ${acting('university')} = ANY (universities))))`,
  // Everybody follows the chain of hashes; what an operation is about is in audit_logs.
  `CREATE POLICY audit_transactions_read ON audit_transactions FOR SELECT TO frames_app USING (true)`,
  `CREATE POLICY audit_transactions_insert ON audit_transactions FOR INSERT TO frames_app
  WITH CHECK (${writes} AND actor = ${acting('user')})`,
  `DROP POLICY audit_logs_read ON audit_logs`,
  `DROP POLICY audit_logs_insert ON audit_logs`,
  `CREATE POLICY audit_logs_read ON audit_logs FOR SELECT TO frames_app
  USING (${acting('sees')} = 'all' OR entity_type IN ('profile', 'university', 'view') OR frames_sees(universities))`,
  `CREATE POLICY audit_logs_insert ON audit_logs FOR INSERT TO frames_app WITH CHECK (${writes} AND actor = ${acting('user')})`,
  `CREATE POLICY operation_parts_own ON operation_parts TO frames_app USING (user_id = ${acting('user')})
  WITH CHECK (${writes} AND user_id = ${acting('user')})`,
  `CREATE POLICY record_digest_read ON record_digest FOR SELECT TO frames_app USING (true)`,
  `REVOKE UPDATE ON record_digest FROM frames_app`,
  `CREATE POLICY server_read ON server FOR SELECT TO frames_app USING (true)`,
  `CREATE POLICY server_update ON server FOR UPDATE TO frames_app USING (${writes}) WITH CHECK (${writes})`,
  `REVOKE SELECT, UPDATE ON server FROM frames_app`,
  `GRANT SELECT (server_id, generation, lineage, head_seq, head_hash, next_row), UPDATE (head_seq, head_hash, next_row) ON server TO frames_app`,
];

const columns = [
  // SHA-256 of the rows as they were pushed: the same id with other rows is another operation.
  `ALTER TABLE audit_transactions ADD content text`,
  `ALTER TABLE operation_parts ADD bytes integer NOT NULL DEFAULT 0`,
  // When the server that is to run a waiting job was last alive.
  `ALTER TABLE jobs ADD alive_at timestamptz`,
  // A deleted user keeps their id, which the history names; their address is free again.
  `ALTER TABLE users ADD deleted_at timestamptz`,
  `ALTER TABLE users DROP CONSTRAINT users_email_key`,
  `CREATE UNIQUE INDEX users_email ON users (email) WHERE deleted_at IS NULL`,
];

/** A role that does not own the database may not revoke this, and is not stopped by it: the functions do not depend on it. */
const revokeTemporary = `DO $$ BEGIN
  IF (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database())
    THEN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END IF;
END $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  const tables = Object.keys(policies);
  const { rows } = await sql<{ schema: string }>`SELECT quote_ident(current_schema()) AS schema`.execute(db);
  const [found] = rows;
  if (!found) throw new Error('the database has no schema');
  for (const statement of [
    ...columns,
    ...functionsIn(found.schema),
    revokeTemporary,
    ...tables.flatMap(dropPolicies),
    ...tables.flatMap((table) => policiesOf(table)),
    ...history,
  ])
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const tables = Object.keys(policies);
  const own = ['record_ids', 'audit_transactions', 'operation_parts', 'server', 'record_digest'];
  const firstFunctions = firstSecurity
    .filter((statement) => statement.startsWith('CREATE FUNCTION'))
    .map(orReplace);
  // Policies of the first step, without the statements about the owner, which stand.
  const firstPolicies = tables.flatMap((table) =>
    firstPoliciesOf(table).filter((statement) => statement.startsWith('CREATE POLICY')),
  );
  for (const statement of [
    ...tables.flatMap(dropPolicies),
    ...own.flatMap((table) => [...dropPolicies(table), `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`]),
    `DROP POLICY operation_parts_own ON operation_parts`,
    ...dropPolicies('audit_logs'),
    ...firstFunctions,
    ...firstPolicies,
    `CREATE POLICY audit_logs_read ON audit_logs FOR SELECT TO frames_app
  USING (entity_type IN ('profile', 'university', 'view') OR frames_sees(universities))`,
    `CREATE POLICY audit_logs_insert ON audit_logs FOR INSERT TO frames_app WITH CHECK (true)`,
    // The login of requests has its password from the key that goes here.
    `DO $$ BEGIN EXECUTE format('DROP ROLE IF EXISTS frames_app_%s', (SELECT oid FROM pg_database WHERE datname = current_database())); END $$`,
    `DROP FUNCTION frames_acting(text)`,
    `DROP TABLE acting_key`,
    `ALTER FUNCTION frames_keep_digest() SECURITY INVOKER RESET search_path`,
    `GRANT UPDATE ON record_digest TO frames_app`,
    `GRANT SELECT, UPDATE ON server TO frames_app`,
    `DROP INDEX users_email`,
    // Two rows with one address do not fit the former rule.
    `UPDATE users SET email = id || '@deleted.invalid' WHERE deleted_at IS NOT NULL`,
    `ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email)`,
    `ALTER TABLE users DROP deleted_at`,
    `ALTER TABLE jobs DROP alive_at`,
    `ALTER TABLE operation_parts DROP bytes`,
    `ALTER TABLE audit_transactions DROP content`,
  ])
    await sql.raw(statement).execute(db);
}
