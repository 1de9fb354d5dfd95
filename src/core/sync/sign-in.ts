import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { SignedIn } from '#shared/contract/server/auth.ts';
import { Fault } from '#shared/contract/faults.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { connectRemote, isServerFault, isUnreachable } from './remote.ts';
import type { Remote } from './remote.ts';

/** Seconds before its expiry at which an access token is renewed. */
const margin = 30;

interface Access {
  token: string;
  until: number;
}

export interface SignInParts {
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

  /** Signs in; with `bootstrap` creates the first admin. Throws SYNC. */
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

  /** Signs in through the university: `show` receives the address to open. Throws SYNC, and the signal's reason. */
  async beginWithOidc({
    show,
    signal,
  }: {
    show: (url: string) => void;
    signal: AbortSignal;
  }): Promise<SignedIn> {
    const { url, handle, interval } = await this.#open.auth.oidcStart({ device: deviceName() }, { signal });
    const page = URL.parse(url);
    // The server must not make the program open anything else.
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

  /** Null before the first sign-in; a failed attempt is repeated at the next call. */
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

  async isKept(): Promise<boolean> {
    const { secrets, key } = this.#parts;
    return (await secrets.get(key)) !== null;
  }

  /** Forgets the access token after the server refused it. */
  forget(): void {
    this.#access = null;
  }

  /** Ends the session here, and on the server if it can be reached. */
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

  /** Stored before the access token is used, since a lost access token can be renewed. */
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
