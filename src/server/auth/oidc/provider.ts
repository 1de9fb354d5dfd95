import * as client from 'openid-client';
import type { Configuration, IDToken } from 'openid-client';
import { currentVersion } from '../../versions.ts';
import type { OidcConfig } from './config.ts';
import { SignInProblem } from './problem.ts';

/** What a sign-in that is under way has to be answered with. */
export interface Expected {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636). */
  verifier: string;
}

/** Seconds for each request to the provider, and by which its clock may be off. */
const [timeout, tolerance] = [15, 30];

/** The provider of a university's sign-in, found at the first use. */
export class OidcProvider {
  readonly config: OidcConfig;
  #found: Promise<Configuration> | null = null;

  constructor(config: OidcConfig) {
    this.config = config;
  }

  /** Where the provider sends browsers back to; it has to know this address. */
  get redirectUri(): string {
    return `${this.config.publicUrl}${currentVersion.prefix}/auth/oidc/callback`;
  }

  /** The page at which somebody signs in, and what its answer must fit. Throws what the way to the provider does. */
  async begin(): Promise<Expected & { url: string }> {
    const found = await this.#discovered();
    const [state, nonce, verifier] = [
      client.randomState(),
      client.randomNonce(),
      client.randomPKCECodeVerifier(),
    ];
    const url = client.buildAuthorizationUrl(found, {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, state, nonce, verifier };
  }

  /**
   * What the provider says of who signed in, by the query it sent the browser back with: the ID token's signature, issuer, audience, times and nonce
   * are right. Throws SignInProblem.
   */
  async claimsOf(query: string, { state, nonce, verifier }: Expected): Promise<IDToken> {
    const url = new URL(this.redirectUri);
    url.search = query;
    try {
      const found = await this.#discovered();
      const tokens = await client.authorizationCodeGrant(found, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new SignInProblem('invalid');
      if (claims['email'] !== undefined || found.serverMetadata().userinfo_endpoint === undefined)
        return claims;
      return { ...(await client.fetchUserInfo(found, tokens.access_token, claims.sub)), ...claims };
    } catch (error) {
      if (error instanceof SignInProblem) throw error;
      const isDenied = error instanceof client.AuthorizationResponseError;
      throw new SignInProblem(isDenied ? 'denied' : 'invalid', { cause: error });
    }
  }

  #discovered(): Promise<Configuration> {
    this.#found ??= this.#discover().catch((error: unknown) => {
      // Looked for again the next time.
      this.#found = null;
      throw error;
    });
    return this.#found;
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.config;
    const execute = [client.enableNonRepudiationChecks];
    // Only an issuer of this computer may have such an address.
    if (issuer.startsWith('http:')) execute.push(client.allowInsecureRequests);
    return client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: tolerance },
      clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret),
      { execute, timeout },
    );
  }
}
