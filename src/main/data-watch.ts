import type { FromData, ToData, Order } from '#shared/shell/process.ts';
import type { DataState, RestoreState } from '#shared/shell/events.ts';
import type { Target } from './arguments.ts';
import type { RegisterGrant } from './grants.ts';
import type { MainLog } from './log.ts';
import { internalRefusal } from '#shared/shell/refused-call.ts';
import type { RefusedCall } from '#shared/shell/refused-call.ts';
import { basename } from 'node:path';
import { createBackoff } from './backoff.ts';
import { watchOrders } from './order-watch.ts';
import { createPendingGrants } from './grants.ts';
import type { ResolveProxy } from '#http/proxy.ts';
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
export function closeProcess<Port>(running: Child<Port>, kill: (child: Child<Port>) => void): Promise<void> {
  return new Promise<void>((resolve) => {
    const killTimer = setTimeout(() => kill(running), CLOSE_TIMEOUT);
    running.on('exit', () => (clearTimeout(killTimer), resolve()));
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
  /** The system's proxies for an address, as in a PAC file. */
  resolveProxy: ResolveProxy;
}

/** Starts the data process, and restarts it after a crash. */
export interface DataWatch<Port> {
  readonly state: DataState;
  /** Backup folder of the open workspace; null while none is open. */
  readonly backups: string | null;
  start: () => void;
  restart: () => void;
  /** Like `restart`, and also searches `folder` for backups until a workspace is open. */
  searchBackupsIn: (folder: string) => void;
  /** Closes the current workspace, carries out `order` if given, and opens `target` in a new process. */
  open: (target: Target, order?: Order) => Promise<void>;
  cancelOrder: () => void;
  /** False if no process is running. */
  send: (message: ToData, ports?: Port[]) => boolean;
  /** Rejects with DataUnavailable if the process exits first or has no workspace open. */
  register: RegisterGrant;
  /** Writes a support copy of a workspace that could not be opened. Resolves to the problem, or null. */
  supportCopy: (path: string) => Promise<RefusedCall | null>;
  /** Closes the workspace and ends the process; kills it after a timeout. */
  stop: () => Promise<void>;
}

export const stoppedError = internalRefusal(
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

const CRASHED = internalRefusal(
  'crashed',
  'The part of FRAMES that holds the data stopped several times within a minute.',
);

export function watchData<Port>(options: DataWatchOptions<Port>): DataWatch<Port> {
  const { fork, kill, log, onState, onUsed, onRestore } = options;
  let { target } = options;
  const backoff = createBackoff({ limit: 5, windowMs: 60_000 });
  const grants = createPendingGrants((message) => state.state !== 'failed' && send(message));
  /** Requests of support copies, answered in the order in which they were sent. */
  const copyRequests: ((problem: RefusedCall | null) => void)[] = [];
  const orders = watchOrders(onRestore, log);
  let child: Child<Port> | undefined;
  let state: DataState = { state: 'starting' };
  let isStopping = false;
  let attempt = 0;
  let backups: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let searchedFolder: string | undefined;
  /** True if the process only runs tasks on a workspace that could not be opened. */
  let isHelper = false;

  function setState(newState: DataState): void {
    state = newState.state === 'failed' ? { ...newState, folder: basename(target.workspace) } : newState;
    log.info(`data process ${newState.state}`, { detail: newState });
    if (newState.state === 'failed') grants.refuseAll();
    onState(state);
  }

  function send(message: ToData, ports: Port[] = []): boolean {
    child?.postMessage(message, ports);
    return child !== undefined;
  }

  function start(): void {
    clearTimeout(timer);
    isHelper = state.state === 'failed';
    const newChild = fork();
    child = newChild;
    newChild.on('message', (message) => {
      if (child === newChild) receive(message);
    });
    newChild.on('exit', (code) => {
      if (child === newChild) onExit(code);
    });
    const order = orders.takePending();
    const startOptions = {
      ...(order && { order }),
      ...(isHelper && { look: false }),
      ...(searchedFolder !== undefined && { pointed: searchedFolder }),
      ...(options.needsBackup?.(target.workspace) === true && { backUp: true }),
    };
    send({ ...openMessage(target), ...startOptions });
  }

  function receive(message: FromData): void {
    if (message.kind === 'ready') {
      // Grants must work before windows are notified, because windows then retry file operations.
      grants.resend();
      searchedFolder = undefined;
      ({ backups } = message);
      // The file was repaired meanwhile. After `starting`, windows treat it as newly opened.
      if (isHelper) setState({ state: 'starting' });
      setState({ state: 'ready' });
    }
    if (message.kind === 'backedUp') options.onBackedUp?.();
    orders.receive(message);
    if (message.kind === 'supportCopied') copyRequests.shift()?.(message.problem);
    if (message.kind === 'used') {
      grants.drop(message.id);
      onUsed(message.id);
    }
    if (message.kind === 'readSecret' || message.kind === 'writeSecret') {
      const sender = child;
      void answerSecret(options.secrets, message).then((answer) => child === sender && send(answer));
    }
    if (message.kind === 'resolveProxy') {
      const sender = child;
      const { id, url } = message;
      const answer = (proxies: string): void => {
        if (child === sender) send({ kind: 'proxy', id, proxies });
      };
      options.resolveProxy(url).then(answer, () => answer('DIRECT'));
    }
    if (message.kind === 'granted') grants.confirm(message.id);
    if (message.kind === 'refused') grants.refuse(message.id);
    // A helper process repeats a known failure, without the salvage preview.
    if (message.kind === 'failed' && !isHelper) {
      const { kind: _, ...failure } = message;
      setState({ state: 'failed', ...failure });
    }
  }

  function failCopies(): void {
    for (const answer of copyRequests.splice(0)) answer(stoppedError);
  }

  function onExit(code: number): void {
    child = undefined;
    failCopies();
    grants.refuseAll();
    log[isStopping ? 'info' : 'error']('data process ended', { code });
    orders.interrupt();
    if (isStopping) return;
    if (state.state === 'failed') {
      // The process exited during the salvage preview, so the preview is reported as unknown.
      const isKnown = state.salvage !== undefined || state.salvageRefused !== undefined;
      return isKnown ? undefined : setState({ ...state, salvageRefused: stoppedError });
    }
    const delay = backoff.nextDelay(Date.now());
    if (delay === null)
      return setState({ state: 'failed', reason: 'crashed', refused: CRASHED, backups: [] });
    attempt += 1;
    setState({ state: 'restarting', attempt });
    timer = setTimeout(start, delay);
  }

  /** Detaches the running process, so that its messages are ignored. Resets the crash count. */
  function detach(): Child<Port> | undefined {
    backoff.reset();
    attempt = 0;
    backups = null;
    clearTimeout(timer);
    const previous = child;
    child = undefined;
    failCopies();
    orders.supersede();
    // The detached process can no longer confirm its grants.
    grants.refuseAll();
    setState({ state: 'starting' });
    return previous;
  }

  function restart(): void {
    // A restart interrupts a running order in the same way as a crash.
    orders.interrupt();
    const previous = detach();
    if (previous) kill(previous);
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
    searchBackupsIn(folder) {
      searchedFolder = folder;
      restart();
    },
    async open(newTarget, order) {
      const previous = detach();
      grants.clear();
      if (newTarget.workspace !== target.workspace) searchedFolder = undefined;
      target = newTarget;
      orders.setPending(order);
      if (previous?.pid !== undefined) await closeProcess(previous, kill);
      // A later `open` can already have started its own process.
      if (!isStopping && !child) start();
    },
    cancelOrder: () => void (orders.cancel() && send({ kind: 'cancelRestore' })),
    send,
    register: grants.register,
    supportCopy(path) {
      if (!child && !isStopping && state.state === 'failed') start();
      const { promise, resolve } = Promise.withResolvers<RefusedCall | null>();
      copyRequests.push(resolve);
      if (!send({ kind: 'supportCopy', path })) failCopies();
      return promise;
    },
    stop() {
      isStopping = true;
      clearTimeout(timer);
      const running = child;
      if (running?.pid === undefined) return Promise.resolve();
      return closeProcess(running, kill);
    },
  };
}
