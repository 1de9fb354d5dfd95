import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PushedOperation } from '#shared/contract/server/sync.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import { createHttpClient } from '#http/client.ts';
import { memorySecrets } from '#core/kernel/secrets.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { Realtime } from '#core/sync/realtime.ts';
import { shakeHands } from '#core/sync/remote.ts';
import type { Remote } from '#core/sync/remote.ts';
import { SignIn } from '#core/sync/sign-in.ts';
import { root } from '#scripts/lib/paths.ts';
import { oncePerRun } from '../run.ts';
import type { Run } from '../run.ts';

export const email = 'bench@example.org';
export const password = 'a long and good password';

/** Somebody who is signed in at a server of its own process, through the client that ships. */
export interface Serving {
  url: string;
  folder: string;
  /** Bytes that the server's process holds. */
  memory(): number;
  remote: Remote;
  token: () => Promise<string>;
  /** The id of who is signed in. */
  user: string;
  generation: string;
}

export const http = createHttpClient({ environment: process.env });

const signInAt = (url: string): SignIn =>
  new SignIn({
    http,
    url,
    secrets: memorySecrets(),
    key: 'bench',
    requestId: () => ids.uuid(),
    elapsed: () => performance.now(),
  });

/** Starts a server as `frames serve --trial` does, and signs in. Whoever calls this ends it. */
async function startServing(): Promise<Serving & { stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-bench-server-'));
  const program = join(root, 'out/cli/frames.js');
  const args = [program, 'serve', '--trial', join(folder, 'server'), '--port', '0', '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url, bootstrap_token: token } = JSON.parse(line) as { url: string; bootstrap_token: string };
    const signIn = signInAt(url);
    const { user } = await signIn.begin({ email, password, bootstrap: { token, name: 'Bench' } });
    const { remote } = signIn;
    const { generation } = await shakeHands(remote, 'all');
    const memory = (): number =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    return {
      url,
      folder,
      memory,
      remote,
      token: () => signIn.accessToken(),
      user: user.id,
      generation,
      stop,
    };
  } catch (error) {
    // A server that is left behind keeps the bench from ending.
    await stop();
    throw error;
  }
}

/** The server of all rows of a smoke run: each start takes seconds. */
const sharedServing = oncePerRun(async (run) => {
  const serving = await startServing();
  run.atEnd.push(serving.stop);
  return serving;
});

/** Does work at a new server; in a smoke run at the one that all rows share, unless the work `spoils` it for others. */
export async function atServer<T>(
  run: Run,
  work: (serving: Serving) => Promise<T>,
  { spoils = false } = {},
): Promise<T> {
  if (run.isSmoke && !spoils) return work(await sharedServing(run));
  const serving = await startServing();
  try {
    return await work(serving);
  } finally {
    await serving.stop();
  }
}

const ids = createIds(systemClock, systemRandom);

/** Operations that each make a team, with ids as workspaces draw them. */
const operationsOf = (count: number): PushedOperation[] =>
  Array.from({ length: count }, () => ({
    op_id: ids.uuid(),
    schema: operationSchema,
    replica: 'bench',
    hlc: '0',
    created_at: new Date().toISOString(),
    label: 'team.create',
    params: { type: 'team', title: 'Flight software' },
    undoes: null,
    redoes: null,
    recovers: null,
    author: null,
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

/** Opens the channel for hints, and resolves when it is connected. */
export function connect({ url, token }: Serving, onHint: (seq: number) => void = () => {}): Promise<Channel> {
  return new Promise((resolve) => {
    const listeners = new Set([onHint]);
    const onHintOrConnect = (seq: number | null): void => {
      if (seq === null) resolve({ listeners, close: () => channel.close() });
      else for (const listener of listeners) listener(seq);
    };
    const channel = new Realtime({ http, url, token, onHint: onHintOrConnect, onPresence: () => {} });
  });
}

export interface Channel {
  listeners: Set<(seq: number) => void>;
  close(): void;
}

/** Makes another person, and signs them in. */
export async function addPerson(serving: Serving, number: number): Promise<Serving> {
  const given = { email: `bench-${number}@example.org`, password };
  await serving.remote.users.create({ ...given, name: `Bench ${number}`, role: 'researcher' });
  const signIn = signInAt(serving.url);
  const { user } = await signIn.begin(given);
  return { ...serving, remote: signIn.remote, token: () => signIn.accessToken(), user: user.id };
}

/** Sends new operations in one request. Throws if one is not accepted. Returns the newest number of the history. */
export async function pushTo(
  { remote, generation }: Pick<Serving, 'remote' | 'generation'>,
  count: number,
): Promise<number> {
  const operations = operationsOf(count);
  const { seq, accepted } = await remote.sync.push({ generation, clock_offset: 0, operations });
  if (accepted.length !== count) throw new Error('operations were refused');
  return seq;
}
