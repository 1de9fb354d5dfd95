import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import { realtimePath } from '#shared/sync/realtime.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { root } from '#scripts/lib/paths.ts';

export const email = 'bench@example.org';
export const password = 'a long and good password';

/** A server of its own in a process of its own, as `frames serve --trial` starts it. */
export interface Serving {
  url: string;
  folder: string;
  /** Bytes that the server's process holds. */
  memory(): number;
  token: string;
  /** The id of who is signed in. */
  user: string;
  generation: string;
  call: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  stop(): Promise<void>;
}

export async function startServing(): Promise<Serving> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-bench-server-'));
  const args = [
    join(root, 'out/cli/frames.js'),
    'serve',
    '--trial',
    join(folder, 'server'),
    '--port',
    '0',
    '--json',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, bootstrap_token } = JSON.parse(line) as { url: string; bootstrap_token: string };
  let token = '';
  const call: Serving['call'] = (method, path, body) => callAt(`${url}/api/v1`, method, path, body, token);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  const first = { bootstrap_token, email, password, name: 'Bench', device: '' };
  const signedIn = await call<SignInResult>('POST', 'auth/bootstrap', first).catch(async (error: unknown) => {
    // A server that is left behind keeps the bench from ending.
    await stop();
    throw error;
  });
  token = signedIn.access_token;
  const { generation } = await call<{ generation: string }>('GET', 'sync/hello');
  return {
    url,
    folder,
    token,
    user: signedIn.user.id,
    generation,
    call,
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    stop,
  };
}

export async function callAt<T>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  token = '',
): Promise<T> {
  const answer = await fetch(`${url}/${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const ids = createIds(systemClock, systemRandom);

/** Operations that each make a team, with ids as workspaces draw them. */
export const operationsOf = (count: number) =>
  Array.from({ length: count }, () => ({
    op_id: ids.uuid(),
    schema: 1,
    replica: 'bench',
    hlc: '0',
    created_at: new Date().toISOString(),
    label: 'team.create',
    params: { type: 'team', title: 'Flight software' },
    undoes: null,
    redoes: null,
    recovers: null,
    seen: null,
    part: null,
    rows: [
      {
        action: 'create',
        type: 'team',
        id: `team_${ids.uuid()}`,
        before: null,
        after: {
          name: 'Flight software',
          discipline: 'software',
          lifecycle: 'established',
          size: 7,
          experience: 12,
        },
      },
    ],
  }));

/** A signed-in line for hints. */
export async function connect({ url, token }: Serving): Promise<Socket> {
  const socket = io(url, { path: realtimePath, transports: ['websocket'], auth: { token }, forceNew: true });
  await new Promise<void>((resolve) => void socket.once('connect', resolve));
  return socket;
}

/** Makes another person, and signs them in. */
export async function addPerson(serving: Serving, number: number): Promise<Serving> {
  const given = { email: `bench-${number}@example.org`, password };
  await serving.call('POST', 'users', {
    ...given,
    name: `Bench ${number}`,
    role: 'researcher',
    university_id: null,
    sees: 'all',
  });
  const { access_token: token } = await serving.call<SignInResult>('POST', 'auth/token', {
    ...given,
    device: '',
  });
  const call: Serving['call'] = (method, path, body) =>
    callAt(`${serving.url}/api/v1`, method, path, body, token);
  return { ...serving, token, call };
}

/** Sends operations in one request. */
export const pushTo = (
  { call, generation }: Serving,
  count: number,
): Promise<{ seq: number; accepted: string[] }> =>
  call('POST', 'sync/push', { generation, clock_offset: 0, operations: operationsOf(count) });
