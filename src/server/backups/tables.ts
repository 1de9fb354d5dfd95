import type { Sql } from '../db/database.ts';

/**
 * Tables of a backup, referenced ones first. The others belong to the database: `acting_key`, `deliveries`, `file_parts`, `hooks`, `jobs`, `knowledge`,
 * `knowledge_state`, `oidc_sign_ins`, `queued_jobs`, `rate_limits`, `record_digest`, `schema_versions`, `socket_io_attachments`.
 */
export const backedUpTables = [
  'server',
  'universities',
  'projects',
  'organisations',
  'teams',
  'faculty',
  'students',
  'repositories',
  'interfaces',
  'outcomes',
  'risk_factors',
  'factor_models',
  'contacts',
  'repairs',
  'tasks',
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
  'files',
  'file_contents',
] as const;

/** Tables that survive a restore of the same server: sessions, and the audit of sign-ins and reads. */
export const ongoingTables: readonly string[] = [
  'sessions',
  'auth_events',
  'access_events',
  'sign_in_failures',
];

/** Tables of files by hash. A restore adds missing files and keeps the others, because a file never changes. */
export const contentTables: readonly string[] = ['files', 'file_contents'];

export interface TableShape {
  name: string;
  /** Without generated columns. */
  columns: { name: string; type: string }[];
  /** Name of the identity column. */
  identity: string | null;
}

const selectShapes = `SELECT c.relname AS name,
  json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum) AS columns,
  max(a.attname) FILTER (WHERE a.attidentity <> '') AS identity
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.oid = ANY (SELECT to_regclass(name) FROM unnest($1::text[]) AS name) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  GROUP BY c.relname`;

/** Reads the shapes of the backed-up tables from the database, in the order above. Skips missing tables. */
export async function readTableShapes(sql: Sql): Promise<TableShape[]> {
  const shapes = await sql.all<TableShape>(selectShapes, [backedUpTables]);
  // Before step 8, `files` described parts that no backup holds.
  const hasContents = shapes.some(({ name }) => name === 'file_contents');
  return backedUpTables
    .filter((name) => hasContents || !contentTables.includes(name))
    .flatMap((name) => shapes.find((shape) => shape.name === name) ?? []);
}

export const quoteName = (name: string): string => `"${name}"`;

/** Values are written and read as Postgres text, which is exact for every type. These settings make the text independent of the server. */
export const exactTextSettings = `SELECT set_config('datestyle', 'ISO, YMD', true), set_config('timezone', 'UTC', true),
  set_config('extra_float_digits', '1', true), set_config('statement_timeout', '0', true),
  set_config('idle_in_transaction_session_timeout', '0', true)`;
