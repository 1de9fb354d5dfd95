import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { afterAll } from 'vitest';
import type { OidcConfig } from '#server/auth/oidc/config.ts';
import type { ServerConfig } from '#server/config.ts';
import { findFreePort } from '#server/db/trial-postgres.ts';

/** Who signs in at the provider next, and what is wrong with what it says of them. */
export interface Answer {
  claims?: JWTPayload;
  /** The ID token is signed by somebody else, or by nobody. */
  signed?: 'well' | 'foreign' | 'none';
  /** Email and name are said by userinfo alone. */
  byUserInfo?: boolean;
}

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

interface Grant extends Answer {
  challenge: string;
  nonce: string;
  redirect: string;
}

export const [clientId, clientSecret] = ['frames', 'only for tests'];

/** A provider of sign-ins on loopback, as a university has one: it asks nobody for a password. */
export class TestProvider {
  readonly issuer: string;
  next: Answer = {};
  readonly #grants = new Map<string, Grant>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #port: number;
  #keys: { own: Key; foreign: Key; jwk: object } | undefined;

  /** `issuer` is its address where something is in front of it. */
  constructor(port: number, issuer = `http://127.0.0.1:${port}`) {
    this.#port = port;
    this.issuer = issuer;
  }

  async start(): Promise<void> {
    const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    this.#keys = { own: own.privateKey, foreign: foreign.privateKey, jwk };
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.issuer);
    const send = (body: object, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return send({
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          userinfo_endpoint: `${this.issuer}/userinfo`,
          jwks_uri: `${this.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256', 'none'],
        });
      case '/keys':
        return send({ keys: [this.#keys?.jwk] });
      case '/authorize':
        response.writeHead(302, { location: this.#authorize(searchParams) });
        return void response.end();
      case '/token':
        return send(...(await this.#token(request)));
      default:
        return send({ sub: 'somebody', ...this.next.claims });
    }
  }

  /** Where the browser is sent back to. */
  #authorize(query: URLSearchParams): string {
    const of = (name: string): string => query.get(name) ?? '';
    const code = randomUUID();
    this.#grants.set(code, {
      ...this.next,
      challenge: of('code_challenge'),
      nonce: of('nonce'),
      redirect: of('redirect_uri'),
    });
    const back = new URL(of('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', of('state'));
    return back.href;
  }

  async #token(request: IncomingMessage): Promise<[body: object, status?: number]> {
    const form = new URLSearchParams(await text(request));
    const grant = this.#grants.get(form.get('code') ?? '');
    this.#grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const basic = `Basic ${btoa(`${clientId}:${encodeURIComponent(clientSecret).replaceAll('%20', '+')}`)}`;
    if (request.headers.authorization !== basic) return [{ error: 'invalid_client' }, 401];
    if (!grant || grant.challenge !== challenge || grant.redirect !== form.get('redirect_uri'))
      return [{ error: 'invalid_grant' }, 400];
    const id_token = await this.#idToken(grant);
    return [{ access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token }];
  }

  async #idToken({ nonce, claims, signed = 'well', byUserInfo }: Grant): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.issuer, aud: clientId, iat: now, exp: now + 60, nonce, sub: 'somebody' };
    const all: JWTPayload = { ...usual, ...claims };
    if (byUserInfo) for (const name of ['email', 'email_verified', 'name']) delete all[name];
    if (signed === 'none') return new UnsecuredJWT(all).encode();
    const key = signed === 'well' ? this.#keys?.own : this.#keys?.foreign;
    if (!key) throw new Error('the provider was not started');
    return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
  }
}

/** A provider for the tests of the file. */
export async function providerOfFile(): Promise<TestProvider> {
  const provider = new TestProvider(await findFreePort());
  await provider.start();
  afterAll(() => provider.stop());
  return provider;
}

/** How a server is run whose people sign in at the provider. */
export async function oidcConfig(
  issuer: string,
  over: Partial<OidcConfig> = {},
): Promise<{ port: number; oidc: OidcConfig }> {
  const port = await findFreePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const universities = { 'own.edu': 'univ_own' };
  const usual = { issuer, clientId, clientSecret, publicUrl, universityClaim: null, universities };
  return { port, oidc: { ...usual, newRole: 'viewer', ...over } };
}

/** As `oidcConfig`, with a provider of the file's own. */
export async function oidcOfFile(): Promise<Partial<ServerConfig>> {
  return oidcConfig((await providerOfFile()).issuer);
}

/** Presses a button of the page that a browser came back to, as whoever signed in there would. Gives the page after it. */
export async function pressOn(page: string, from: string, button: 'yes' | 'no'): Promise<Response> {
  const actions = [...page.matchAll(/action="([^"]+)"/g)].map(([, action = '']) =>
    action.replaceAll('&amp;', '&'),
  );
  const action = actions.find((one) => one.endsWith(`mine=${button}`)) ?? '';
  return fetch(new URL(action, from), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
}

/** Opens the page of a sign-in, signs in there and says that it was oneself. */
export async function signInAtPage(url: string): Promise<void> {
  const back = await fetch(url);
  await pressOn(await back.text(), back.url, 'yes');
}
