import { tableOf } from '#shared/domain/types.ts';
import { sharedTypes } from '#shared/sync/operation.ts';
import type { ServerConfig } from '../config.ts';
import type { Sql } from '../db/database.ts';
import type { BudgetKind } from '../limits.ts';

/** `waiting`: incomplete uploads of a user. `files`: complete files of a user. The others bound requests within a time. */
export type StorageBudget = BudgetKind | 'waiting' | 'files';

const inBudget = (budget: StorageBudget, tables: readonly string[]) =>
  Object.fromEntries(tables.map((table) => [table, { budget }]));
const withoutBudget = (reason: string, tables: readonly string[]) =>
  Object.fromEntries(tables.map((table) => [table, { reason }]));

/** For each table, the budget of a user or address that bounds it, or the reason why it needs none. */
export const tableBudgets: Readonly<Record<string, { budget: StorageBudget } | { reason: string }>> = {
  ...inBudget(
    'bytes',
    sharedTypes.map((type) => tableOf[type]),
  ),
  ...inBudget('bytes', ['record_ids', 'audit_transactions', 'audit_logs']),
  ...inBudget('waiting', ['operation_parts', 'file_parts']),
  ...inBudget('files', ['files', 'file_contents']),
  ...inBudget('user', ['access_events']),
  ...inBudget('address', ['auth_events', 'sessions', 'sign_in_failures', 'oidc_sign_ins']),
  ...withoutBudget('Only admins add rows.', [
    'users',
    'identities',
    'profiles',
    'jobs',
    'queued_jobs',
    'hooks',
  ]),
  ...withoutBudget('Signed by a sender that an admin added, and removed after 90 days.', ['deliveries']),
  ...withoutBudget('Derived from records by a job.', ['knowledge', 'knowledge_state', 'record_digest']),
  ...withoutBudget('Has one row, or one for each migration.', ['server', 'acting_key', 'schema_versions']),
  ...withoutBudget('Has one row for each user or address, and expires.', ['rate_limits']),
  ...withoutBudget('Messages between servers, removed within a minute.', ['socket_io_attachments']),
};

/** Reads the size on disk of each table. */
export function readTableSizes(sql: Sql): Promise<{ name: string; bytes: number }[]> {
  return sql.all(
    `SELECT name, pg_total_relation_size(to_regclass(name)) AS bytes FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL`,
    [Object.keys(tableBudgets)],
  );
}

const largestUsersQuery = `SELECT
  (SELECT coalesce(max(bytes), 0) FROM (SELECT sum(length(bytes))::bigint AS bytes FROM file_parts GROUP BY uploader
    UNION ALL SELECT sum(bytes)::bigint FROM operation_parts GROUP BY user_id) parts) AS waiting,
  (SELECT coalesce(max(bytes), 0) FROM (SELECT sum(bytes)::bigint AS bytes FROM files GROUP BY uploader) users) AS files`;

/** Reads how much of the budgets of stored bytes the user with most of them has spent. */
export async function readBudgetUse(
  sql: Sql,
  { waitingBytes, fileBytes }: Pick<ServerConfig, 'waitingBytes' | 'fileBytes'>,
): Promise<{ budget: StorageBudget; limit: number; largest: number }[]> {
  const { waiting = 0, files = 0 } =
    (await sql.get<{ waiting: number; files: number }>(largestUsersQuery)) ?? {};
  return [
    { budget: 'waiting', limit: waitingBytes, largest: waiting },
    { budget: 'files', limit: fileBytes, largest: files },
  ];
}
