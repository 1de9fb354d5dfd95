import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHttpClient } from '#http/client.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { memorySecrets } from '#core/kernel/secrets.ts';
import { systemServices } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import { syncService } from '#core/sync/handlers.ts';
import { Realtime } from '#core/sync/realtime.ts';
import { makeCa } from '#test/support/certificates.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { startProxy, startTlsFront } from '#test/support/tls-front.ts';
import { bootstrap, password, serverOfFile, signIn } from '../../support/server.ts';

const { ca, server: certificate } = makeCa();
const server = await serverOfFile();
await bootstrap(server);

const port = (): number => Number(new URL(server.api.url).port);

function caFile(): string {
  const file = join(testFolder(), 'ca.pem');
  writeFileSync(file, ca.cert);
  return file;
}

/** A workspace of a computer with these variables, and nothing of its own user. */
async function workspaceWith(environment: Record<string, string>) {
  const http = createHttpClient({ environment: { FRAMES_CONFIG: testFolder(), ...environment } });
  const core = await openCore({
    ...systemServices(),
    workspace: testFolder(),
    log: silentLog,
    create: { owner: 'Ada' },
    holder: { kind: 'test', label: 'a test' },
    secrets: memorySecrets(),
    http,
  });
  onTestFinished(() => core.close());
  return { core, http, client: core.client(core.session()) };
}

const credentials = { email: 'admin@example.org', password };

test('a server with an own CA is joined with its CA file, also for hints; without it the issuer is unknown', async () => {
  const front = await startTlsFront(certificate, { port: port() });
  onTestFinished(() => front.stop());
  const url = `https://localhost:${front.port}`;
  const without = await workspaceWith({});
  const fault = await refused(
    'SYNC',
    resultOf(without.client.sync.join({ url, share: 'all', ...credentials })),
  );
  expect(fault.data).toEqual({
    reason: 'unreachable',
    network: { reason: 'unknown_issuer', host: `localhost:${front.port}`, proxy: null, what: null },
  });
  const { core, client, http } = await workspaceWith({ FRAMES_CA_FILE: caFile() });
  expect(await resultOf(client.sync.join({ url, share: 'all', ...credentials }))).toMatchObject({
    state: 'idle',
    in_step: true,
  });
  const service = syncService(core.services);
  const hints: (number | null)[] = [];
  const channel = new Realtime({
    http,
    url,
    token: () => service.signIn(url).accessToken(),
    onHint: (seq) => void hints.push(seq),
    onPresence: () => undefined,
  });
  onTestFinished(() => channel.close());
  await vi.waitFor(() => expect(hints).toEqual([null]), { timeout: 20_000 });
  // What stopped sync is in its status, for the window.
  await front.stop();
  await refused('SYNC', resultOf(client.sync.runOnce({})));
  expect(service.status()).toMatchObject({ state: 'offline', network: { reason: 'connection_refused' } });
});

test('a server behind a proxy is joined, also for hints', async () => {
  const [front, proxy] = [await startTlsFront(certificate, { port: port() }), await startProxy()];
  onTestFinished(() => front.stop());
  onTestFinished(() => proxy.stop());
  // No DNS knows this name: only the proxy finds the server.
  const url = `https://frames.test:${front.port}`;
  const { client, http } = await workspaceWith({
    FRAMES_CA_FILE: caFile(),
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
  });
  expect(await resultOf(client.sync.join({ url, share: 'all', ...credentials }))).toMatchObject({
    state: 'idle',
  });
  const before = proxy.asked.length;
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT frames.test:${front.port}`]));
  const { access_token } = await signIn(server.api, credentials.email);
  const hints: (number | null)[] = [];
  const channel = new Realtime({
    http,
    url,
    token: () => Promise.resolve(access_token),
    onHint: (seq) => void hints.push(seq),
    onPresence: () => undefined,
  });
  onTestFinished(() => channel.close());
  await vi.waitFor(() => expect(hints).toEqual([null]), { timeout: 20_000 });
  expect(proxy.asked.length).toBe(before + 1);
});
