import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { SignedIn } from '#shared/contract/server/auth.ts';
import { Fault } from '#shared/contract/faults.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { connectRemote, isServerFault, isUnreachable } from './remote.ts';
import type { Remote } from './remote.ts';

/** Seconds before its end at which an access token is renewed. */
const margin = 30;

interface Access {
  token: string;
  /** By `elapsed`, in milliseconds. */
  until: number;
}

export interface SignInParts {
  secrets: Secrets;
  /** Under which the refresh token is kept. */
  key: string;
  url: string;
  requestId: () => string;
  /** Milliseconds that have passed. */
  elapsed: () => number;
}

/** What a session is called where its owner sees it. */
const deviceName = (): string => `FRAMES on ${hostname()}`;

/** Who is signed in at a server: renews access tokens and keeps the refresh token. */
export class SignIn {
  readonly remote: Remote;
  readonly #open: Remote;
  readonly #parts: SignInParts;
  #access: Access | null = null;
  #renewing: Promise<string> | null = null;

  constructor(parts: SignInParts) {
    const { url, requestId } = parts;
    this.#parts = parts;
    this.#open = connectRemote({ url, requestId });
    this.remote = connectRemote({ url, requestId, token: () => this.accessToken() });
  }

  /** Signs in; with `bootstrap` as the first admin, who is made by it. Throws what the server or the way to it does. */
  async begin(given: {
    email: string;
    password: string;
    bootstrap?: { token: string; name: string } | undefined;
  }): Promise<SignedIn> {
    const { email, password, bootstrap } = given;
    const device = deviceName();
    const signed = bootstrap
      ? await this.#open.auth.bootstrap({
          email,
          password,
          device,
          name: bootstrap.name,
          bootstrap_token: bootstrap.token,
        })
      : await this.#open.auth.token({ email, password, device });
    await this.#keep(signed);
    return signed;
  }

  /**
   * Signs in by the university's own sign-in: `show` gets the address that somebody opens in a browser, and it is waited until they have signed in
   * there. Throws what the server or the way to it does, and what the signal was raised with.
   */
  async beginWithOidc({
    show,
    signal,
  }: {
    show: (url: string) => void;
    signal: AbortSignal;
  }): Promise<SignedIn> {
    const { url, handle, interval } = await this.#open.auth.oidcStart({ device: deviceName() }, { signal });
    const page = URL.parse(url);
    // Nothing else is opened because a server says so.
    if (!page || !isSafeUrl(page))
      throw new Fault('SYNC', {
        reason: 'server_error',
      });
    show(url);
    for (;;) {
      await setTimeout(Math.max(1, interval) * 1000, undefined, { signal });
      const signed = await this.#isDone(handle, signal);
      if (!signed) continue;
      await this.#keep(signed);
      return signed;
    }
  }

  /** Null while nobody has signed in, or the server cannot be reached just now: the next question may be answered. */
  async #isDone(handle: string, signal: AbortSignal): Promise<SignedIn | null> {
    try {
      return (await this.#open.auth.oidcToken({ handle }, { signal })).signed_in;
    } catch (error) {
      if (signal.aborted || !isUnreachable(error)) throw error;
      return null;
    }
  }

  /** A token for the next call. Throws SYNC, reason signed_out. */
  accessToken(): Promise<string> {
    const { elapsed } = this.#parts;
    if (this.#access && this.#access.until > elapsed()) return Promise.resolve(this.#access.token);
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  /** Whether this program has a session to go on with. */
  async isKept(): Promise<boolean> {
    const { secrets, key } = this.#parts;
    return (await secrets.get(key)) !== null;
  }

  /** Forgets the access token: the server did not take it. */
  forget(): void {
    this.#access = null;
  }

  /** Ends the session, here in any case, and at the server where it can be reached. */
  async end(): Promise<void> {
    const { secrets, key } = this.#parts;
    const refresh_token = await secrets.get(key);
    this.#access = null;
    await secrets.set(key, null);
    if (refresh_token !== null) await this.#open.auth.logout({ refresh_token }).catch(() => undefined);
  }

  async #renew(): Promise<string> {
    const { secrets, key } = this.#parts;
    const refresh_token = await secrets.get(key);
    if (refresh_token === null) throw signedOut();
    try {
      return await this.#keep(await this.#open.auth.refresh({ refresh_token }));
    } catch (error) {
      const isOver = isServerFault(error, 'INVALID_CREDENTIALS') || isServerFault(error, 'SESSION_REVOKED');
      if (!isOver) throw error;
      await secrets.set(key, null);
      throw signedOut();
    }
  }

  /** The refresh token is kept before anything is done with the access token: what is lost on the way is asked for again. */
  async #keep({
    access_token,
    refresh_token,
    expires_in,
  }: Pick<SignedIn, 'access_token' | 'refresh_token' | 'expires_in'>): Promise<string> {
    const { secrets, key, elapsed } = this.#parts;
    await secrets.set(key, refresh_token);
    this.#access = { token: access_token, until: elapsed() + Math.max(1, expires_in - margin) * 1000 };
    return access_token;
  }
}

const signedOut = (): Fault<'SYNC'> =>
  new Fault('SYNC', {
    reason: 'signed_out',
  });
