import type { FromData, ToData, Order } from '#shared/shell/process.ts';
import type { DataState, RestoreState } from '#shared/shell/events.ts';
import type { Target } from './arguments.ts';
import type { Register } from './grants.ts';
import type { MainLog } from './log.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import { basename } from 'node:path';
import { createBackoff } from './backoff.ts';
import { watchOrders } from './order-watch.ts';
import { createPendingGrants } from './grants.ts';
import { answerSecret } from './secret-store.ts';
import type { SecretStore } from './secret-store.ts';

/** What is needed of a process that was started: Electron's own, in the program. */
export interface Child<Port> {
  readonly pid?: number | undefined;
  postMessage(message: ToData, ports?: Port[]): void;
  on(event: 'message', listener: (message: FromData) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

/** Milliseconds that a closing workspace has before the process is ended by force. */
const CLOSING = 5000;

/** Lets a process close its workspace; ends it by force when that takes too long. Resolves when it has ended. */
export function closed<Port>(running: Child<Port>, kill: (child: Child<Port>) => void): Promise<void> {
  return new Promise<void>((resolve) => {
    const force = setTimeout(() => kill(running), CLOSING);
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
  /** Hears of a backup that nobody asked for. */
  onBackedUp?: (() => void) | undefined;
  /** Whether the workspace in a folder is backed up before it is opened. */
  needsBackup?: ((workspace: string) => boolean) | undefined;
  /** Keeps what the process has to keep secret. */
  secrets: SecretStore;
}

/** Starts the data process, again when it ends by itself, and knows how it is doing. */
export interface DataWatch<Port> {
  readonly state: DataState;
  /** The folder in which backups of the workspace lie; null while none is open. */
  readonly backups: string | null;
  start: () => void;
  restart: () => void;
  /** As `restart`; until a workspace is open, backups are looked for in that folder too. */
  pointTo: (folder: string) => void;
  /** Lets the workspace that is open be closed, and opens another, or after an order the same, in a new process. */
  open: (target: Target, order?: Order) => Promise<void>;
  /** Gives up what was ordered, also before its process has begun. */
  cancelOrder: () => void;
  /** Tells it something. False when there is no process. */
  send: (message: ToData, ports?: Port[]) => boolean;
  /** Rejects with NotHandedOver when the process ends before it knows the grant, or has no workspace open. */
  register: Register;
  /** Has it do something for a workspace that could not be opened. */
  errand: (message: Extract<ToData, { kind: 'supportCopy' | 'look' }>) => Promise<ErrandAnswer>;
  /** Lets it finish and close the workspace; ends it by force when that takes too long. */
  stop: () => Promise<void>;
}

/** What came of an errand: why it failed, or null; and the sandbox that was made, or null. */
export type ErrandAnswer = Omit<Extract<FromData, { kind: 'errand' }>, 'kind'>;

export interface Errands {
  /** Has the data process do something while the workspace cannot be opened, after what it was asked before. */
  ask(message: ToData): Promise<ErrandAnswer>;
  /** What came of the first of those that it has not answered yet. */
  hear(answer: ErrandAnswer): void;
  breakOff(): void;
}

/** Why nothing came of what a process was asked that has ended. */
export const stopped = refusedBy('stopped', 'The part of FRAMES that holds the data has stopped. Try again.');

const brokenOff: ErrandAnswer = {
  problem: stopped,
  sandbox: null,
};

/** Asks the data process for what it can do with a workspace that is not open. It does one after the other, and answers in that order. */
export function createErrands(send: (message: ToData) => boolean): Errands {
  const waiting: ((answer: ErrandAnswer) => void)[] = [];
  return {
    hear: (answer) => waiting.shift()?.(answer),
    breakOff() {
      for (const answer of waiting.splice(0)) answer(brokenOff);
    },
    ask(message) {
      const { promise, resolve } = Promise.withResolvers<ErrandAnswer>();
      waiting.push(resolve);
      if (!send(message)) this.breakOff();
      return promise;
    },
  };
}

/** What the data process is told to open. */
export function openMessage({ workspace, sample, sandbox, at }: Target): Extract<ToData, { kind: 'open' }> {
  // A sandbox is never made by opening it, nor filled; nor is what is looked at as it was.
  const made = {
    sample: sample && sandbox === undefined && at === undefined,
    name: sample ? 'Sample' : '',
  };
  const home =
    sandbox === undefined ? ({ kind: 'live' } as const) : ({ kind: 'sandbox', id: sandbox } as const);
  const of = at === undefined ? home : ({ kind: 'moment', at, sandbox: sandbox ?? null } as const);
  return { kind: 'open', workspace, target: of, ...made };
}

const GIVEN_UP = refusedBy(
  'crashed',
  'The part of FRAMES that holds the data stopped several times within a minute.',
);

export function watchData<Port>(options: DataWatchOptions<Port>): DataWatch<Port> {
  const { fork, kill, log, onState, onUsed, onRestore } = options;
  let { target } = options;
  const backoff = createBackoff({ limit: 5, window: 60_000 });
  const grants = createPendingGrants((message) => state.state !== 'failed' && send(message));
  const errands = createErrands((message) => send(message));
  const orders = watchOrders(onRestore, log);
  let child: Child<Port> | undefined;
  let state: DataState = { state: 'starting' };
  let stopping = false;
  let attempt = 0;
  let backups: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let pointed: string | undefined;
  /** Whether the process is there only for what is asked for a workspace that could not be opened. */
  let isHelping = false;

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
    isHelping = state.state === 'failed';
    const started = fork();
    child = started;
    started.on('message', (message) => {
      if (child === started) hear(message);
    });
    started.on('exit', (code) => {
      if (child === started) ended(code);
    });
    const first = orders.begin();
    const how = {
      ...(first && { order: first }),
      ...(isHelping && { look: false }),
      ...(pointed !== undefined && { pointed }),
      ...(options.needsBackup?.(target.workspace) === true && { backUp: true }),
    };
    send({ ...openMessage(target), ...how });
  }

  function hear(message: FromData): void {
    if (message.kind === 'ready') {
      // Before any window hears of it: what it was about to do with a file works again.
      grants.renew();
      pointed = undefined;
      ({ backups } = message);
      // Somebody mended it meanwhile: windows take it for one that is opened anew.
      if (isHelping) enter({ state: 'starting' });
      enter({ state: 'ready' });
    }
    if (message.kind === 'backedUp') options.onBackedUp?.();
    orders.hear(message);
    if (message.kind === 'errand') errands.hear(message);
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
    // One that only helps says nothing new: what can be salvaged is known, or why not.
    if (message.kind === 'failed' && !isHelping) {
      const { kind: _, ...why } = message;
      enter({ state: 'failed', ...why });
    }
  }

  function ended(code: number): void {
    child = undefined;
    errands.breakOff();
    grants.refuseAll();
    log[stopping ? 'info' : 'error']('data process ended', { code });
    orders.breakOff();
    if (stopping) return;
    if (state.state === 'failed') {
      // It ended while it looked what can be salvaged: nobody waits for that any more.
      const isKnown = state.salvage !== undefined || state.salvageRefused !== undefined;
      return isKnown ? undefined : enter({ ...state, salvageRefused: stopped });
    }
    const wait = backoff.ended(Date.now());
    if (wait === null) return enter({ state: 'failed', reason: 'crashed', refused: GIVEN_UP, backups: [] });
    attempt += 1;
    enter({ state: 'restarting', attempt });
    timer = setTimeout(start, wait);
  }

  /** From here on the process that runs is not listened to; crashes before it are forgotten. */
  function letGo(): Child<Port> | undefined {
    backoff.reset();
    attempt = 0;
    backups = null;
    clearTimeout(timer);
    const old = child;
    child = undefined;
    errands.breakOff();
    orders.giveUp();
    // What it was asked it cannot answer any more.
    grants.refuseAll();
    enter({ state: 'starting' });
    return old;
  }

  function restart(): void {
    // What it was doing is broken off as by a crash.
    orders.breakOff();
    const old = letGo();
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
      const old = letGo();
      grants.forget();
      if (next.workspace !== target.workspace) pointed = undefined;
      target = next;
      orders.give(first);
      if (old?.pid !== undefined) await closed(old, kill);
      // Whoever has asked for yet another meanwhile has started its process already.
      if (!stopping && !child) start();
    },
    cancelOrder: () => void (orders.cancel() && send({ kind: 'cancelRestore' })),
    send,
    register: grants.register,
    errand(message) {
      if (!child && !stopping && state.state === 'failed') start();
      return errands.ask(message);
    },
    stop() {
      stopping = true;
      clearTimeout(timer);
      const running = child;
      if (running?.pid === undefined) return Promise.resolve();
      return closed(running, kill);
    },
  };
}
