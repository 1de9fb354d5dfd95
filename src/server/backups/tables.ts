import type { Sql } from '../db/database.ts';

/**
 * What a backup holds, with what is referred to before what refers to it. `acting_key`, `file_parts`, `files`, `jobs`, `knowledge`, `knowledge_state`, `queued_jobs`, `rate_limits`, `record_digest`,
 * `schema_versions` and `socket_io_attachments` are of the database, not of the server.
 */
export const backedUpTables = [
  'server',
  'universities',
  'projects',
  'teams',
  'faculty',
  'students',
  'interfaces',
  'outcomes',
  'risk_factors',
  'factor_models',
  'contacts',
  'repairs',
  'documents',
  'comments',
  'views',
  'shared_sandboxes',
  'profiles',
  'record_ids',
  'audit_transactions',
  'audit_logs',
  'operation_parts',
  'users',
  'identities',
  'sessions',
  'auth_events',
  'access_events',
  'sign_in_failures',
] as const;

/** These go on when the same server is restored: who is signed in, and what was noted of signing in and reading, which must not be lost. */
export const ongoingTables: readonly string[] = [
  'sessions',
  'auth_events',
  'access_events',
  'sign_in_failures',
];

export interface TableShape {
  name: string;
  /** Those that are not computed, with the names of their types. */
  columns: { name: string; type: string }[];
  /** Numbers its rows by itself. */
  identity: string | null;
}

const shapes = `SELECT c.relname AS name,
  json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum) AS columns,
  max(a.attname) FILTER (WHERE a.attidentity <> '') AS identity
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.oid = ANY (SELECT to_regclass(name) FROM unnest($1::text[]) AS name) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  GROUP BY c.relname`;

/** The tables as the database has them, in the order above. */
export async function tableShapes(sql: Sql): Promise<TableShape[]> {
  const found = await sql.all<TableShape>(shapes, [backedUpTables]);
  return backedUpTables.flatMap((name) => found.find((one) => one.name === name) ?? []);
}

export const quoted = (name: string): string => `"${name}"`;

/** Values go as the text that Postgres itself writes and reads: exact for every type, whatever the server's settings are. */
export const exactTexts = `SELECT set_config('datestyle', 'ISO, YMD', true), set_config('timezone', 'UTC', true),
  set_config('extra_float_digits', '1', true), set_config('statement_timeout', '0', true),
  set_config('idle_in_transaction_session_timeout', '0', true)`;
