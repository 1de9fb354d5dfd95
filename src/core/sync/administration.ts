import { Fault } from '#shared/contract/faults.ts';
import type { SyncReason } from '#shared/contract/reasons.ts';
import type { Page } from '#shared/contract/server/base.ts';
import { operationBuilder } from '../model/implement.ts';
import type { Services } from '../model/services.ts';
import { syncService } from './handlers.ts';
import { isServerFault, issuesOf } from './remote.ts';
import type { Remote } from './remote.ts';

const os = operationBuilder.administration;

const most = 100;
const pageSize = 50;

/** Errors whose usual text does not fit: records missing on the server, and its refusals. */
interface Meaning {
  NOT_FOUND?: SyncReason;
  UNAVAILABLE?: SyncReason;
}

/** Sends an admin's request; an error that a form can show becomes INVALID. */
function ask<T>(of: Services, work: (remote: Remote) => Promise<T>, meaning: Meaning = {}): Promise<T> {
  if (of.files.target.kind !== 'live') throw new Fault('SYNC', { reason: 'not_live' });
  return syncService(of).ask(async (remote) => {
    try {
      return await work(remote);
    } catch (error) {
      const issues = issuesOf(error);
      if (issues) throw new Fault('INVALID', { issues });
      const reasons: Meaning = { NOT_FOUND: 'older_server', ...meaning };
      for (const [code, reason] of Object.entries(reasons) as [string, SyncReason][])
        if (isServerFault(error, code)) throw new Fault('SYNC', { reason });
      throw error;
    }
  });
}

async function allOf<T>(read: (page: number) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await read(page);
    all.push(...data);
    if (page >= meta.total_pages) return all;
  }
}

/** The database's description of itself; null if the server is too old to give one. */
async function databaseOf({ admin }: Remote) {
  try {
    const [health, stats] = await Promise.all([admin.health(), admin.stats()]);
    return { health, stats };
  } catch (error) {
    if (isServerFault(error, 'NOT_FOUND')) return null;
    throw error;
  }
}

export const administrationHandlers = {
  listUsers: os.listUsers.handler(async ({ context: { services: of } }) => ({
    users: await ask(of, (remote) =>
      allOf((page) => remote.users.list({ page, page_size: most, sort_by: 'name', order: 'asc' })),
    ),
  })),
  createUser: os.createUser.handler(({ input, context: { services: of } }) =>
    ask(of, (remote) => remote.users.create(input)),
  ),
  updateUser: os.updateUser.handler(({ input: { id, ...body }, context: { services: of } }) =>
    ask(of, (remote) => remote.users.update({ params: { id }, body })),
  ),
  sessions: os.sessions.handler(async ({ input: { user }, context: { services: of } }) => {
    const { data } = await ask(of, (remote) => remote.users.sessions({ params: { id: user } }));
    return { sessions: data };
  }),
  revokeSession: os.revokeSession.handler(async ({ input: { id }, context: { services: of } }) => {
    await ask(of, async (remote) => {
      try {
        await remote.users.revokeSession({ params: { id } });
      } catch (error) {
        // Already ended.
        if (!isServerFault(error, 'SESSION_NOT_FOUND')) throw error;
      }
    });
    return {};
  }),
  server: os.server.handler(({ context: { services: of } }) =>
    ask(of, async (remote) => {
      const [status, database] = await Promise.all([remote.status.get(), databaseOf(remote)]);
      return { status, database };
    }),
  ),
  vacuum: os.vacuum.handler(({ context: { services: of } }) => ask(of, ({ admin }) => admin.vacuum())),
  backups: os.backups.handler(({ context: { services: of } }) => ask(of, ({ admin }) => admin.backupList())),
  backupStatus: os.backupStatus.handler(({ context: { services: of } }) =>
    ask(of, ({ admin }) => admin.backupStatus()),
  ),
  backUp: os.backUp.handler(({ context: { services: of } }) =>
    ask(of, ({ admin }) => admin.backUp(), { UNAVAILABLE: 'makes_no_backups' }),
  ),
  restore: os.restore.handler(({ input: { backup, confirm }, context: { services: of } }) =>
    ask(of, ({ admin }) => admin.restore({ backup_id: backup, confirm }), {
      NOT_FOUND: 'no_backup',
      UNAVAILABLE: 'makes_no_backups',
    }),
  ),
  changes: os.changes.handler(({ input: { page, person }, context: { services: of } }) =>
    ask(of, ({ audit }) =>
      audit.list({ page, page_size: pageSize, ...(person === null ? {} : { actor: person }) }),
    ),
  ),
  signIns: os.signIns.handler(({ input: { page, person }, context: { services: of } }) =>
    ask(of, ({ audit }) =>
      audit.signIns({ page, page_size: pageSize, ...(person === null ? {} : { user_id: person }) }),
    ),
  ),
  access: os.access.handler(({ input: { page, person }, context: { services: of } }) =>
    ask(of, ({ audit }) =>
      audit.access({ page, page_size: pageSize, ...(person === null ? {} : { user_id: person }) }),
    ),
  ),
};
