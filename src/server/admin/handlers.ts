import type { SignedInContext } from '../context.ts';
import { newestVersion, readSchemaVersion } from '../db/migrate.ts';
import { beginTraining, clearKnowledge, findKnowledge, readKnowledgeStatus } from '../knowledge/base.ts';
import { readFilesReport } from '../files/store.ts';
import { forAdmins } from '../procedures.ts';
import { recordAccess } from '../users/access.ts';

const databaseFacts = `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size,
  (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS used, current_setting('max_connections')::integer AS most`;

/** Lists only tables of this server, because the schema can hold other tables. */
const tablesQuery = `SELECT c.oid, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname = current_schema() AND pg_get_userbyid(c.relowner) = current_user ORDER BY c.relname`;
const sizesQuery = `SELECT name, pg_total_relation_size(oid) AS bytes FROM (${tablesQuery}) own`;
const countsQuery = `SELECT (SELECT count(*) FROM audit_transactions) AS operations, (SELECT count(*) FROM users) AS users,
  (SELECT count(*) FROM sessions WHERE revoked_at IS NULL AND expires_at > $1) AS sessions`;

interface Call<Input = unknown> {
  input: Input;
  context: SignedInContext;
}

/** The knowledge base, which has two names. */
const knowledge = {
  train: async ({ context }: Call) => {
    await recordAccess(context, 'admin.trainKnowledge', null);
    return beginTraining(context.services, context.caller.id);
  },
  status: async ({ context }: Call) => {
    await recordAccess(context, 'admin.knowledgeStatus', null);
    return readKnowledgeStatus(context.services);
  },
  find: async ({ input, context }: Call<{ q: string; page: number; page_size: number }>) => {
    await recordAccess(context, 'admin.knowledgeBase', null);
    return findKnowledge(context.services, input);
  },
  clear: async (context: SignedInContext, confirm: string) => {
    await recordAccess(context, 'admin.clearKnowledge', null);
    return clearKnowledge(context.services, confirm);
  },
};

export const adminHandlers = {
  health: forAdmins.admin.health.handler(async ({ context }) => {
    const { database } = context.services;
    await recordAccess(context, 'admin.health', null);
    const start = performance.now();
    await database.get('SELECT 1');
    const round_trip = performance.now() - start;
    const row = await database.get<{ version: string; size: number; used: number; most: number }>(
      databaseFacts,
    );
    if (!row) throw new Error('the database returned no facts about itself');
    return {
      version: row.version,
      size: row.size,
      connections: { used: row.used, most: row.most },
      migrations: { applied: await readSchemaVersion(database), newest: newestVersion },
      round_trip,
    };
  }),
  stats: forAdmins.admin.stats.handler(async ({ context }) => {
    const { database, now } = context.services;
    await recordAccess(context, 'admin.stats', null);
    const tables: { name: string; rows: number; bytes: number }[] = [];
    for (const { name, bytes } of await database.all<{ name: string; bytes: number }>(sizesQuery)) {
      const row = await database.get<{ rows: number }>(`SELECT count(*) AS rows FROM "${name}"`);
      tables.push({ name, rows: row?.rows ?? 0, bytes });
    }
    const row = await database.get<{ operations: number; users: number; sessions: number }>(countsQuery, [
      new Date(now()).toISOString(),
    ]);
    return { tables, ...(row ?? { operations: 0, users: 0, sessions: 0 }) };
  }),
  files: forAdmins.admin.files.handler(async ({ context }) => {
    await recordAccess(context, 'admin.files', null);
    return readFilesReport(context.services.database);
  }),
  vacuum: forAdmins.admin.vacuum.handler(async ({ context }) => {
    const { database } = context.services;
    await recordAccess(context, 'admin.vacuum', null);
    const start = performance.now();
    for (const { name } of await database.all<{ name: string }>(tablesQuery))
      await database.run(`VACUUM (ANALYZE) "${name}"`);
    return { milliseconds: performance.now() - start };
  }),
  trainKnowledge: forAdmins.admin.trainKnowledge.handler(knowledge.train),
  knowledgeStatus: forAdmins.admin.knowledgeStatus.handler(knowledge.status),
  knowledgeBase: forAdmins.admin.knowledgeBase.handler(knowledge.find),
  clearKnowledge: forAdmins.admin.clearKnowledge.handler(({ input, context }) =>
    knowledge.clear(context, input.confirm),
  ),
  chromaTrain: forAdmins.admin.chromaTrain.handler(knowledge.train),
  chromaStatus: forAdmins.admin.chromaStatus.handler(knowledge.status),
  chromaKnowledgeBase: forAdmins.admin.chromaKnowledgeBase.handler(knowledge.find),
  chromaClear: forAdmins.admin.chromaClear.handler(({ input, context }) =>
    knowledge.clear(context, input.confirm),
  ),
  chromaDelete: forAdmins.admin.chromaDelete.handler(({ input, context }) =>
    knowledge.clear(context, input.query.confirm),
  ),
  backUp: forAdmins.admin.backUp.handler(async ({ context }) => {
    await recordAccess(context, 'admin.backUp', null);
    return context.services.backups.begin('manual', context.caller.id);
  }),
  backupStatus: forAdmins.admin.backupStatus.handler(async ({ context }) => {
    const { backups } = context.services;
    await recordAccess(context, 'admin.backupStatus', null);
    return { job: await backups.jobs.last(), next: await backups.nextDue() };
  }),
  backupList: forAdmins.admin.backupList.handler(async ({ context }) => {
    await recordAccess(context, 'admin.backupList', null);
    return { backups: await context.services.backups.list() };
  }),
  restore: forAdmins.admin.restore.handler(async ({ input, context }) => {
    const { backup_id: id, confirm } = input;
    await recordAccess(context, 'admin.restore', id);
    return context.services.backups.beginRestore(id, confirm, context.caller.id);
  }),
};
