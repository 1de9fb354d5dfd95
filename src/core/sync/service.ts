import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { Present } from '#shared/sync/realtime.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import type { Services } from '../model/services.ts';
import { isServerFault, syncFault } from './remote.ts';
import { Realtime } from './realtime.ts';
import type { Remote } from './remote.ts';
import { fetchNews, syncOnce } from './round.ts';
import { SignIn } from './sign-in.ts';
import { changeState, joinedState, readState } from './state.ts';
import { uploadFiles } from './upload-files.ts';
import { statusOf } from './status.ts';
import type { Running } from './status.ts';

/** Milliseconds between syncs: idle, after a local change, after news (limited), after failures (growing, randomized). */
const pauses = { idle: 15_000, change: 300, soon: 100, news: 1000, first: 1000, longest: 5 * 60_000 };
/** Syncs for news that may follow each other at once; one more for each `news` that passes. */
const mostSoon = 5;
/** After this many failures in a row only `longest` applies. */
const breaker = 8;

/** The error in the status: a reason of SYNC, or `internal`; null after a deliberate end. */
function problemOf(error: unknown): string | null {
  if (isFault(error)) return error.code === 'SYNC' ? reasonOf(error) : null;
  return error instanceof Error && error.name === 'AbortError' ? null : 'internal';
}

/** The sync of one open workspace: one at a time, and in the background once started. */
export class SyncService {
  readonly #services: Services;
  readonly #watchers = new Set<() => void>();
  #running: Running = { state: 'idle', problem: null };
  #signIn: { url: string; signIn: SignIn } | null = null;
  #round: Promise<unknown> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #background = false;
  #failures = 0;
  #following = new AbortController();
  #realtime: { url: string; line: Realtime } | null = null;
  #people: readonly Present[] = [];
  #opened: Present['record'] = null;
  #begun = -Infinity;
  /** Syncs for news that may still follow at once. */
  #soon = mostSoon;
  #whole = -Infinity;
  #isForNews = false;

  constructor(services: Services) {
    this.#services = services;
  }

  status(): SyncStatus {
    const { read, secrets } = this.#services;
    const status = { ...statusOf(read, this.#running), people: this.#others() };
    const isForgotten = status.server !== null && status.problem === null && !secrets.available;
    return isForgotten ? { ...status, problem: 'no_keyring' } : status;
  }

  async *watch(signal: AbortSignal | undefined): AsyncGenerator<SyncStatus, void, void> {
    const changes = this.#services.feed.follow(undefined, signal);
    const wake = (): void => this.#notify();
    void (async () => {
      for await (const _ of changes) wake();
    })().catch(() => undefined);
    await this.lookForSignIn();
    let last = '';
    const isOver = (): boolean => signal?.aborted === true;
    while (!isOver()) {
      const status = this.status();
      const text = JSON.stringify(status);
      const next = this.#next(signal);
      if (text !== last) yield status;
      last = text;
      await next;
    }
  }

  #next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#watchers.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.#watchers.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  #notify(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #others(): SyncStatus['people'] {
    const me = readState(this.#services.read)?.user.id;
    return this.#people.flatMap(({ user, name, record }) =>
      user === me || record === null ? [] : [{ name, record }],
    );
  }

  openRecord(record: Present['record']): void {
    this.#opened = record;
    this.#realtime?.line.open(record);
  }

  /** Who is signed in at a server, the joined one by default. */
  signIn(url: string = joinedState(this.#services.read).url): SignIn {
    if (this.#signIn?.url === url) return this.#signIn.signIn;
    const { source, secrets, read } = this.#services;
    const id = read.get<{ value: string }>(`SELECT value FROM workspace WHERE key = 'id'`)?.value ?? '';
    const signIn = new SignIn({
      secrets,
      key: `sync/${id}/${url}`,
      url,
      requestId: () => source.ids.uuid(),
      elapsed: () => source.clock.elapsed(),
    });
    this.#signIn = { url, signIn };
    return signIn;
  }

  /** Syncs after the running sync. Throws SYNC, CANCELLED. */
  now(onProgress: OnProgress, signal: AbortSignal): Promise<SyncStatus> {
    return this.#sync(syncOnce, onProgress, signal);
  }

  async #sync(round: typeof syncOnce, report: OnProgress, signal: AbortSignal): Promise<SyncStatus> {
    await this.with(async (remote) => {
      const parts = { services: this.#services, remote, onProgress: report, signal };
      await round(parts);
      // Last, because large files take long.
      if (round === syncOnce) await uploadFiles(parts);
    });
    return this.status();
  }

  /** Runs work with the server exclusively; its error becomes the status. Throws SYNC, CANCELLED. */
  async with<T>(work: (remote: Remote) => Promise<T>): Promise<T> {
    while (this.#round) await this.#round;
    this.#set({ state: 'syncing', problem: null });
    const round = this.#attempt(work);
    this.#round = round.catch(() => undefined);
    try {
      const result = await round;
      this.#failures = 0;
      this.#set({ state: 'idle', problem: null });
      return result;
    } catch (error) {
      const fault = syncFault(error);
      this.#failures += 1;
      const reason = problemOf(fault);
      const state = reason === 'unreachable' ? 'offline' : reason === 'signed_out' ? reason : 'idle';
      this.#set({ state, problem: reason });
      await this.#keepReason(reason);
      throw fault;
    } finally {
      this.#round = null;
      this.#notify();
    }
  }

  /** Calls the server outside of syncing: waits for no sync, and errors do not change the status. Throws SYNC. */
  async ask<T>(work: (remote: Remote) => Promise<T>): Promise<T> {
    try {
      return await this.#attempt(work);
    } catch (error) {
      throw syncFault(error);
    }
  }

  /** A refused access token is renewed once. */
  async #attempt<T>(work: (remote: Remote) => Promise<T>): Promise<T> {
    const signIn = this.signIn();
    try {
      return await work(signIn.remote);
    } catch (error) {
      if (!isServerFault(error, 'UNAUTHORIZED')) throw error;
      signIn.forget();
      return work(signIn.remote);
    }
  }

  async #keepReason(reason: string | null): Promise<void> {
    const lasting = reason === 'other_history' ? { diverged: true } : null;
    if (!lasting || !readState(this.#services.read)) return;
    await this.#services.queue
      .series('sync', async ({ db }) => void changeState(db, lasting))
      .catch(() => undefined);
  }

  #set(running: Running): void {
    this.#running = running;
    // A new sign-in gets a channel at once, without waiting for a retry.
    if (running.state === 'signed_out') this.#listen(null);
    this.#notify();
  }

  start(): void {
    if (this.#background) return;
    this.#background = true;
    this.#following = new AbortController();
    void this.#follow(this.#following.signal).catch(() => undefined);
    this.#later(pauses.change);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for await (const change of this.#services.feed.follow(undefined, signal))
      if (!change.label.startsWith('sync.') && this.#failures === 0 && !this.#round)
        this.#later(pauses.change);
  }

  /** Checks whether this process is signed in; another one with the workspace open may be. */
  async lookForSignIn(): Promise<void> {
    const state = readState(this.#services.read);
    if (!state || this.#running.state !== 'idle') return;
    if (!(await this.signIn(state.url).isKept())) this.signedOut();
  }

  signedOut(): void {
    this.#set({ state: 'signed_out', problem: null });
  }

  clear(): void {
    this.#failures = 0;
    this.#set({ state: 'idle', problem: null });
  }

  /** Syncs soon: the connection is back, or the server has news. */
  wake(): void {
    this.#failures = 0;
    this.#later(0);
  }

  #later(milliseconds: number): void {
    if (!this.#background) return;
    clearTimeout(this.#timer);
    this.#isForNews = false;
    this.#timer = setTimeout(() => {
      this.#ticking = this.#tick();
    }, milliseconds);
  }

  #listen(url: string | null): void {
    if (this.#realtime?.url === url) return;
    this.#realtime?.line.close();
    this.#realtime = null;
    if (url === null) return;
    const line = new Realtime({
      url,
      token: () => this.signIn(url).accessToken(),
      onNews: (seq) => {
        const state = readState(this.#services.read);
        if (!state || (seq !== null && seq <= state.cursor.seq)) return;
        this.#failures = 0;
        const passed = this.#services.source.clock.elapsed() - this.#begun;
        const pause = this.#soon + passed / pauses.news >= 1 ? pauses.soon : pauses.news;
        this.#later(Math.max(0, pause - passed));
        // After a reconnection anything may have been missed.
        this.#isForNews = seq !== null;
      },
      onPresence: (people) => {
        this.#people = people;
        this.#notify();
      },
    });
    line.open(this.#opened);
    this.#realtime = { url, line };
  }

  async #tick(): Promise<void> {
    const time = this.#services.source.clock.elapsed();
    this.#soon = Math.max(0, Math.min(mostSoon, this.#soon + (time - this.#begun) / pauses.news) - 1);
    this.#begun = time;
    // A whole sync compares regularly, however much news there is.
    const isForNews = this.#isForNews && time - this.#whole < pauses.idle;
    if (!isForNews) this.#whole = time;
    const round = isForNews ? fetchNews : syncOnce;
    const state = readState(this.#services.read);
    const isIdle = !state || state.paused || this.#running.state === 'signed_out' || state.diverged;
    this.#listen(isIdle ? null : state.url);
    if (!isIdle)
      await this.#sync(round, () => {}, this.#following.signal).catch((error: unknown) => this.#note(error));
    const { pending } = this.status();
    this.#later(this.#failures > 0 ? this.#backOff() : pending > 0 && !isIdle ? pauses.change : pauses.idle);
  }

  /** An unreachable server is not logged. */
  #note(error: unknown): void {
    const { log } = this.#services;
    const problem = problemOf(error);
    if (problem === 'internal')
      log.error({ error: String(error), stack: (error as Error).stack }, 'sync failed');
    else if (problem !== 'unreachable') log.info({ error: String(error) }, 'sync has to wait');
  }

  /** Doubles after each failure, randomized so that clients do not all return at once. */
  #backOff(): number {
    if (this.#failures > breaker) return pauses.longest;
    const longest = Math.min(pauses.longest, pauses.first * 2 ** this.#failures);
    return longest / 2 + Math.random() * (longest / 2);
  }

  async stop(): Promise<void> {
    this.#background = false;
    clearTimeout(this.#timer);
    this.#following.abort();
    this.#listen(null);
    // The status is still read from the open file.
    await Promise.all([this.#round, this.#ticking]);
    this.#notify();
  }
}
