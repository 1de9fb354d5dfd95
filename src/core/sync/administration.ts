import { Fault } from '#shared/contract/faults.ts';
import { issueOf } from '#shared/texts/issues.ts';
import type { SyncReason } from '#shared/contract/reasons.ts';
import type { Page } from '#shared/contract/server/base.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import type { Services } from '../model/services.ts';
import { syncService } from './handlers.ts';
import { isServerFault, issuesOf } from './remote.ts';
import { joinedState } from './state.ts';
import type { Remote } from './remote.ts';

const os = operationBuilder.administration;

const maxPageSize = 100;
const auditPageSize = 50;

/** The reason of SYNC to report for an error code of the server. */
interface ReasonByCode {
  NOT_FOUND?: SyncReason;
  UNAVAILABLE?: SyncReason;
}

/** Input that names a record which the server lacks, by the error code. */
const missingRecords = {
  HOOK_NOT_FOUND: issueOf('id', 'no_hook'),
  REPOSITORY_NOT_FOUND: issueOf('repository_id', 'not_on_server'),
};

/** Sends an admin's request, in live only. Refused input of a form becomes INVALID, other errors SYNC. */
function askServer<T>(
  services: Services,
  request: (remote: Remote) => Promise<T>,
  overrides: ReasonByCode = {},
): Promise<T> {
  if (services.files.target.kind !== 'live') throw new Fault('SYNC', { reason: 'not_live' });
  return syncService(services).callServer(async (remote) => {
    try {
      return await request(remote);
    } catch (error) {
      const issues = issuesOf(error);
      if (issues) throw new Fault('INVALID', { issues });
      for (const [code, issue] of Object.entries(missingRecords))
        if (isServerFault(error, code)) throw new Fault('INVALID', { issues: [issue] });
      const reasons: ReasonByCode = { NOT_FOUND: 'older_server', ...overrides };
      for (const [code, reason] of Object.entries(reasons) as [string, SyncReason][])
        if (isServerFault(error, code)) throw new Fault('SYNC', { reason });
      throw error;
    }
  });
}

async function fetchAllPages<T>(fetchPage: (page: number) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await fetchPage(page);
    all.push(...data);
    if (page >= meta.total_pages) return all;
  }
}

/** Answers null if the server is too old to know the route. */
async function nullIfOlder<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isServerFault(error, 'NOT_FOUND')) return null;
    throw error;
  }
}

async function fetchDatabase({ admin }: Remote) {
  const [health, stats] = await Promise.all([admin.health(), admin.stats()]);
  return { health, stats };
}

/** Where a webhook of the server receives. */
const hookAddress = ({ read }: Services, id: string): string =>
  `${joinedState(read).url.replace(/\/+$/, '')}/api/hooks/${id}`;

export const administrationHandlers = {
  listUsers: os.listUsers.handler(async ({ context: { services } }) => ({
    users: await askServer(services, (remote) =>
      fetchAllPages((page) =>
        remote.users.list({ page, page_size: maxPageSize, sort_by: 'name', order: 'asc' }),
      ),
    ),
  })),
  createUser: os.createUser.handler(({ input, context: { services } }) =>
    askServer(services, (remote) => remote.users.create(input)),
  ),
  updateUser: os.updateUser.handler(({ input: { id, ...body }, context: { services } }) =>
    askServer(services, (remote) => remote.users.update({ params: { id }, body })),
  ),
  sessions: os.sessions.handler(async ({ input: { user }, context: { services } }) => {
    const { data } = await askServer(services, (remote) => remote.users.sessions({ params: { id: user } }));
    return { sessions: data };
  }),
  revokeSession: os.revokeSession.handler(async ({ input: { id }, context: { services } }) => {
    await askServer(services, async (remote) => {
      try {
        await remote.users.revokeSession({ params: { id } });
      } catch (error) {
        // The session has already ended.
        if (!isServerFault(error, 'SESSION_NOT_FOUND')) throw error;
      }
    });
    return {};
  }),
  serverStatus: os.serverStatus.handler(({ context: { services } }) =>
    askServer(services, async (remote) => {
      const [status, database, files] = await Promise.all([
        remote.status.get(),
        nullIfOlder(fetchDatabase(remote)),
        nullIfOlder(remote.admin.files()),
      ]);
      return { status, database, files };
    }),
  ),
  vacuum: os.vacuum.handler(({ context: { services } }) =>
    askServer(services, ({ admin }) => admin.vacuum()),
  ),
  backups: os.backups.handler(({ context: { services } }) =>
    askServer(services, ({ admin }) => admin.backupList()),
  ),
  backupStatus: os.backupStatus.handler(({ context: { services } }) =>
    askServer(services, ({ admin }) => admin.backupStatus()),
  ),
  backUp: os.backUp.handler(({ context: { services } }) =>
    askServer(services, ({ admin }) => admin.backUp(), { UNAVAILABLE: 'makes_no_backups' }),
  ),
  restore: os.restore.handler(({ input: { backup, confirm }, context: { services } }) =>
    askServer(services, ({ admin }) => admin.restore({ backup_id: backup, confirm }), {
      NOT_FOUND: 'no_backup',
      UNAVAILABLE: 'makes_no_backups',
    }),
  ),
  changes: os.changes.handler(({ input: { page, person }, context: { services } }) =>
    askServer(services, ({ audit }) =>
      audit.list({ page, page_size: auditPageSize, ...(person === null ? {} : { actor: person }) }),
    ),
  ),
  signIns: os.signIns.handler(({ input: { page, person }, context: { services } }) =>
    askServer(services, ({ audit }) =>
      audit.signIns({ page, page_size: auditPageSize, ...(person === null ? {} : { user_id: person }) }),
    ),
  ),
  access: os.access.handler(({ input: { page, person }, context: { services } }) =>
    askServer(services, ({ audit }) =>
      audit.access({ page, page_size: auditPageSize, ...(person === null ? {} : { user_id: person }) }),
    ),
  ),
  hooks: os.hooks.handler(async ({ context: { services } }) => {
    const { hooks } = await askServer(services, (remote) => remote.hooks.list());
    return { hooks: hooks.map((hook) => ({ ...hook, address: hook.url ?? hookAddress(services, hook.id) })) };
  }),
  createHook: os.createHook.handler(async ({ input, context: { services } }) => {
    const created = await askServer(services, (remote) => remote.hooks.create(input));
    return { ...created, address: input.url ?? hookAddress(services, created.id) };
  }),
  changeHook: os.changeHook.handler(({ input: { id, action }, context: { services } }) =>
    askServer(services, (remote) => remote.hooks[action]({ id })),
  ),
};
