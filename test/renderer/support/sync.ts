import { operationBuilder } from '#core/model/operation-builder.ts';
import { streamHandler } from '#core/model/pipeline.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { SyncReason } from '#shared/contract/reasons.ts';
import type {
  ConnectionCheck,
  QuarantinedChange,
  SyncComparison,
  SyncConflict,
  SyncStatus,
} from '#shared/contract/sync.ts';
import { serveCore } from './core.ts';
import type { Served } from './core.ts';

/** As a workspace that shares with no server says it. */
export const notShared: SyncStatus = {
  state: 'off',
  server: null,
  pending: 0,
  conflicts: 0,
  quarantined: 0,
  in_step: false,
  last_sync: null,
  people: [],
  problem: null,
};

/** As a workspace that is in step says it; what is given is otherwise. */
export function sharedStatus(parts: Partial<SyncStatus> = {}): SyncStatus {
  const times = { created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' };
  const user = {
    id: 'user_1',
    email: 'ines@example.org',
    name: 'Ines Moreau',
    role: 'researcher' as const,
    university_id: null,
    sees: 'all' as const,
    active: true,
    ...times,
  };
  return {
    ...notShared,
    state: 'idle',
    server: { url: 'https://frames.example.org', user, share: 'all', by_university: false },
    in_step: true,
    last_sync: '2026-11-20T08:00:00.000Z',
    ...parts,
  };
}

interface Told {
  conflicts?: readonly SyncConflict[];
  operations?: readonly QuarantinedChange[];
  comparison?: SyncComparison;
  /** The result of checking the connection; by default everything is fine. */
  check?: Pick<ConnectionCheck, 'ok' | 'steps'>;
  /** Why joining, and signing in with the password "wrong", is refused. */
  refuses?: SyncReason | null;
}

export interface FakeSync {
  served: Served;
  /** What was asked of it, beside reading: `pause {"paused":true}`. */
  asked: string[];
  /** Tells what is so from now on, and those who watch of the status. */
  tell: (status: SyncStatus, told?: Told) => void;
  /** Answers other groups of operations as well, as they are given. */
  serveMore: (more: Partial<Served['workspace']['core']['router']>) => void;
}

/**
 * Serves a workspace of its own whose sync, and nothing else, is answered by a server that is made up: what a window shows of each state, no server that
 * a test could start says on demand.
 */
export async function serveSync(first: SyncStatus, known: Told = {}): Promise<FakeSync> {
  const os = operationBuilder.sync;
  const asked: string[] = [];
  const watching = new Set<() => void>();
  let [status, told] = [first, known];
  const tell: FakeSync['tell'] = (next, more = {}) => {
    status = next;
    told = { ...told, ...more };
    for (const wake of watching) wake();
  };
  const ask = (what: string, input: object = {}): void => void asked.push(`${what} ${JSON.stringify(input)}`);
  const refuse = (): void => {
    if (told.refuses) throw new Fault('SYNC', { reason: told.refuses });
  };
  const change = (parts: Partial<SyncStatus>): SyncStatus => {
    tell({ ...status, ...parts });
    return status;
  };
  async function* compared(): AsyncGenerator<{ kind: 'result'; result: SyncComparison }, void, void> {
    const none = { in_step: true, compared: 1234, round_trips: 2, differences: [] };
    yield { kind: 'result', result: told.comparison ?? none };
  }
  const sync = {
    status: os.status.handler(() => status),
    watch: os.watch.handler(async function* watch({ signal }) {
      for (let ended = false; !ended; ended = signal?.aborted === true) {
        yield status;
        await new Promise<void>((wake) => {
          watching.add(wake);
          signal?.addEventListener('abort', () => wake());
        });
      }
    }),
    join: os.join.handler(
      streamHandler(async function* join({ input, signal }) {
        ask('join', input);
        yield { kind: 'progress' as const, step: 'downloading', done: 12, total: 48 };
        if ('password' in input && input.password === 'slow') {
          await new Promise((wake) => signal?.addEventListener('abort', wake));
          throw new Fault('CANCELLED', {});
        }
        refuse();
        yield { kind: 'result' as const, result: change(sharedStatus()) };
      }),
    ),
    signInByUniversity: os.signInByUniversity.handler(
      streamHandler(async function* signInByUniversity({ input }) {
        ask('signInByUniversity', input);
        refuse();
        yield { kind: 'result' as const, result: change(sharedStatus()) };
      }),
    ),
    signIn: os.signIn.handler(({ input }) => {
      ask('signIn', input);
      if (input.password === 'wrong') refuse();
      return change({ state: 'idle', people: [], problem: null });
    }),
    changePassword: os.changePassword.handler(({ input }) => {
      ask('changePassword', input);
      refuse();
      if (input.current !== 'wrong') return {};
      throw new Fault('INVALID', {
        issues: [{ path: 'current', code: 'wrong_password', message: 'Wrong.' }],
      });
    }),
    announceOpenRecord: os.announceOpenRecord.handler(() => ({})),
    check: os.check.handler(({ input }) => {
      ask('check', input);
      return { url: input.url ?? 'https://frames.test', ...(told.check ?? { ok: true, steps: [] }) };
    }),
    runOnce: os.runOnce.handler(async function* now() {
      ask('now');
      yield { kind: 'result', result: change({ pending: 0 }) };
    }),
    fetchFile: os.fetchFile.handler(async function* fetchFile({ input }) {
      ask('fetchFile', input);
      yield { kind: 'result', result: { fetched: true } };
    }),
    pause: os.pause.handler(({ input }) => {
      ask('pause', input);
      return change({ state: input.paused ? 'paused' : 'idle' });
    }),
    signOut: os.signOut.handler(() => {
      ask('signOut');
      return change({ state: 'signed_out' });
    }),
    leave: os.leave.handler(({ input }) => {
      ask('leave', input);
      return change(notShared);
    }),
    conflicts: os.conflicts.handler(() => ({ conflicts: [...(told.conflicts ?? [])] })),
    resolve: os.resolve.handler(({ input }) => {
      ask('resolve', input);
      tell({ ...status, conflicts: 0 }, { conflicts: [] });
      return { op_id: null };
    }),
    quarantine: os.quarantine.handler(() => ({ operations: [...(told.operations ?? [])] })),
    resolveRejected: os.resolveRejected.handler(({ input }) => {
      ask('settle', input);
      tell({ ...status, quarantined: 0 }, { operations: [] });
      return { op_id: null };
    }),
    compare: os.compare.handler(compared),
    repair: os.repair.handler(async function* repair() {
      ask('repair');
      yield* compared();
    }),
  };
  const served = await serveCore();
  const { core } = served.workspace;
  const serveMore: FakeSync['serveMore'] = (more) =>
    served.serve({ ...core, router: { ...core.router, sync, ...more } });
  serveMore({});
  return { served, asked, tell, serveMore };
}
