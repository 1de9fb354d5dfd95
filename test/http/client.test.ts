import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '#http/client.ts';
import type { HttpClientOptions } from '#http/client.ts';
import { networkFailureOf } from '#http/failure.ts';
import { chosenCaFile } from '#http/trust.ts';
import { makeCa, makeCertificate } from '#test/support/certificates.ts';
import type { TestCertificate } from '#test/support/certificates.ts';
import { testFolder } from '#test/support/folder.ts';
import { listen, startProxy, startTlsFront } from '#test/support/tls-front.ts';
import type { Front } from '#test/support/tls-front.ts';

const { ca, server: good } = makeCa();
const day = 86_400_000;

function stopLater<F extends Front>(front: F): F {
  onTestFinished(() => front.stop());
  return front;
}

function fileWith(text: string): string {
  const file = join(testFolder(), 'ca.pem');
  writeFileSync(file, text);
  return file;
}

/** A client that trusts the CA of the tests unless it is told otherwise, with settings of its own. */
const clientWith = (
  environment: Record<string, string> = { FRAMES_CA_FILE: fileWith(ca.cert) },
  options: Partial<HttpClientOptions> = {},
) => createHttpClient({ environment: { FRAMES_CONFIG: testFolder(), ...environment }, ...options });

/** The reason why a request fails, with what the failure names. */
async function failureAt(url: string, client = clientWith()): Promise<unknown> {
  try {
    await (await client.fetch(url)).text();
    return 'no failure';
  } catch (error) {
    const { reason, what } = networkFailureOf(error)?.problem ?? {};
    return reason === undefined ? error : [reason, what];
  }
}

const startHello = async (certificate: TestCertificate = good): Promise<string> => {
  const { port } = stopLater(await startTlsFront(certificate, (_, response) => void response.end('hello')));
  return `https://localhost:${port}/`;
};

test.each([
  ['a CA that nobody chose', 'unknown_issuer', null, makeCa('Another CA').server],
  ['a self-signed certificate', 'self_signed', null, makeCertificate({ hosts: ['localhost'] })],
  [
    'an expired certificate',
    'certificate_expired',
    null,
    makeCertificate({ issuer: ca, hosts: ['localhost'], until: new Date(Date.now() - day / 2) }),
  ],
  [
    'a certificate of the future',
    'certificate_not_yet_valid',
    null,
    makeCertificate({ issuer: ca, hosts: ['localhost'], from: new Date(Date.now() + day) }),
  ],
  [
    'a certificate for another host',
    'wrong_host',
    'other.test, www.other.test',
    makeCertificate({ issuer: ca, hosts: ['other.test', 'www.other.test'] }),
  ],
])('%s is refused as %s', async (_, reason, what, certificate) => {
  expect(await failureAt(await startHello(certificate))).toEqual([reason, what]);
});

test('each fault below HTTP has a reason of its own', async () => {
  const plain = stopLater(await listen(createHttpServer((_, response) => void response.end('plain'))));
  const cut = stopLater(await listen(createServer((socket) => void socket.destroy())));
  const alert = stopLater(
    await listen(
      createServer((socket) => socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40])))),
    ),
  );
  const closed = await listen(createServer());
  await closed.stop();
  const at = ({ port }: Front): string => `https://localhost:${port}/`;
  expect(await failureAt(at(plain))).toEqual(['no_tls', null]);
  expect(await failureAt(at(cut))).toEqual(['connection_reset', null]);
  expect(await failureAt(at(alert))).toEqual(['tls_refused', expect.stringContaining('SSL')]);
  expect(await failureAt(at(closed))).toEqual(['connection_refused', null]);
  expect(await failureAt('https://nowhere.invalid/')).toEqual(['host_not_found', null]);
});

test('a server that never answers ends in a timeout, before and after the handshake', async () => {
  const mute = stopLater(await listen(createServer()));
  const client = clientWith({ FRAMES_CA_FILE: fileWith(ca.cert) }, { connectTimeoutMs: 1 });
  expect(await failureAt(`https://localhost:${mute.port}/`, client)).toEqual(['timed_out', null]);
  const slow = stopLater(await startTlsFront(good, () => undefined));
  const failure = await clientWith()
    .fetch(`https://localhost:${slow.port}/`, { timeoutMs: 1 })
    .catch((error: unknown) => networkFailureOf(error)?.problem.reason);
  expect(failure).toBe('timed_out');
});

test('an abort of the caller stays the reason of the caller', async () => {
  const { port } = stopLater(await startTlsFront(good, () => undefined));
  const reason = new Error('enough');
  await expect(
    clientWith().fetch(`https://localhost:${port}/`, { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
});

test.each(['FRAMES_CA_FILE', 'NODE_EXTRA_CA_CERTS'])('the CA in the file of %s is trusted', async (name) => {
  const url = await startHello();
  expect(await failureAt(url, clientWith({}))).toEqual(['unknown_issuer', null]);
  const client = clientWith({ [name]: fileWith(`a comment\n${ca.cert}`) });
  expect(await (await client.fetch(url)).text()).toBe('hello');
});

test('a CA chosen later is trusted by the same client, and one that is removed is not', async () => {
  const url = await startHello();
  const environment = { FRAMES_CONFIG: testFolder() };
  const client = createHttpClient({ environment });
  expect(await failureAt(url, client)).toEqual(['unknown_issuer', null]);
  writeFileSync(chosenCaFile(environment), ca.cert);
  expect(await failureAt(url, client)).toBe('no failure');
});

test('a CA file that cannot be used is named', async () => {
  const url = await startHello();
  const missing = join(testFolder(), 'missing.pem');
  const empty = fileWith('no certificate');
  const folder = testFolder();
  expect(await failureAt(url, clientWith({ FRAMES_CA_FILE: missing }))).toEqual([
    'ca_file_unreadable',
    missing,
  ]);
  expect(await failureAt(url, clientWith({ FRAMES_CA_FILE: folder }))).toEqual([
    'ca_file_unreadable',
    folder,
  ]);
  expect(await failureAt(url, clientWith({ NODE_EXTRA_CA_CERTS: empty }))).toEqual(['ca_file_empty', empty]);
});

test('requests go through the proxy of the environment, and others directly', async () => {
  const url = await startHello();
  const proxy = stopLater(await startProxy({ credentials: 'ada:secret' }));
  const { port } = new URL(url);
  const environment = {
    FRAMES_CA_FILE: fileWith(ca.cert),
    HTTPS_PROXY: `http://ada:secret@127.0.0.1:${proxy.port}`,
  };
  const there = `https://frames.test:${port}/`;
  expect(await (await clientWith(environment).fetch(there)).text()).toBe('hello');
  expect(proxy.asked).toEqual([`CONNECT frames.test:${port}`]);
  // This computer is never asked for through a proxy; an excepted name is no name here.
  expect(await failureAt(url, clientWith(environment))).toBe('no failure');
  expect(await failureAt(there, clientWith({ ...environment, NO_PROXY: '.test' }))).toEqual([
    'host_not_found',
    null,
  ]);
  expect(proxy.asked).toHaveLength(1);
});

test('the proxy of the system is used unless the environment names one', async () => {
  const url = await startHello();
  const there = `https://frames.test:${new URL(url).port}/`;
  const [system, named] = [stopLater(await startProxy()), stopLater(await startProxy())];
  const resolveProxy = (): Promise<string> => Promise.resolve(`PROXY 127.0.0.1:${system.port}; DIRECT`);
  const environment = { FRAMES_CA_FILE: fileWith(ca.cert) };
  expect(await failureAt(there, clientWith(environment, { resolveProxy }))).toBe('no failure');
  const both = { ...environment, https_proxy: `127.0.0.1:${named.port}` };
  expect(await failureAt(there, clientWith(both, { resolveProxy }))).toBe('no failure');
  expect([system.asked.length, named.asked.length]).toEqual([1, 1]);
  const socks = (): Promise<string> => Promise.resolve('SOCKS5 proxy.test:1080');
  expect(await failureAt(there, clientWith(environment, { resolveProxy: socks }))).toEqual([
    'proxy_invalid',
    'socks5://proxy.test:1080',
  ]);
});

test('each fault of a proxy has a reason of its own', async () => {
  const closed = await listen(createServer());
  await closed.stop();
  const through = (proxy: Front | string): Promise<unknown> =>
    failureAt(
      'https://frames.test/',
      clientWith({ HTTPS_PROXY: typeof proxy === 'string' ? proxy : `http://127.0.0.1:${proxy.port}` }),
    );
  expect(await through(stopLater(await startProxy({ credentials: 'a:b' })))).toEqual(['proxy_sign_in', null]);
  expect(await through(stopLater(await startProxy({ refuse: 403 })))).toEqual(['proxy_refused', '403']);
  expect(await through(closed)).toEqual(['proxy_unreachable', null]);
  expect(await through('http://proxy.invalid:8080')).toEqual(['proxy_unreachable', null]);
  expect(await through('socks5://ada:secret@proxy.test:1080')).toEqual([
    'proxy_invalid',
    'socks5://proxy.test:1080',
  ]);
  for (const typed of [
    'ada:s3cret@proxy.test:99999',
    'http://ada:s3/cr@et@proxy.test',
    'ftp://ada:s3cret@proxy.test',
  ])
    expect(JSON.stringify(await through(typed))).not.toMatch(/ada|s3|cret|et@/);
  const plain = stopLater(await startProxy({ credentials: 'a:b' }));
  const client = clientWith({ HTTP_PROXY: `http://127.0.0.1:${plain.port}` });
  expect(await failureAt('http://models.test:1234/v1', client)).toEqual(['proxy_sign_in', null]);
});

test('bodies arrive whole in both directions, compressed or not', async () => {
  const text = 'wörd '.repeat(50_000);
  const { port } = stopLater(
    await startTlsFront(good, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const isCompressed = request.headers['accept-encoding'] === 'gzip' && request.url === '/gzip';
        const body = Buffer.concat(chunks);
        response.writeHead(200, isCompressed ? { 'content-encoding': 'gzip' } : {});
        response.end(isCompressed ? gzipSync(body) : body);
      });
    }),
  );
  for (const path of ['plain', 'gzip']) {
    const url = `https://localhost:${port}/${path}`;
    const response = await clientWith().fetch(new Request(url, { method: 'POST', body: text }));
    expect(await response.text(), path).toBe(text);
  }
});

test('redirects are followed only where that is asked for, and never to an address without encryption', async () => {
  const { port } = stopLater(
    await startTlsFront(good, (request, response) => {
      const location = { '/first': '/last', '/open': 'http://frames.test/last', '/round': '/round' }[
        request.url ?? ''
      ];
      response.writeHead(location === undefined ? 200 : 302, location === undefined ? {} : { location });
      response.end(request.url);
    }),
  );
  const read = async (path: string, followsRedirects: boolean): Promise<unknown> => {
    const response = await clientWith().fetch(`https://localhost:${port}${path}`, { followsRedirects });
    return [response.status, await response.text()];
  };
  expect(await read('/first', false)).toEqual([302, '/first']);
  expect(await read('/first', true)).toEqual([200, '/last']);
  expect(await read('/open', true)).toEqual([302, '/open']);
  expect(await read('/round', true)).toEqual([302, '/round']);
});

test('an answer that is cut off is a failure, compressed or not', async () => {
  const { port } = stopLater(
    await startTlsFront(good, (request, response) => {
      const encoding = request.url === '/gzip' ? { 'content-encoding': 'gzip' } : {};
      response.writeHead(200, { 'content-length': 10_000, ...encoding });
      response.write(gzipSync('x'.repeat(1000)).subarray(0, 20), () => response.destroy());
    }),
  );
  for (const path of ['plain', 'gzip'])
    expect(await failureAt(`https://localhost:${port}/${path}`), path).toEqual(['connection_reset', null]);
});
