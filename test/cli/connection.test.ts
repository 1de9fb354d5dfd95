import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ChosenTrust } from '#shared/contract/connection.ts';
import type { ConnectionCheck } from '#shared/contract/sync.ts';
import { makeCa, makeCertificate } from '#test/support/certificates.ts';
import type { TestCertificate } from '#test/support/certificates.ts';
import { startProxy, startTlsFront } from '#test/support/tls-front.ts';
import { inFolder, runHere, startFrames } from './frames.ts';

const { at, folder, frames, json, refused } = inFolder();
const { ca, server } = makeCa('Campus CA');

interface FakeServer {
  certificate?: TestCertificate;
  status?: number;
  date?: string;
}

/** Something that answers as a FRAMES server does without a sign-in. */
async function startFakeServer({
  certificate = server,
  status = 401,
  date,
}: FakeServer = {}): Promise<number> {
  const front = await startTlsFront(certificate, ({ url }, response) => {
    const isRoute = url === '/api/v1/auth/me';
    const code = isRoute ? 'UNAUTHORIZED' : 'NOT_FOUND';
    const error = { code, message: '', details: {}, timestamp: '', request_id: '' };
    const type = status === 401 ? 'application/json' : 'text/html';
    response.writeHead(status === 401 && !isRoute ? 404 : status, {
      'content-type': type,
      ...(date !== undefined && { date }),
    });
    response.end(JSON.stringify({ error }));
  });
  onTestFinished(() => front.stop());
  return front.port;
}

/** Runs the doctor with variables: the state of each step, and what the first failure says. */
async function doctor(url: string, environment: Record<string, string> = {}) {
  const { code, stdout } = await runHere(folder, ['sync', 'doctor', url, '--json'], {
    FRAMES_CONFIG: at('config'),
    ...environment,
  });
  const { ok, steps } = JSON.parse(stdout) as ConnectionCheck;
  const failure = steps.find(({ state }) => state === 'failed');
  return {
    code,
    ok,
    states: Object.fromEntries(steps.map(({ step, state }) => [step, state])),
    failure: failure && [failure.step, failure.problem?.network?.reason ?? failure.problem?.reason],
    finding: (step: string) => steps.find((entry) => entry.step === step)?.finding,
  };
}

function caFile(name = 'ca.pem', text = ca.cert): string {
  writeFileSync(at(name), text);
  return at(name);
}

test('a CA file is chosen, listed and removed; a bad one is named and changes nothing', async () => {
  expect(await json('connection', 'show')).toEqual({ certificates: [], damaged: false });
  const chosen = await json<ChosenTrust>('connection', 'trust', caFile());
  expect(chosen.certificates).toMatchObject([{ subject: 'Campus CA', issuer: 'Campus CA', expired: false }]);
  // FRAMES has a copy.
  rmSync(at('ca.pem'));
  expect(await json('connection', 'show')).toEqual(chosen);
  for (const [name, text, reason] of [
    ['notes.pem', 'no certificate', 'no_certificate'],
    ['cut.pem', ca.cert.slice(0, 200) + '-----END CERTIFICATE-----', 'no_certificate'],
  ] as const) {
    const { code, error } = await refused('connection', 'trust', caFile(name, text));
    expect([code, error.code, error.details['reason']]).toEqual([1, 'BAD_FILE', reason]);
    expect(error.message).toContain(name);
  }
  const missing = await refused('connection', 'trust', 'missing.pem');
  expect(missing.error.details['reason']).toBe('unreadable');
  expect(missing.error.message).toContain('missing.pem');
  expect(await json('connection', 'show')).toEqual(chosen);
  expect(await json('connection', 'distrust')).toEqual({ certificates: [], damaged: false });
  expect(await json('connection', 'show')).toEqual({ certificates: [], damaged: false });
});

test('the doctor names the step that fails, and passes once the CA is chosen', async () => {
  const url = `https://localhost:${await startFakeServer()}`;
  const before = await doctor(url);
  expect(before).toMatchObject({
    code: 1,
    ok: false,
    failure: ['encryption', 'unknown_issuer'],
    states: { address: 'ok', proxy: 'ok', name: 'ok', connection: 'ok', server: 'skipped' },
  });
  expect(before.finding('encryption')).toMatchObject({ values: { issuer: 'Campus CA' } });
  await json('connection', 'trust', caFile());
  const after = await doctor(url);
  expect(after).toMatchObject({
    code: 0,
    ok: true,
    failure: undefined,
    // No WebSocket there, and nobody has signed in.
    states: { encryption: 'ok', server: 'ok', clock: 'ok', hints: 'warning', account: 'skipped' },
  });
  expect(after.finding('encryption')).toMatchObject({ values: { source: { code: 'trust.setting' } } });
  const { stdout } = await frames('sync doctor', url);
  expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(9);
  await json('connection', 'distrust');
  const variable = await doctor(url, { NODE_EXTRA_CA_CERTS: caFile() });
  expect(variable.finding('encryption')).toMatchObject({ values: { source: { code: 'trust.variable' } } });
});

// Windows and macOS have a store of their own, which no variable replaces.
test.runIf(process.platform === 'linux')(
  'the system’s CAs are trusted: those of SSL_CERT_FILE and of SSL_CERT_DIR',
  async () => {
    const url = `https://localhost:${await startFakeServer()}`;
    const [file, empty, folderOfCas] = [caFile(), at('empty'), at('cas')];
    for (const made of [empty, folderOfCas]) mkdirSync(made);
    copyFileSync(file, join(folderOfCas, 'campus.pem'));
    const missing = { SSL_CERT_FILE: join(empty, 'none.pem'), SSL_CERT_DIR: empty };
    /** The system's CAs are read once, so each case is a program of its own. */
    const sourceWith = async (environment: Record<string, string>): Promise<unknown> => {
      const isolated = { FRAMES_CONFIG: at('config'), NODE_EXTRA_CA_CERTS: '', ...missing, ...environment };
      const { stdout } = await startFrames(folder, ['sync', 'doctor', url, '--json'], isolated).ended;
      const { steps } = JSON.parse(stdout) as ConnectionCheck;
      const step = steps.find((entry) => entry.step === 'encryption');
      return step?.problem?.network?.reason ?? step?.finding?.values?.['source'];
    };
    expect(await sourceWith({})).toBe('unknown_issuer');
    expect(await sourceWith({ SSL_CERT_FILE: file })).toEqual({ code: 'trust.system' });
    expect(await sourceWith({ SSL_CERT_DIR: folderOfCas })).toEqual({ code: 'trust.system' });
  },
);

test('the doctor finds each fault at its step', async () => {
  const environment = { FRAMES_CA_FILE: caFile() };
  const failureAt = async (url: string, more: Record<string, string> = {}) =>
    (await doctor(url, { ...environment, ...more })).failure;
  const there = `https://localhost:${await startFakeServer()}`;
  for (const address of ['ftp://frames.test', 'https://', 'https://frames.test:99999', 'https://frames test'])
    expect(await failureAt(address)).toEqual(['address', 'invalid_address']);
  for (const address of [
    'https://ada:secret@frames.test',
    'https://frames.test/?page=1',
    'https://frames.test/#/teams',
  ])
    expect(await failureAt(address)).toEqual(['address', 'extra_address_part']);
  // A missing protocol is https, and http for this computer.
  expect(await failureAt('nowhere.invalid')).toEqual(['name', 'host_not_found']);
  expect(await failureAt(there.replace('https://', ''))).toEqual(['server', 'needs_tls']);
  expect(await failureAt(`${there}/docs`)).toEqual(['server', 'extra_address_part']);
  expect(await failureAt('http://frames.example.edu')).toEqual(['address', 'not_encrypted']);
  expect(await failureAt('https://frames.test', { HTTPS_PROXY: 'socks5://a.test:1' })).toEqual([
    'proxy',
    'proxy_invalid',
  ]);
  expect(await failureAt('https://nowhere.invalid')).toEqual(['name', 'host_not_found']);
  expect(await failureAt('https://localhost:9')).toEqual(['connection', 'connection_refused']);
  expect(await failureAt(there, { FRAMES_CA_FILE: at('missing.pem') })).toEqual([
    'encryption',
    'ca_file_unreadable',
  ]);
  const expired = makeCertificate({ issuer: ca, hosts: ['localhost'], until: new Date(Date.now() - 1000) });
  const early = makeCertificate({ issuer: ca, hosts: ['localhost'], from: new Date(Date.now() + 100_000) });
  for (const [certificate, reason] of [
    [expired, 'certificate_expired'],
    [early, 'certificate_not_yet_valid'],
    [makeCertificate({ issuer: ca, hosts: ['other.test'] }), 'wrong_host'],
    [makeCertificate({ hosts: ['localhost'] }), 'self_signed'],
  ] as const)
    expect(await failureAt(`https://localhost:${await startFakeServer({ certificate })}`)).toEqual([
      'encryption',
      reason,
    ]);
  expect(await failureAt(`https://localhost:${await startFakeServer({ status: 200 })}`)).toEqual([
    'server',
    'web_page',
  ]);
  expect(await failureAt(`https://localhost:${await startFakeServer({ status: 502 })}`)).toEqual([
    'server',
    'gateway',
  ]);
});

test('joining names a wrong address and creates no workspace', async () => {
  const there = `https://localhost:${await startFakeServer()}`;
  const credentials = ['--email', 'ada@example.edu', '--password-stdin', '--workspace', 'new'];
  for (const [address, reason] of [
    ['https://frames.test:99999', 'invalid_address'],
    [`${there}/docs/`, 'extra_address_part'],
    [`https://localhost:${await startFakeServer({ status: 200 })}`, 'web_page'],
  ] as const) {
    const { code, stderr } = await runHere(
      folder,
      ['sync', 'join', address, ...credentials, '--json'],
      { FRAMES_CONFIG: at('config'), FRAMES_CA_FILE: caFile() },
      () => Promise.resolve(Buffer.from('password\n')),
    );
    const { error } = JSON.parse(stderr) as {
      error: { code: string; details: { network?: { reason: string } } };
    };
    expect([code, error.code, error.details.network?.reason]).toEqual([1, 'SYNC', reason]);
  }
  expect(existsSync(at('new'))).toBe(false);
});

test('the doctor passes a proxy, names it, and says what it answers', async () => {
  const port = await startFakeServer({ date: new Date(Date.now() - 3_600_000).toUTCString() });
  const [proxy, closed] = [await startProxy(), await startProxy({ credentials: 'ada:secret' })];
  onTestFinished(() => proxy.stop());
  onTestFinished(() => closed.stop());
  const environment = { FRAMES_CA_FILE: caFile(), HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const passed = await doctor(`https://frames.test:${port}`, environment);
  expect(passed).toMatchObject({ ok: true, states: { proxy: 'ok', encryption: 'ok', clock: 'warning' } });
  expect(passed.finding('proxy')).toMatchObject({
    code: 'connection.proxyOfEnvironment',
    values: { proxy: `127.0.0.1:${proxy.port}` },
  });
  const asked = { ...environment, HTTPS_PROXY: `http://127.0.0.1:${closed.port}` };
  expect((await doctor(`https://frames.test:${port}`, asked)).failure).toEqual([
    'encryption',
    'proxy_sign_in',
  ]);
});

test('the doctor wants an address or a workspace', async () => {
  expect(await refused('sync', 'doctor')).toMatchObject({ code: 2, error: { code: 'USAGE' } });
});
