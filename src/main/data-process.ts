import { MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import type { DataState } from '#shared/shell/events.ts';
import type { FromData, ToData } from '#shared/shell/process.ts';
import type { Target } from './arguments.ts';
import { createBackoff } from './backoff.ts';
import type { Register } from './grants.ts';
import type { MainLog } from './log.ts';

/** The process that alone opens the workspace: started, watched and ended here and nowhere else. */
export interface DataProcess {
  readonly state: DataState;
  start(): void;
  /** Ends it if it runs, and starts it anew with all former crashes forgotten. */
  restart(): void;
  /** A window's end of a new port to it; null while it is not ready. */
  connect(): MessagePortMain | null;
  register: Register;
  /** Lets it finish and close the workspace; ends it by force when that takes too long. */
  stop(): Promise<void>;
}

export interface DataProcessOptions {
  /** Built entry of the data process. */
  entry: string;
  target: Target;
  log: MainLog;
  onState: (state: DataState) => void;
}

/** Milliseconds that a closing workspace has before the process is ended by force. */
const CLOSING = 5000;
const GIVEN_UP = 'The part of FRAMES that holds the data stopped several times within a minute.';

export function createDataProcess({ entry, target, log, onState }: DataProcessOptions): DataProcess {
  const backoff = createBackoff({ limit: 5, window: 60_000 });
  const grants = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  let child: UtilityProcess | undefined;
  let state: DataState = { state: 'starting' };
  let stopping = false;
  let attempt = 0;
  let timer: NodeJS.Timeout | undefined;

  function enter(next: DataState): void {
    state = next;
    log.info(`data process ${next.state}`, { detail: next });
    onState(next);
  }

  function send(message: ToData, ports: MessagePortMain[] = []): void {
    child?.postMessage(message, ports);
  }

  function start(): void {
    clearTimeout(timer);
    const started = utilityProcess.fork(entry, [], { serviceName: 'FRAMES data', stdio: 'inherit' });
    child = started;
    started.on('message', (message: FromData) => child === started && hear(message));
    started.on('exit', (code) => child === started && ended(code));
    const { workspace, sample } = target;
    send({ kind: 'open', workspace, sample, name: sample ? 'Sample' : '' });
  }

  function hear(message: FromData): void {
    if (message.kind === 'ready') return enter({ state: 'ready' });
    if (message.kind === 'granted') {
      grants.get(message.id)?.resolve();
      grants.delete(message.id);
    }
    if (message.kind === 'failed') {
      enter({ state: 'failed', reason: message.reason, message: message.message });
    }
  }

  function ended(code: number): void {
    child = undefined;
    for (const { reject } of grants.values()) reject(new Error('The data process ended.'));
    grants.clear();
    log[stopping ? 'info' : 'error']('data process ended', { code });
    if (stopping || state.state === 'failed') return;
    const wait = backoff.ended(Date.now());
    if (wait === null) return enter({ state: 'failed', reason: 'crashed', message: GIVEN_UP });
    attempt += 1;
    enter({ state: 'restarting', attempt });
    timer = setTimeout(start, wait);
  }

  return {
    get state() {
      return state;
    },
    start,
    restart() {
      backoff.reset();
      attempt = 0;
      const old = child;
      child = undefined;
      end(old);
      enter({ state: 'starting' });
      start();
    },
    connect() {
      if (state.state !== 'ready' || !child) return null;
      const { port1, port2 } = new MessageChannelMain();
      send({ kind: 'port' }, [port1]);
      return port2;
    },
    register(grant) {
      return new Promise<void>((resolve, reject) => {
        if (!child) return reject(new Error('The data process is not there.'));
        grants.set(grant.id, { resolve, reject });
        send({ kind: 'grant', ...grant });
      });
    },
    stop() {
      stopping = true;
      clearTimeout(timer);
      const running = child;
      if (running?.pid === undefined) return Promise.resolve();
      return new Promise<void>((resolve) => {
        const force = setTimeout(() => end(running), CLOSING);
        running.once('exit', () => (clearTimeout(force), resolve()));
        send({ kind: 'close' });
      });
    },
  };
}

/** By force, because a process inside a long SQLite call hears nothing. */
function end(child: UtilityProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
