import * as client from 'openid-client';
import type { Configuration, CustomFetchOptions, IDToken } from 'openid-client';
import type { HttpClient, HttpInit } from '#http/client.ts';
import { currentVersion } from '../../versions.ts';
import type { OidcConfig } from './config.ts';
import { SignInProblem } from './problem.ts';

/** Values that the provider's answer must match. */
export interface ExpectedAnswer {
  state: string;
  nonce: string;
  /** PKCE code verifier (RFC 7636). */
  verifier: string;
}

/** Seconds: timeout of a request to the provider, and tolerated clock difference. */
const [requestTimeoutSeconds, clockToleranceSeconds] = [15, 30];

/** The OpenID Connect provider. Discovered at its first use. */
export class OidcProvider {
  readonly config: OidcConfig;
  readonly #http: Pick<HttpClient, 'fetch'>;
  #configuration: Promise<Configuration> | null = null;

  constructor(config: OidcConfig, http: Pick<HttpClient, 'fetch'>) {
    this.config = config;
    this.#http = http;
  }

  /** Must be registered at the provider. */
  get redirectUri(): string {
    return `${this.config.publicUrl}${currentVersion.prefix}/auth/oidc/callback`;
  }

  /** Returns the sign-in page and the values that the answer must match. Throws connection errors. */
  async begin(): Promise<ExpectedAnswer & { url: string }> {
    const configuration = await this.#getConfiguration();
    const [state, nonce, verifier] = [
      client.randomState(),
      client.randomNonce(),
      client.randomPKCECodeVerifier(),
    ];
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, state, nonce, verifier };
  }

  /** Exchanges the code of the redirect for an ID token, and checks signature, issuer, audience, times and nonce. Throws SignInProblem. */
  async fetchClaims(query: string, { state, nonce, verifier }: ExpectedAnswer): Promise<IDToken> {
    const url = new URL(this.redirectUri);
    url.search = query;
    try {
      const configuration = await this.#getConfiguration();
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new SignInProblem('invalid');
      if (claims['email'] !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined)
        return claims;
      return { ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
    } catch (error) {
      if (error instanceof SignInProblem) throw error;
      const isDenied = error instanceof client.AuthorizationResponseError;
      throw new SignInProblem(isDenied ? 'denied' : 'invalid', { cause: error });
    }
  }

  #getConfiguration(): Promise<Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      // The next call tries again.
      this.#configuration = null;
      throw error;
    });
    return this.#configuration;
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.config;
    const execute = [client.enableNonRepudiationChecks];
    // The settings allow plain HTTP only for a loopback issuer.
    if (issuer.startsWith('http:')) execute.push(client.allowInsecureRequests);
    return client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: clockToleranceSeconds },
      clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret),
      {
        execute,
        timeout: requestTimeoutSeconds,
        [client.customFetch]: (url, options) => this.#http.fetch(url, initOf(options)),
      },
    );
  }
}

/** The requests of openid-client have a form or no body. */
function initOf({ method, headers, body, signal }: CustomFetchOptions): HttpInit {
  if (body != null && typeof body !== 'string' && !(body instanceof URLSearchParams))
    throw new TypeError('openid-client sends a body of another kind');
  return { method, headers, signal, body: body ?? null };
}
