import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { memorySecrets } from '#core/kernel/secrets.ts';
import { createHttpClient } from '#http/client.ts';
import { connectRemote, isUnreachable, syncFault } from '#core/sync/remote.ts';
import { SignIn } from '#core/sync/sign-in.ts';

const http = createHttpClient({ environment: {} });
const requestId = (): string => 'request-of-a-test';

/** Something on this computer that answers by `listener`; how to reach it, and the paths that it was asked for. */
async function startListening(listener: RequestListener, host = '127.0.0.1') {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    request.resume();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://${host}:${port}`, asked };
}

/** What becomes of a sign-in there: the reason, or what is no reason of sync. */
async function signInAt(url: string): Promise<unknown> {
  const remote = connectRemote({ http, url, requestId });
  try {
    return await remote.auth.token({ email: 'ada@example.org', password: 'a long and good password' });
  } catch (error) {
    const fault = syncFault(error);
    return isFault(fault) ? reasonOf(fault) : fault;
  }
}

test('nothing is sent unencrypted but to this computer', async () => {
  // It reaches this computer too, and nobody says so by its name.
  const { url, asked } = await startListening((_, response) => void response.writeHead(404).end(), '0.0.0.0');
  expect(await signInAt(url)).toBe('not_encrypted');
  expect(asked).toEqual([]);
  expect(await signInAt(url.replace('0.0.0.0', 'localhost'))).toBe('no_server');
  expect(asked).toEqual(['/api/v1/auth/token']);
});

test.each([502, 503, 504])(
  'a proxy that answers %i for a server is one that cannot be reached',
  async (status) => {
    const { url } = await startListening((_, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Try later</h1>');
    });
    expect(await signInAt(url)).toBe('unreachable');
  },
);

test('a truncated answer counts as missing', async () => {
  const { url } = await startListening((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"access_token":');
    setImmediate(() => response.destroy());
  });
  expect(await signInAt(url)).toBe('unreachable');
});

test('something else at the address is named by what it answered', async () => {
  const networkAt = async (status: number, headers: Record<string, string>): Promise<unknown> => {
    const { url } = await startListening((_, response) => response.writeHead(status, headers).end('away'));
    const remote = connectRemote({ http, url, requestId });
    const fault = await remote.auth.me().then(() => null, syncFault);
    const { network } = (fault as Fault<'SYNC'>).data;
    return [network?.reason, network?.what, network?.host === new URL(url).host];
  };
  const page = { 'content-type': 'text/html; charset=utf-8' };
  expect(await networkAt(200, page)).toEqual(['web_page', null, true]);
  expect(await networkAt(403, page)).toEqual(['web_page', null, true]);
  expect(await networkAt(502, {})).toEqual(['gateway', '502', true]);
  expect(await networkAt(503, page)).toEqual(['gateway', '503', true]);
  const location = 'https://sign-in.example.net/';
  expect(await networkAt(302, { location })).toEqual(['redirected', location, true]);
});

test('other servers are not accepted', async () => {
  for (const status of [200, 404]) {
    const { url } = await startListening((_, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    });
    expect(await signInAt(url), String(status)).toBe('no_server');
  }
});

test('a FRAMES server of another version is named as older or newer, never as none', async () => {
  const reasonAt = async (status: number, code: string): Promise<unknown> => {
    const error = { code, message: 'Another version.', details: {}, timestamp: '', request_id: 'request' };
    const { url } = await startListening((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    });
    return signInAt(url);
  };
  expect(await reasonAt(426, 'CLIENT_OUTDATED')).toBe('older_client');
  expect(await reasonAt(426, 'A_CODE_OF_LATER')).toBe('older_client');
  expect(await reasonAt(426, 'UPGRADE_REQUIRED')).toBe('older_server');
  // A route that the server does not have yet.
  expect(await reasonAt(404, 'NOT_FOUND')).toBe('older_server');
  expect(await reasonAt(403, 'A_CODE_OF_LATER')).toBe('forbidden');
  expect(await reasonAt(503, 'A_CODE_OF_LATER')).toBe('unreachable');
  expect(await reasonAt(409, 'A_CODE_OF_LATER')).toBe('server_error');
});

test('an error of the program is not one of the network', () => {
  const fault = new TypeError('x.map is not a function');
  expect(isUnreachable(fault)).toBe(false);
  expect(syncFault(fault)).toBe(fault);
});

test('a university sign-in continues while a proxy reports that the server is away', async () => {
  const user = { id: 'profile_a', name: 'Ada' };
  const signedIn = { access_token: 'a', refresh_token: 'r', token_type: 'Bearer', expires_in: 900, user };
  const answers: [number, string, object | null][] = [
    [
      200,
      'application/json',
      { url: 'https://login.example.edu/', handle: 'h', expires_in: 60, interval: 1 },
    ],
    [502, 'text/html', null],
    [200, 'application/json', { signed_in: signedIn }],
  ];
  const { url } = await startListening((_, response) => {
    const [status, type, body] = answers.shift() ?? [500, 'text/html', null];
    response.writeHead(status, { 'content-type': type }).end(body ? JSON.stringify(body) : 'Try later');
  });
  const signIn = new SignIn({ http, secrets: memorySecrets(), key: 'k', url, requestId, elapsed: () => 0 });
  const shown: string[] = [];
  const { signal } = new AbortController();
  const found = await signIn.beginWithOidc({ show: (page) => void shown.push(page), signal });
  expect([found.user, shown]).toEqual([user, ['https://login.example.edu/']]);
});
