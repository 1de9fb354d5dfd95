import { createHmac, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { addUser, bootstrap, secret, serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const admin = server.api.as(await bootstrap(server));
const { signedIn, user } = await addUser(admin, { role: 'viewer' });
const token = signedIn.access_token;
const [header = '', payload = '', signature = ''] = token.split('.');
const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
const key = new Uint8Array(hkdfSync('sha256', secret, 'frames', 'access', 32));
const issued = Math.floor(server.clock.now / 1000);

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const typ = 'at+jwt';

function signed(over: Record<string, unknown>, alg = 'HS256', by: Uint8Array = key): Promise<string> {
  return new SignJWT({ ...claims, ...over }).setProtectedHeader({ alg, typ }).sign(by);
}

/** Those of the tokens that are taken. */
async function takenOf(tokens: readonly (string | Promise<string>)[]): Promise<string[]> {
  const taken: string[] = [];
  for (const given of tokens) {
    const one = await given;
    const [status, code] = await server.api.as(one).refusal('GET', 'auth/me');
    if (status !== 401 || code !== 'UNAUTHORIZED') taken.push(one);
  }
  return taken;
}

test('a token signed by the tests is valid, so that the following tests mean something', async () => {
  expect((await server.api.as(await signed({})).get('auth/me')).status).toBe(200);
});

test('only the server’s own algorithm is accepted', async () => {
  const unsecured = ['none', 'None', 'NONE', 'nOnE'].flatMap((alg) => [
    `${encoded({ alg, typ })}.${payload}.`,
    `${encoded({ alg, typ })}.${payload}.${signature}`,
  ]);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const head = encoded({ alg: 'HS256', typ });
  // As HS256 under a public key, which everybody has.
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const byPublicKey = createHmac('sha256', pem).update(`${head}.${payload}`).digest('base64url');
  const tokens = [
    new UnsecuredJWT(claims).encode(),
    ...unsecured,
    signed({}, 'HS384'),
    signed({}, 'HS512'),
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ }).sign(privateKey),
    `${head}.${payload}.${byPublicKey}`,
  ];
  expect(await takenOf(tokens)).toEqual([]);
});

test('another key, an altered token and another kind of token are refused', async () => {
  const refreshKey = new Uint8Array(hkdfSync('sha256', secret, 'frames', 'refresh', 32));
  const tokens = [
    signed({}, 'HS256', new TextEncoder().encode(secret)),
    signed({}, 'HS256', refreshKey),
    `${header}.${encoded({ ...claims, sub: 'prof_other' })}.${signature}`,
    `${header}.${payload}.${signature.slice(0, -2)}`,
    `${header}.${payload}`,
    signedIn.refresh_token,
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key),
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key),
  ];
  expect(await takenOf(tokens)).toEqual([]);
});

test('claims are held to: issuer, audience, times, session and whose it is', async () => {
  const tokens = [
    { iss: 'somebody' },
    { aud: 'somebody' },
    { exp: issued - 1 },
    { exp: undefined },
    { nbf: issued + 60 },
    { sid: 'no-such-session' },
    { sub: (await admin.get<{ id: string }>('auth/me')).body.id },
    { sub: undefined },
    { sid: 7 },
  ].map((claim) => signed(claim));
  expect(await takenOf(tokens)).toEqual([]);
});

test('only the scheme Bearer is taken', async () => {
  for (const authorization of [
    `Basic ${token}`,
    token,
    `Bearer  ${token}`,
    `Bearer ${token} x`,
    'Bearer',
    '',
  ])
    expect(
      (await server.api.call('GET', 'auth/me', { headers: { authorization } })).status,
      authorization,
    ).toBe(401);
  const headers = { authorization: `bearer ${token}` };
  expect((await server.api.call('GET', 'auth/me', { headers })).status).toBe(200);
});

test('a deactivated user is signed out at once', async () => {
  const { user: other, api } = await addUser(admin, { role: 'editor' });
  expect((await api.get('auth/me')).status).toBe(200);
  await admin.patch(`users/${other.id}`, { active: false });
  expect(await takenOf([api.token ?? ''])).toEqual([]);
  expect((await server.api.as(token).get<{ id: string }>('auth/me')).body.id).toBe(user.id);
});
