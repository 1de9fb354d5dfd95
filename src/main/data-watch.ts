import { basename } from 'node:path';
import type { DataState } from '#shared/shell/events.ts';
import type { FromData, ToData } from '#shared/shell/process.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import { createBackoff } from './backoff.ts';
import { closed } from './child.ts';
import type { Child } from './child.ts';
import { createErrands, stopped } from './errands.ts';
import type { DataWatch, DataWatchOptions } from './data-watching.ts';
import { openMessage } from './open-message.ts';
import { watchOrders } from './order-watch.ts';
import { createPendingGrants } from './pending-grants.ts';

export type { DataWatch, DataWatchOptions };

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
