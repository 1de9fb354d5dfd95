import type { FromData, ToData, Order } from '#shared/shell/process.ts';
import type { DataState, RestoreState } from '#shared/shell/events.ts';
import type { Target } from './arguments.ts';
import type { Register } from './grants.ts';
import type { MainLog } from './log.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import type { Refused } from '#shared/shell/refused.ts';
import { basename } from 'node:path';
import { createBackoff } from './backoff.ts';
import { watchOrders } from './order-watch.ts';
import { createPendingGrants } from './grants.ts';
import { answerSecret } from './secret-store.ts';
import type { SecretStore } from './secret-store.ts';

/** The subset of Electron's `UtilityProcess` used here; tests substitute it. */
export interface Child<Port> {
  readonly pid?: number | undefined;
  postMessage(message: ToData, ports?: Port[]): void;
  on(event: 'message', listener: (message: FromData) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

/** Milliseconds that a process has to close its workspace before it is killed. */
const CLOSE_TIMEOUT = 5000;

/** Asks the process to close its workspace and kills it after a timeout. Resolves on exit. */
export function whenClosed<Port>(running: Child<Port>, kill: (child: Child<Port>) => void): Promise<void> {
  return new Promise<void>((resolve) => {
    const force = setTimeout(() => kill(running), CLOSE_TIMEOUT);
    running.on('exit', () => (clearTimeout(force), resolve()));
    running.postMessage({ kind: 'close' });
  });
}

export interface DataWatchOptions<Port> {
  fork: () => Child<Port>;
  kill: (child: Child<Port>) => void;
  target: Target;
  log: MainLog;
  onState: (state: DataState) => void;
  onUsed: (grant: string) => void;
  onRestore: (state: RestoreState) => void;
  onBackedUp?: (() => void) | undefined;
  needsBackup?: ((workspace: string) => boolean) | undefined;
  secrets: SecretStore;
}

/** Starts the data process, and restarts it after a crash. */
export interface DataWatch<Port> {
  readonly state: DataState;
  /** Backup folder of the open workspace; null while none is open. */
  readonly backups: string | null;
  start: () => void;
  restart: () => void;
  /** Like `restart`, and also searches `folder` for backups until a workspace is open. */
  pointTo: (folder: string) => void;
  /** Closes the current workspace, carries out `order` if given, and opens `target` in a new process. */
  open: (target: Target, order?: Order) => Promise<void>;
  cancelOrder: () => void;
  /** False if no process is running. */
  send: (message: ToData, ports?: Port[]) => boolean;
  /** Rejects with NotHandedOver if the process exits first or has no workspace open. */
  register: Register;
  /** Writes a support copy of a workspace that could not be opened; the problem, or null. */
  supportCopy: (path: string) => Promise<Refused | null>;
  /** Closes the workspace and ends the process; kills it after a timeout. */
  stop: () => Promise<void>;
}

export const stoppedError = refusedBy(
  'stopped',
  'The part of FRAMES that holds the data has stopped. Try again.',
);

export function openMessage({ workspace, sample, sandbox, at }: Target): Extract<ToData, { kind: 'open' }> {
  // Only live is created and filled on opening, never a sandbox or a past state.
  const creation = {
    sample: sample && sandbox === undefined && at === undefined,
    name: sample ? 'Sample' : '',
  };
  const home =
    sandbox === undefined ? ({ kind: 'live' } as const) : ({ kind: 'sandbox', id: sandbox } as const);
  const openedTarget = at === undefined ? home : ({ kind: 'moment', at, sandbox: sandbox ?? null } as const);
  return { kind: 'open', workspace, target: openedTarget, ...creation };
}

const CRASHED = refusedBy(
  'crashed',
  'The part of FRAMES that holds the data stopped several times within a minute.',
);

export function watchData<Port>(options: DataWatchOptions<Port>): DataWatch<Port> {
  const { fork, kill, log, onState, onUsed, onRestore } = options;
  let { target } = options;
  const backoff = createBackoff({ limit: 5, window: 60_000 });
  const grants = createPendingGrants((message) => state.state !== 'failed' && send(message));
  /** Requests of support copies, answered in the order in which they were sent. */
  const copies: ((problem: Refused | null) => void)[] = [];
  const orders = watchOrders(onRestore, log);
  let child: Child<Port> | undefined;
  let state: DataState = { state: 'starting' };
  let stopping = false;
  let attempt = 0;
  let backups: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let pointed: string | undefined;
  /** True if the process only runs tasks on a workspace that could not be opened. */
  let isHelper = false;

  function enter(next: DataState): void {
    state = next.state === 'failed' ? { ...next, folder: basename(target.workspace) } : next;
    log.info(`data process ${next.state}`, { detail: next });
    if (next.state === 'failed') grants.refuseAll();
    onState(state);
  }

  function send(message: ToData, ports: Port[] = []): boolean {
    child?.postMessage(message, ports);
    return child !== undefined;
  }

  function start(): void {
    clearTimeout(timer);
    isHelper = state.state === 'failed';
    const started = fork();
    child = started;
    started.on('message', (message) => {
      if (child === started) hear(message);
    });
    started.on('exit', (code) => {
      if (child === started) ended(code);
    });
    const first = orders.begin();
    const startOptions = {
      ...(first && { order: first }),
      ...(isHelper && { look: false }),
      ...(pointed !== undefined && { pointed }),
      ...(options.needsBackup?.(target.workspace) === true && { backUp: true }),
    };
    send({ ...openMessage(target), ...startOptions });
  }

  function hear(message: FromData): void {
    if (message.kind === 'ready') {
      // Grants must work before windows are notified, because they retry file operations then.
      grants.renew();
      pointed = undefined;
      ({ backups } = message);
      // The file was repaired meanwhile. After `starting`, windows treat it as newly opened.
      if (isHelper) enter({ state: 'starting' });
      enter({ state: 'ready' });
    }
    if (message.kind === 'backedUp') options.onBackedUp?.();
    orders.hear(message);
    if (message.kind === 'supportCopied') copies.shift()?.(message.problem);
    if (message.kind === 'used') {
      grants.used(message.id);
      onUsed(message.id);
    }
    if (message.kind === 'readSecret' || message.kind === 'writeSecret') {
      const asking = child;
      void answerSecret(options.secrets, message).then((answer) => child === asking && send(answer));
    }
    if (message.kind === 'granted') grants.granted(message.id);
    if (message.kind === 'refused') grants.refused(message.id);
    // A helper process repeats a known failure, without the salvage preview.
    if (message.kind === 'failed' && !isHelper) {
      const { kind: _, ...why } = message;
      enter({ state: 'failed', ...why });
    }
  }

  function breakOffCopies(): void {
    for (const answer of copies.splice(0)) answer(stoppedError);
  }

  function ended(code: number): void {
    child = undefined;
    breakOffCopies();
    grants.refuseAll();
    log[stopping ? 'info' : 'error']('data process ended', { code });
    orders.breakOff();
    if (stopping) return;
    if (state.state === 'failed') {
      // The process exited during the salvage preview, so the preview is reported as unknown.
      const isKnown = state.salvage !== undefined || state.salvageRefused !== undefined;
      return isKnown ? undefined : enter({ ...state, salvageRefused: stoppedError });
    }
    const wait = backoff.ended(Date.now());
    if (wait === null) return enter({ state: 'failed', reason: 'crashed', refused: CRASHED, backups: [] });
    attempt += 1;
    enter({ state: 'restarting', attempt });
    timer = setTimeout(start, wait);
  }

  /** Detaches the running process, so that its messages are ignored. Resets the crash count. */
  function detach(): Child<Port> | undefined {
    backoff.reset();
    attempt = 0;
    backups = null;
    clearTimeout(timer);
    const old = child;
    child = undefined;
    breakOffCopies();
    orders.giveUp();
    // The detached process can no longer confirm its grants.
    grants.refuseAll();
    enter({ state: 'starting' });
    return old;
  }

  function restart(): void {
    // A restart interrupts a running order in the same way as a crash.
    orders.breakOff();
    const old = detach();
    if (old) kill(old);
    start();
  }

  return {
    get state() {
      return state;
    },
    get backups() {
      return backups;
    },
    start,
    restart,
    pointTo(folder) {
      pointed = folder;
      restart();
    },
    async open(next, first) {
      const old = detach();
      grants.forget();
      if (next.workspace !== target.workspace) pointed = undefined;
      target = next;
      orders.give(first);
      if (old?.pid !== undefined) await whenClosed(old, kill);
      // A later `open` may already have started its own process.
      if (!stopping && !child) start();
    },
    cancelOrder: () => void (orders.cancel() && send({ kind: 'cancelRestore' })),
    send,
    register: grants.register,
    supportCopy(path) {
      if (!child && !stopping && state.state === 'failed') start();
      const { promise, resolve } = Promise.withResolvers<Refused | null>();
      copies.push(resolve);
      if (!send({ kind: 'supportCopy', path })) breakOffCopies();
      return promise;
    },
    stop() {
      stopping = true;
      clearTimeout(timer);
      const running = child;
      if (running?.pid === undefined) return Promise.resolve();
      return whenClosed(running, kill);
    },
  };
}
