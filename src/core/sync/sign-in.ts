import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import { Fault } from '#shared/contract/faults.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { HttpClient } from '#http/client.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { connectRemote, isServerFault, isUnreachable } from './remote.ts';
import type { Remote } from './remote.ts';

/** Seconds before the expiry of an access token at which it is renewed. */
const renewalMarginSeconds = 30;

interface AccessToken {
  token: string;
  expiresAt: number;
}

export interface SignInOptions {
  http: HttpClient;
  secrets: Secrets;
  key: string;
  url: string;
  requestId: () => string;
  /** Elapsed milliseconds. */
  elapsed: () => number;
}

/** The session's name in the user's list. */
const deviceName = (): string => `FRAMES on ${hostname()}`;

/** A user's sign-in at a server: renews access tokens and keeps the refresh token. */
export class SignIn {
  readonly remote: Remote;
  readonly #anonymousRemote: Remote;
  readonly #options: SignInOptions;
  #access: AccessToken | null = null;
  #renewal: Promise<string> | null = null;

  constructor(options: SignInOptions) {
    const { http, url, requestId } = options;
    this.#options = options;
    this.#anonymousRemote = connectRemote({ http, url, requestId });
    this.remote = connectRemote({ http, url, requestId, token: () => this.accessToken() });
  }

  /** Signs in; with `bootstrap` creates the first admin. With `userId`, throws SYNC (`other_person`) for another user. */
  async begin(input: {
    email: string;
    password: string;
    bootstrap?: { token: string; name: string } | undefined;
    userId?: string;
  }): Promise<SignInResult> {
    const { email, password, bootstrap, userId } = input;
    const device = deviceName();
    const session = bootstrap
      ? await this.#anonymousRemote.auth.bootstrap({
          email,
          password,
          device,
          name: bootstrap.name,
          bootstrap_token: bootstrap.token,
        })
      : await this.#anonymousRemote.auth.token({ email, password, device });
    return this.#acceptSession(session, userId);
  }

  /** Like `begin`, through the university: `show` receives the address to open. Throws the signal's reason when aborted. */
  async beginWithOidc({
    show,
    signal,
    userId,
  }: {
    show: (url: string) => void;
    signal: AbortSignal;
    userId?: string;
  }): Promise<SignInResult> {
    const { url, handle, interval } = await this.#anonymousRemote.auth.oidcStart(
      { device: deviceName() },
      { signal },
    );
    const page = URL.parse(url);
    // The server must not make the program open anything else.
    if (!page || !isSafeUrl(page))
      throw new Fault('SYNC', {
        reason: 'server_error',
      });
    show(url);
    for (;;) {
      await setTimeout(Math.max(1, interval) * 1000, undefined, { signal });
      const session = await this.#pollOidc(handle, signal);
      if (session) return this.#acceptSession(session, userId);
    }
  }

  /** Stores the tokens of a new session. Ends a session of another user at once, and keeps the tokens of the user's own. */
  async #acceptSession(session: SignInResult, userId: string | undefined): Promise<SignInResult> {
    if (userId !== undefined && session.user.id !== userId) {
      const { refresh_token } = session;
      await this.#anonymousRemote.auth.logout({ refresh_token }).catch(() => undefined);
      throw new Fault('SYNC', { reason: 'other_person' });
    }
    await this.#storeTokens(session);
    return session;
  }

  /** Polls once. Null while the user has not signed in, and if the server was not reached. */
  async #pollOidc(handle: string, signal: AbortSignal): Promise<SignInResult | null> {
    try {
      return (await this.#anonymousRemote.auth.oidcToken({ handle }, { signal })).signed_in;
    } catch (error) {
      if (signal.aborted || !isUnreachable(error)) throw error;
      return null;
    }
  }

  /** A valid access token, renewed if needed. Throws SYNC (`signed_out`) if there is no valid refresh token. */
  accessToken(): Promise<string> {
    const { elapsed } = this.#options;
    if (this.#access && this.#access.expiresAt > elapsed()) return Promise.resolve(this.#access.token);
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async hasRefreshToken(): Promise<boolean> {
    const { secrets, key } = this.#options;
    return (await secrets.get(key)) !== null;
  }

  /** Forgets the access token after the server refused it. */
  forgetAccess(): void {
    this.#access = null;
  }

  /** Ends the session here, and on the server if it can be reached. */
  async end(): Promise<void> {
    const { secrets, key } = this.#options;
    const refresh_token = await secrets.get(key);
    this.#access = null;
    await secrets.set(key, null);
    if (refresh_token !== null)
      await this.#anonymousRemote.auth.logout({ refresh_token }).catch(() => undefined);
  }

  async #renew(): Promise<string> {
    const { secrets, key } = this.#options;
    const refresh_token = await secrets.get(key);
    if (refresh_token === null) throw signedOutFault();
    try {
      return await this.#storeTokens(await this.#anonymousRemote.auth.refresh({ refresh_token }));
    } catch (error) {
      const isOver = isServerFault(error, 'INVALID_CREDENTIALS') || isServerFault(error, 'SESSION_REVOKED');
      if (!isOver) throw error;
      await secrets.set(key, null);
      throw signedOutFault();
    }
  }

  /** Stores the refresh token before the access token is used, because a lost access token can be renewed. */
  async #storeTokens({
    access_token,
    refresh_token,
    expires_in,
  }: Pick<SignInResult, 'access_token' | 'refresh_token' | 'expires_in'>): Promise<string> {
    const { secrets, key, elapsed } = this.#options;
    await secrets.set(key, refresh_token);
    this.#access = {
      token: access_token,
      expiresAt: elapsed() + Math.max(1, expires_in - renewalMarginSeconds) * 1000,
    };
    return access_token;
  }
}

const signedOutFault = (): Fault<'SYNC'> =>
  new Fault('SYNC', {
    reason: 'signed_out',
  });
