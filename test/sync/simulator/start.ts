import type { User } from '#shared/contract/server/users.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Remote } from '#core/sync/remote.ts';
import { Client, emptyWorkspace } from './client.ts';
import { Server } from './server.ts';
import type { FileCall, Tables } from './server.ts';

export const year = 365 * 24 * 3_600_000;
export const begin = 1_800_000_000_000;
export const names = ['c0', 'c1', 'c2'];

/** A server with people and universities, and a workspace that has downloaded them. */
export interface Start {
  tables: Tables;
  image: Buffer;
}

export const userOf = (id: string, role: User['role'], university_id: string): User => {
  const time = new Date(begin).toISOString();
  const [name, email] = [id, `${id}@example.org`];
  return {
    id,
    email,
    name,
    role,
    university_id,
    sees: 'all',
    active: true,
    created_at: time,
    updated_at: time,
  };
};

/** Made once per process, because migrations and the first download take longer than a history. */
export async function makeStart(): Promise<Start> {
  const clock = (): number => begin - year;
  const server = new Server(clock);
  const create = (type: SyncRow['type'], id: string, after: SyncRow['after']): SyncRow => {
    return { action: 'create', type, id, before: null, after };
  };
  await server.create([
    ...['ua', 'ub'].map((id) => create('university', id, { name: id })),
    ...names.map((id) => create('profile', id, { name: id, role: 'admin', university_id: 'ua' })),
  ]);
  const user = userOf('c0', 'admin', 'ua');
  server.users.set('c0', user);
  const client = new Client({ user, image: await emptyWorkspace(), seed: 0, clock, permit: () => {} });
  const remote = connect(
    (call, input) => server.call('c0', call, input),
    (call, input) => server.callFiles('c0', call, input),
  );
  client.join(user, await remote.sync.hello({ share: 'all', schema: operationSchema }));
  await client.round(remote, false);
  const image = client.image();
  client.close();
  return { tables: server.tables, image };
}

export type Call = keyof Remote['sync'];

/** The calls of the contract that sync makes, each answered by `answer`. */
export function connect(
  answer: (call: Call, input: unknown) => Promise<unknown>,
  answerFiles: (call: FileCall, input: unknown) => Promise<unknown>,
): Remote {
  const calls: Call[] = ['hello', 'push', 'pull', 'records', 'snapshot', 'erasures', 'digest'];
  const sync = Object.fromEntries(calls.map((call) => [call, (input: unknown) => answer(call, input)]));
  const fileCalls: FileCall[] = ['missing', 'store', 'read', 'check'];
  const files = Object.fromEntries(
    fileCalls.map((call) => [call, (input: unknown) => answerFiles(call, input)]),
  );
  return { sync, files } as unknown as Remote;
}
