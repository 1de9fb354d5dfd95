import type { PresentUser } from '#shared/sync/realtime.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { HintPace } from './hint-pace.ts';
import { isServerFault, syncFault } from './remote.ts';
import { Realtime } from './realtime.ts';
import type { Remote } from './remote.ts';
import { pullChanges, syncOnce } from './round.ts';
import { SignIn } from './sign-in.ts';
import { changeState, joinedState, readState } from './state.ts';
import type { SyncFailure } from './state.ts';
import { ownProblems, problemOf, stateByProblem, statusOf } from './status.ts';
import type { RunState } from './status.ts';
import { downloadMaps } from './download-maps.ts';
import { uploadFiles } from './upload-files.ts';

/** Milliseconds to the next sync: idle, after a local change, after failures. */
const pauses = {
  idle: 15_000,
  change: 300,
  firstFailure: 1000,
  maxFailure: 5 * 60_000,
};
/** Number of failures in a row after which the pause is always the maximum. */
const failuresToMax = 8;

/** The sync of one open workspace: one at a time, and in the background once started. */
export class SyncService {
  readonly #services: Services;
  readonly #watchers = new Set<() => void>();
  #runState: RunState = { state: 'idle', problem: null };
  #signIn: { url: string; signIn: SignIn } | null = null;
  #currentRound: Promise<unknown> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #currentTick: Promise<void> = Promise.resolve();
  #isStarted = false;
  #failures = 0;
  #backgroundAbort = new AbortController();
  #realtime: { url: string; channel: Realtime } | null = null;
  #people: readonly PresentUser[] = [];
  #openedRecord: PresentUser['record'] = null;
  readonly #hintPace = new HintPace();
  #lastFullSyncAt = -Infinity;
  #isForHint = false;

  constructor(services: Services) {
    this.#services = services;
  }

  status(): SyncStatus {
    const { read, secrets } = this.#services;
    const status = { ...statusOf(read, this.#runState), people: this.#otherPeople() };
    const lacksKeyring = status.server !== null && status.problem === null && !secrets.isPersistent;
    return lacksKeyring ? { ...status, problem: 'no_keyring' } : status;
  }

  async *watch(signal: AbortSignal | undefined): AsyncGenerator<SyncStatus, void, void> {
    const changes = this.#services.feed.follow(undefined, signal);
    const notify = (): void => this.#notify();
    void (async () => {
      for await (const _ of changes) notify();
    })().catch(() => undefined);
    await this.detectSignedOut();
    let last = '';
    const isAborted = (): boolean => signal?.aborted === true;
    while (!isAborted()) {
      const status = this.status();
      const text = JSON.stringify(status);
      const next = this.#nextChange(signal);
      if (text !== last) yield status;
      last = text;
      await next;
    }
  }

  #nextChange(signal: AbortSignal | undefined): Promise<void> {
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

  #otherPeople(): SyncStatus['people'] {
    const ownId = readState(this.#services.read)?.user.id;
    return this.#people.flatMap(({ user, name, record }) =>
      user === ownId || record === null ? [] : [{ name, record }],
    );
  }

  announceRecord(record: PresentUser['record']): void {
    this.#openedRecord = record;
    this.#realtime?.channel.announceRecord(record);
  }

  /** The sign-in at a server, by default the joined one. */
  signIn(url: string = joinedState(this.#services.read).url): SignIn {
    if (this.#signIn?.url === url) return this.#signIn.signIn;
    const { http, source, secrets, read } = this.#services;
    const id = read.get<{ value: string }>(`SELECT value FROM workspace WHERE key = 'id'`)?.value ?? '';
    const signIn = new SignIn({
      http,
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
  syncNow(onProgress: OnProgress, signal: AbortSignal): Promise<SyncStatus> {
    return this.#sync(syncOnce, onProgress, signal);
  }

  async #sync(runRound: typeof syncOnce, report: OnProgress, signal: AbortSignal): Promise<SyncStatus> {
    await this.withServer(async (remote) => {
      const round = { services: this.#services, remote, onProgress: report, signal };
      await runRound(round);
      // Last, because large files take long.
      if (runRound !== syncOnce) return;
      await uploadFiles(round);
      await downloadMaps(round);
    });
    return this.status();
  }

  /** Runs work with the server, after the running sync; an error becomes the status. Throws SYNC, CANCELLED. */
  async withServer<T>(work: (remote: Remote) => Promise<T>): Promise<T> {
    while (this.#currentRound) await this.#currentRound;
    const round = this.#runRound(work);
    const end = (): void => {
      this.#currentRound = null;
      this.#notify();
    };
    // Ends with the field cleared: the loop above would spin on a settled promise, and nothing else would run.
    this.#currentRound = round.then(end, end);
    return round;
  }

  async #runRound<T>(work: (remote: Remote) => Promise<T>): Promise<T> {
    this.#setRunState({ state: 'syncing', problem: null });
    try {
      const result = await this.#attempt(work);
      this.#failures = 0;
      await this.#saveFailure(null);
      this.#setRunState({ state: 'idle', problem: null });
      return result;
    } catch (error) {
      const fault = syncFault(error);
      this.#failures += 1;
      const problem = problemOf(fault);
      const reason = problem.problem;
      this.#setRunState({ state: stateByProblem[reason ?? ''] ?? 'idle', ...problem });
      if (reason !== null && !ownProblems.includes(reason))
        await this.#saveFailure({ ...problem, problem: reason });
      throw fault;
    }
  }

  /** Calls the server outside of syncing: waits for no sync, and errors do not change the status. Throws SYNC. */
  async callServer<T>(work: (remote: Remote) => Promise<T>): Promise<T> {
    try {
      return await this.#attempt(work);
    } catch (error) {
      throw syncFault(error);
    }
  }

  /** Runs work; if the access token is refused, runs the work once more with a new token. */
  async #attempt<T>(work: (remote: Remote) => Promise<T>): Promise<T> {
    const signIn = this.signIn();
    try {
      return await work(signIn.remote);
    } catch (error) {
      if (!isServerFault(error, 'UNAUTHORIZED')) throw error;
      signIn.forgetAccess();
      return work(signIn.remote);
    }
  }

  /** Stores why a sync failed, for other processes; null if it succeeded. Writes only a change. */
  async #saveFailure(failure: Omit<SyncFailure, 'at'> | null): Promise<void> {
    const { read, queue, source } = this.#services;
    const state = readState(read);
    const diverged = failure?.problem === 'other_history' || state?.diverged === true;
    const isKnown = (state?.failure?.problem ?? null) === (failure?.problem ?? null);
    if (!state || (isKnown && state.diverged === diverged)) return;
    const at = new Date(source.clock.now()).toISOString();
    await queue
      .series(
        'sync',
        async ({ db }) => void changeState(db, { failure: failure && { ...failure, at }, diverged }),
      )
      .catch(() => undefined);
  }

  #setRunState(runState: RunState): void {
    this.#runState = runState;
    // Closes the channel, so that a new sign-in opens one at once instead of waiting for a retry.
    if (runState.state === 'signed_out') this.#setChannel(null);
    this.#notify();
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#backgroundAbort = new AbortController();
    void this.#followLog(this.#backgroundAbort.signal).catch(() => undefined);
    this.#schedule(pauses.change);
  }

  async #followLog(signal: AbortSignal): Promise<void> {
    for await (const change of this.#services.feed.follow(undefined, signal))
      if (!change.label.startsWith('sync.') && this.#failures === 0 && !this.#currentRound)
        this.#schedule(pauses.change);
  }

  /** Sets the state to signed out if this process has no refresh token; another process can still be signed in. */
  async detectSignedOut(): Promise<void> {
    const state = readState(this.#services.read);
    if (!state || this.#runState.state !== 'idle') return;
    if (!(await this.signIn(state.url).hasRefreshToken())) this.setSignedOut();
  }

  setSignedOut(): void {
    this.#setRunState({ state: 'signed_out', problem: null });
  }

  clearProblem(): void {
    this.#failures = 0;
    this.#setRunState({ state: 'idle', problem: null });
  }

  /** Schedules a sync at once, after the user ends a pause or signs in again. */
  wake(): void {
    this.#failures = 0;
    this.#schedule(0);
  }

  #schedule(milliseconds: number): void {
    if (!this.#isStarted) return;
    clearTimeout(this.#timer);
    this.#isForHint = false;
    this.#timer = setTimeout(() => {
      this.#currentTick = this.#tick();
    }, milliseconds);
  }

  #setChannel(url: string | null): void {
    if (this.#realtime?.url === url) return;
    this.#realtime?.channel.close();
    this.#realtime = null;
    if (url === null) return;
    const channel = new Realtime({
      http: this.#services.http,
      url,
      token: () => this.signIn(url).accessToken(),
      onHint: (seq) => {
        const state = readState(this.#services.read);
        if (!state || (seq !== null && seq <= state.cursor.seq)) return;
        this.#failures = 0;
        this.#schedule(this.#hintPace.pauseAt(this.#services.source.clock.elapsed()));
        // `seq` is null after a reconnection, when changes can have been missed.
        this.#isForHint = seq !== null;
      },
      onPresence: (people) => {
        this.#people = people;
        this.#notify();
      },
    });
    channel.announceRecord(this.#openedRecord);
    this.#realtime = { url, channel };
  }

  async #tick(): Promise<void> {
    const time = this.#services.source.clock.elapsed();
    this.#hintPace.noteSync(time);
    // A full sync, which compares digests, runs at least every `pauses.idle`, even while hints keep arriving.
    const isForHint = this.#isForHint && time - this.#lastFullSyncAt < pauses.idle;
    if (!isForHint) this.#lastFullSyncAt = time;
    const sync = isForHint ? pullChanges : syncOnce;
    const state = readState(this.#services.read);
    const isOff = !state || state.paused || this.#runState.state === 'signed_out' || state.diverged;
    this.#setChannel(isOff ? null : state.url);
    if (!isOff)
      await this.#sync(sync, () => {}, this.#backgroundAbort.signal).catch((error: unknown) =>
        this.#logFailure(error),
      );
    const isPending = !isOff && this.status().pending > 0;
    const pause = isPending ? pauses.change : pauses.idle;
    this.#schedule(this.#failures > 0 ? this.#backOff() : pause);
  }

  /** Logs a failure, except for an unreachable server. */
  #logFailure(error: unknown): void {
    const { log } = this.#services;
    const { problem, network } = problemOf(error);
    if (problem === 'internal')
      log.error({ error: String(error), stack: (error as Error).stack }, 'sync failed');
    else if (problem !== 'unreachable' || network)
      log.info({ error: String(error), ...network }, 'sync has to wait');
  }

  /** Doubles after each failure, randomized so that clients do not all return at once. */
  #backOff(): number {
    if (this.#failures > failuresToMax) return pauses.maxFailure;
    const maxPause = Math.min(pauses.maxFailure, pauses.firstFailure * 2 ** this.#failures);
    return maxPause / 2 + Math.random() * (maxPause / 2);
  }

  async stop(): Promise<void> {
    this.#isStarted = false;
    clearTimeout(this.#timer);
    this.#backgroundAbort.abort();
    this.#setChannel(null);
    // Running work still uses the open file.
    await Promise.all([this.#currentRound, this.#currentTick]);
    this.#notify();
  }
}
