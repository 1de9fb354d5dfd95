import { operationBuilder } from '#core/model/operation-builder.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Hook } from '#shared/contract/administration.ts';
import type { SyncReason } from '#shared/contract/reasons.ts';
import type { ServerBackup, ServerJob } from '#shared/contract/server/admin.ts';
import type { AuditedChange, SignInAttempt } from '#shared/contract/server/audit.ts';
import type { Session, User } from '#shared/contract/server/users.ts';
import { serveSync, sharedStatus } from './sync.ts';
import type { FakeSync } from './sync.ts';

const times = { created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' };

/** A person of the made-up server. */
export function person(parts: Partial<User> = {}): User {
  return {
    id: 'user_1',
    email: 'ines@example.org',
    name: 'Ines Moreau',
    role: 'admin',
    university_id: null,
    sees: 'all',
    active: true,
    ...times,
    ...parts,
  };
}

export const adminStatus = (): ReturnType<typeof sharedStatus> =>
  sharedStatus({
    server: { url: 'https://frames.example.org', user: person(), share: 'all', by_university: false },
  });

/** What the made-up server holds; what is asked for changes it. */
export interface Held {
  users: User[];
  sessions: Session[];
  backups: ServerBackup[];
  hooks: Hook[];
  job: ServerJob | null;
  changes: AuditedChange[];
  signIns: SignInAttempt[];
  /** Why whatever is asked for is refused. */
  refuses: SyncReason | null;
}

export interface FakeServer extends FakeSync {
  held: Held;
}

const job = (parts: Partial<ServerJob>): ServerJob => ({
  id: 'job_1',
  kind: 'backup',
  state: 'running',
  started_at: times.created_at,
  ended_at: null,
  progress: 0.4,
  problem: null,
  backup: null,
  ...parts,
});

const pageOf = <T>(all: readonly T[], page: number) => ({
  data: all.slice((page - 1) * 50, page * 50),
  meta: { page, page_size: 50, total_count: all.length, total_pages: Math.ceil(all.length / 50) },
});

/** As `serveSync` for an admin of a server, whose administration is made up as well. */
export async function serveAdministration(
  given: Partial<Held> = {},
  status = adminStatus(),
): Promise<FakeServer> {
  const fake = await serveSync(status);
  const held: Held = {
    users: [person()],
    sessions: [],
    backups: [],
    hooks: [],
    job: null,
    changes: [],
    signIns: [],
    refuses: null,
    ...given,
  };
  const os = operationBuilder.administration;
  const ask = (what: string, input: object): void => {
    if (held.refuses !== null) throw new Fault('SYNC', { reason: held.refuses });
    fake.asked.push(`${what} ${JSON.stringify(input)}`);
  };
  const read = (): void => {
    if (held.refuses !== null) throw new Fault('SYNC', { reason: held.refuses });
  };
  const refuseTaken = (email: string | undefined): void => {
    if (!held.users.some((user) => user.email === email)) return;
    const issues = [{ path: 'email', code: 'taken', message: 'Taken.' }];
    throw new Fault('INVALID', { issues });
  };
  const administration = {
    listUsers: os.listUsers.handler(() => {
      read();
      return { users: held.users };
    }),
    createUser: os.createUser.handler(({ input: { password, ...rest } }) => {
      ask(`createUser ${password.length}`, rest);
      refuseTaken(rest.email);
      const made = person({ id: `user_${held.users.length + 1}`, ...rest });
      held.users = [...held.users, made];
      return made;
    }),
    updateUser: os.updateUser.handler(({ input }) => {
      ask('updateUser', input);
      const { id, password: _, ...change } = input;
      refuseTaken(change.email);
      held.users = held.users.map((user) =>
        user.id === id ? { ...user, ...(change as Partial<User>) } : user,
      );
      if (!held.users.some(({ role, active }) => role === 'admin' && active))
        throw new Fault('SYNC', { reason: 'last_admin' });
      return held.users.find((user) => user.id === id) ?? person();
    }),
    sessions: os.sessions.handler(() => ({ sessions: held.sessions })),
    revokeSession: os.revokeSession.handler(({ input }) => {
      ask('revokeSession', input);
      held.sessions = held.sessions.filter(({ id }) => id !== input.id);
      return {};
    }),
    serverStatus: os.serverStatus.handler(() => {
      read();
      return {
        status: {
          version: '0.1.0',
          uptime_seconds: 3 * 86_400,
          health: {
            status: 'ok' as const,
            database: { ok: true, latency_ms: 1 },
            migrations: { version: 3, newest: 3 },
            last_backup: null,
          },
          jobs: { queued: 0, running: 0, failed: 0 },
          database: {
            size_bytes: 12_400_000,
            records: 1234,
            operations: 567,
            pool: { total: 5, idle: 5, waiting: 0 },
          },
        },
        database: null,
        files: null,
      };
    }),
    vacuum: os.vacuum.handler(() => {
      ask('vacuum', {});
      return { milliseconds: 212.4 };
    }),
    backups: os.backups.handler(() => {
      read();
      return { backups: held.backups };
    }),
    backupStatus: os.backupStatus.handler(() => {
      read();
      return { job: held.job, next: null };
    }),
    backUp: os.backUp.handler(() => {
      ask('backUp', {});
      held.job = job({});
      return held.job;
    }),
    restore: os.restore.handler(({ input }) => {
      ask('restore', input);
      held.job = job({ kind: 'restore', backup: input.backup });
      return held.job;
    }),
    changes: os.changes.handler(({ input: { page, person: who } }) => {
      read();
      return pageOf(
        held.changes.filter(({ actor }) => who === null || actor === who),
        page,
      );
    }),
    signIns: os.signIns.handler(({ input: { page, person: who } }) => {
      read();
      return pageOf(
        held.signIns.filter(({ user_id }) => who === null || user_id === who),
        page,
      );
    }),
    hooks: os.hooks.handler(() => {
      read();
      return { hooks: held.hooks };
    }),
    createHook: os.createHook.handler(({ input }) => {
      ask('createHook', Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)));
      return { id: 'hook', secret: 'whsec_new', address: '' };
    }),
    changeHook: os.changeHook.handler(({ input }) => {
      ask('changeHook', input);
      if (input.action === 'remove') held.hooks = held.hooks.filter(({ id }) => id !== input.id);
      return { id: input.id, secret: input.action === 'rotate' ? 'whsec_new' : null };
    }),
    access: os.access.handler(({ input: { page } }) => {
      read();
      return pageOf([], page);
    }),
  };
  fake.serveMore({ administration });
  return { ...fake, held };
}
