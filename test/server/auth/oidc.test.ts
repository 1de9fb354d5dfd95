import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import { universityIdOf } from '#server/auth/oidc/people.ts';
import { hostileTexts } from '../conformance/generate.ts';
import { oidcConfig, pressOn, providerOfFile } from '../support/oidc.ts';
import type { Answer } from '../support/oidc.ts';
import { addUser, bootstrap, serverOfFile, startServer } from '../support/server.ts';

const provider = await providerOfFile();
const config = await oidcConfig(provider.issuer);
const server = await serverOfFile(config);

interface Begun {
  url: string;
  handle: string;
  expires_in: number;
  interval: number;
}
const begin = async (): Promise<Begun> =>
  (await server.api.get<Begun>('auth/oidc/start?device=FRAMES%20on%20kiwi')).body;

/** What a browser gets that opens the page, signs in there as that person, and is sent back. */
async function browse(url: string, answer: Answer): Promise<{ status: number; page: string; back: string }> {
  provider.next = answer;
  const there = await fetch(url, { redirect: 'manual' });
  const back = there.headers.get('location') ?? '';
  const response = await fetch(back);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const asked = await response.text();
  if (response.status !== 200) return { status: response.status, page: asked, back };
  const confirmed = await pressOn(asked, back, 'yes');
  return { status: confirmed.status, page: await confirmed.text(), back };
}

const poll = (handle: string) =>
  server.api.post<{ signed_in: SignInResult | null; error: { code: string; details: { rule?: string } } }>(
    'auth/oidc/token',
    { handle },
  );

const person = (name: string = randomUUID()): JWTPayload => ({
  sub: name,
  email: `${name}@own.edu`,
  email_verified: true,
  name: 'Ada',
});

/** Begins, signs in at the provider and asks for what came of it. */
async function signInBy(answer: Answer) {
  const { url, handle } = await begin();
  const { status, page } = await browse(url, answer);
  const { body } = await poll(handle);
  return { status, page, signed: body.signed_in, rule: body.error?.details.rule };
}

test('before there is an admin no user is created', async () => {
  expect((await signInBy({ claims: person() })).rule).toBe('sign_in_unknown');
  const admin = server.api.as(await bootstrap(server));
  expect((await admin.get('auth/me')).status).toBe(200);
  // The settings name a university that nobody has made.
  expect((await signInBy({ claims: person() })).rule).toBe('sign_in_unknown');
  expect((await admin.post('universities', { id: 'univ_own', name: 'Own' })).status).toBe(201);
});

test('a new person signs in at their university and is created as a viewer, once', async () => {
  const claims = person();
  const { url, handle, expires_in } = await begin();
  expect(expires_in).toBe(300);
  expect((await poll(handle)).body).toEqual({ signed_in: null });
  const { status, page } = await browse(url, { claims });
  expect([status, page]).toEqual([200, expect.stringContaining('You are signed in, go back to FRAMES')]);
  const { signed_in: signed } = (await poll(handle)).body;
  expect(signed?.user).toMatchObject({
    name: 'Ada',
    email: claims['email'],
    role: 'viewer',
    university_id: 'univ_own',
    sees: 'university',
  });
  expect((await server.api.as(signed as SignInResult).get('auth/me')).status).toBe(200);
  // Once: the handle is used up then.
  expect((await poll(handle)).status).toBe(401);
  const again = await signInBy({ claims: { ...claims, email: 'new.name@own.edu', name: 'Ada B' } });
  expect(again.signed?.user).toEqual(signed?.user);
  const password = { email: claims['email'], password: '' };
  expect((await server.api.post('auth/token', password)).status).toBe(401);
});

test('claims of userinfo count too', async () => {
  const claims = person();
  expect((await signInBy({ claims, byUserInfo: true })).signed?.user.email).toBe(claims['email']);
});

test('a person is first found by email, and then by their identity there', async () => {
  const admin = server.api.as((await signInAsAdmin()).access_token);
  const { user } = await addUser(admin, { role: 'editor', email: 'known@elsewhere.org' });
  const claims = { ...person('known'), email: 'Known@Elsewhere.org' };
  expect((await signInBy({ claims })).signed?.user).toMatchObject({ id: user.id, role: 'editor' });
  const unverified = { sub: 'known', email: 'other@elsewhere.org', email_verified: false };
  expect((await signInBy({ claims: unverified })).signed?.user.id).toBe(user.id);
  // Whoever gets the address after them does not get the account.
  expect((await signInBy({ claims: { ...claims, sub: 'another' } })).rule).toBe('sign_in_other_person');
  await admin.patch(`users/${user.id}`, { active: false });
  expect((await signInBy({ claims })).rule).toBe('sign_in_inactive');
});

async function signInAsAdmin(): Promise<SignInResult> {
  const body = { email: 'admin@example.org', password: 'a long and good password' };
  return (await server.api.post<SignInResult>('auth/token', body)).body;
}

const now = Math.floor(Date.now() / 1000);
const refused: [what: string, answer: Answer, rule: string][] = [
  ['a wrong nonce', { claims: { nonce: 'another' } }, 'invalid'],
  ['no nonce', { claims: { nonce: undefined } }, 'invalid'],
  ['another audience', { claims: { aud: 'somebody' } }, 'invalid'],
  ['another issuer', { claims: { iss: 'https://example.org' } }, 'invalid'],
  ['an ID token that is over', { claims: { iat: now - 7200, exp: now - 3600 } }, 'invalid'],
  ['alg none', { signed: 'none' }, 'invalid'],
  ['a foreign signature', { signed: 'foreign' }, 'invalid'],
  ['an unverified email', { claims: { email_verified: false } }, 'unverified'],
  ['no word on the email', { claims: { email_verified: undefined } }, 'unverified'],
  ['no email', { claims: { email: 'nobody' } }, 'unverified'],
  ['a university that nobody named', { claims: { email: 'x@other.edu' } }, 'unknown'],
  ['one whose name only ends alike', { claims: { email: 'x@notown.edu' } }, 'unknown'],
];
test.each(refused)('%s signs nobody in', async (_what, answer, rule) => {
  const claims = { ...person(), ...answer.claims };
  const before = await server.database.all('SELECT id FROM users');
  const { status, page, ...result } = await signInBy({ ...answer, claims });
  expect(result).toEqual({ signed: undefined, rule: `sign_in_${rule}` });
  expect([status, page]).toEqual([403, expect.stringContaining('You are not signed in')]);
  expect(await server.database.all('SELECT id FROM users')).toEqual(before);
});

describe('the answer of a browser', () => {
  test('counts once', async () => {
    const { url, handle } = await begin();
    const { back } = await browse(url, { claims: person() });
    const again = await fetch(back);
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('over')]);
    expect((await poll(handle)).body.signed_in).not.toBeNull();
    expect((await fetch(back)).status).toBe(400);
  });

  test('signs nobody in until they confirmed that they started it', async () => {
    const { url, handle } = await begin();
    provider.next = { claims: person() };
    const response = await fetch(url);
    const page = await response.text();
    expect(page).toContain('FRAMES on kiwi');
    expect((await poll(handle)).body).toEqual({ signed_in: null });
    // Who began it knows the state, and that confirms nothing.
    const state = new URL(url).searchParams.get('state');
    const guessed = new URL(`confirm?confirmation=${state}&mine=yes`, response.url);
    expect((await fetch(guessed, { method: 'POST' })).status).toBe(400);
    expect((await pressOn(page, response.url, 'no')).status).toBe(200);
    expect((await pressOn(page, response.url, 'yes')).status).toBe(400);
    expect((await poll(handle)).body.error.details.rule).toBe('sign_in_denied');
  });

  test('of another sign-in is refused, and ends it', async () => {
    const [one, other] = [await begin(), await begin()];
    provider.next = { claims: person() };
    const back = async (url: string): Promise<URL> => {
      const { headers } = await fetch(url, { redirect: 'manual' });
      return new URL(headers.get('location') ?? '');
    };
    const [ofOne, ofOther] = [await back(one.url), await back(other.url)];
    // Somebody else's code under the own state: PKCE and nonce do not fit.
    ofOne.searchParams.set('code', ofOther.searchParams.get('code') ?? '');
    expect((await fetch(ofOne)).status).toBe(403);
    expect((await poll(one.handle)).body.error.details.rule).toBe('sign_in_invalid');
  });

  test('with an error is refused, and its text is not part of the page', async () => {
    const { url, handle } = await begin();
    const state = new URL(url).searchParams.get('state');
    const query = `error=access_denied&error_description=<script>x</script>&state=${state}`;
    const response = await fetch(`${server.api.url}/api/v1/auth/oidc/callback?${query}`);
    expect([response.status, await response.text()]).toEqual([403, expect.not.stringContaining('<script')]);
    expect((await poll(handle)).body.error.details.rule).toBe('sign_in_denied');
  });

  test('may be anything', async () => {
    for (const hostile of hostileTexts) {
      const value = encodeURIComponent(hostile.toWellFormed());
      for (const query of [`state=${value}`, `state=a&code=${value}`, value]) {
        const response = await fetch(`${server.api.url}/api/v1/auth/oidc/callback?${query}`);
        expect(response.status, query).toBe(400);
      }
    }
  });
});

test('a sign-in is over after five minutes, in whatever state', async () => {
  const before = server.clock.now;
  const [early, late] = [await begin(), await begin()];
  await browse(early.url, { claims: person() });
  server.clock.now += 301_000;
  expect((await browse(late.url, { claims: person() })).status).toBe(400);
  for (const { handle } of [early, late]) expect((await poll(handle)).status).toBe(401);
  server.clock.now = before;
});

test('continues at another server over the same database', async () => {
  const second = await startServer(
    { ...config, port: 0 },
    { database: server.database, clock: server.clock },
  );
  const { url, handle } = await begin();
  await browse(url, { claims: person() });
  const answer = await second.api.post<{ signed_in: SignInResult | null }>('auth/oidc/token', { handle });
  expect(answer.body.signed_in?.token_type).toBe('Bearer');
  await second.stop();
});

test('the state in the address is no handle, and both are stored as hashes', async () => {
  const { url, handle } = await begin();
  expect((await poll(new URL(url).searchParams.get('state') ?? '')).status).toBe(401);
  expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
  const kept = await server.database.all('SELECT 1 FROM oidc_sign_ins WHERE handle_hash = $1', [handle]);
  expect(kept).toEqual([]);
});

test('every sign-in and every refusal is noted', async () => {
  const events = await server.database.all<{ event: string }>('SELECT DISTINCT event FROM auth_events');
  const names = events.map(({ event }) => event);
  expect(names).toEqual(expect.arrayContaining(['oidc', 'oidc_refused']));
});

test('a missing and an unreachable provider are reported', async () => {
  const none = await startServer({}, { database: server.database });
  expect(await none.api.refusal('GET', 'auth/oidc/start')).toEqual([404, 'NO_OIDC']);
  await none.stop();
  const { oidc } = await oidcConfig('http://127.0.0.1:9');
  const away = await startServer({ oidc }, { database: server.database });
  expect(await away.api.refusal('GET', 'auth/oidc/start')).toEqual([503, 'UNAVAILABLE']);
  await away.stop();
});

test('the university is that of a claim, the domain, or the default', () => {
  const universities = { 'own.edu': 'univ_own', '*': 'univ_any' };
  const by = (universityClaim: string | null, claims: object) =>
    universityIdOf(
      { ...config.oidc, universityClaim, universities },
      { ...claims },
      'a@b@Own.edu'.toLowerCase(),
    );
  expect(by(null, {})).toBe('univ_own');
  expect(by('org', { org: ['x', 'OWN.edu'] })).toBe('univ_own');
  expect(by('org', { org: 7 })).toBe('univ_any');
  expect(universityIdOf({ ...config.oidc, universities: {} }, {}, 'a@constructor')).toBeNull();
});
