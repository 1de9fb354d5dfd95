import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import { createHttpClient } from '#http/client.ts';
import { findFreePort } from '#server/db/trial-postgres.ts';
import { makeCa } from '#test/support/certificates.ts';
import { testFolder } from '#test/support/folder.ts';
import { startProxy, startTlsFront } from '#test/support/tls-front.ts';
import { oidcConfig, pressOn, TestProvider } from '../support/oidc.ts';
import { bootstrap, startServer } from '../support/server.ts';

const { ca, server: certificate } = makeCa('Campus CA');

/** A provider with a certificate of the CA; `frames.test` is known to the proxy only. */
async function startProvider(host: string): Promise<TestProvider> {
  const port = await findFreePort();
  const front = await startTlsFront(certificate, { port });
  const provider = new TestProvider(port, `https://${host}:${front.port}`);
  await provider.start();
  onTestFinished(async () => {
    await front.stop();
    await provider.stop();
  });
  return provider;
}

function clientWith(environment: Record<string, string>) {
  return createHttpClient({ environment: { FRAMES_CONFIG: testFolder(), ...environment } });
}

function caFile(): string {
  const file = join(testFolder(), 'ca.pem');
  writeFileSync(file, ca.cert);
  return file;
}

async function serverWith(provider: TestProvider, environment: Record<string, string>) {
  const lines: string[] = [];
  const server = await startServer(await oidcConfig(provider.issuer), {
    http: clientWith(environment),
    logLevel: 'error',
    logTo: { write: (line) => void lines.push(line) },
  });
  onTestFinished(() => server.stop());
  return { server, lines };
}

test('a provider whose CA is unknown is not reached, and the log says why and what to do', async () => {
  const provider = await startProvider('localhost');
  const { server, lines } = await serverWith(provider, {});
  expect(await server.api.get('auth/oidc/start?device=kiwi')).toMatchObject({ status: 503 });
  const [entry] = lines.map((line) => JSON.parse(line) as { msg: string });
  expect(entry?.msg).toContain('does not trust the issuer');
  expect(entry?.msg).toContain('frames connection trust FILE');
});

test('people sign in at a provider with an own CA behind a proxy: metadata, token, keys and userinfo', async () => {
  const [provider, proxy] = [await startProvider('frames.test'), await startProxy()];
  onTestFinished(() => proxy.stop());
  const environment = { FRAMES_CA_FILE: caFile(), HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const { server } = await serverWith(provider, environment);
  const admin = server.api.as(await bootstrap(server));
  expect((await admin.post('universities', { id: 'univ_own', name: 'Own' })).status).toBe(201);
  const begun = await server.api.get<{ url: string; handle: string }>('auth/oidc/start?device=kiwi');
  const asked = proxy.asked.length;
  expect(asked).toBeGreaterThan(0);
  provider.next = {
    claims: { sub: 'ada', email: 'ada@own.edu', email_verified: true, name: 'Ada' },
    byUserInfo: true,
  };
  const there = await clientWith(environment).fetch(begun.body.url);
  const back = there.headers.get('location') ?? '';
  const page = await (await fetch(back)).text();
  expect((await pressOn(page, back, 'yes')).status).toBe(200);
  const { body } = await server.api.post<{ signed_in: SignInResult | null }>('auth/oidc/token', {
    handle: begun.body.handle,
  });
  expect(body.signed_in?.user).toMatchObject({ email: 'ada@own.edu', university_id: 'univ_own' });
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(provider.issuer).host}`]));
});
