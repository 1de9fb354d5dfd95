import { MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain } from 'electron';
import { watchData } from './data-watch.ts';
import type { Child, DataWatch, DataWatchOptions } from './data-watch.ts';

/** The process that alone opens the workspace: started, watched and ended here and nowhere else. */
export interface DataProcess extends Omit<DataWatch<MessagePortMain>, 'send'> {
  /** A window's end of a new port to it; null while it is not ready. */
  connect(): MessagePortMain | null;
}

export interface DataProcessOptions extends Pick<
  DataWatchOptions<MessagePortMain>,
  'target' | 'log' | 'secrets' | 'onState' | 'onUsed' | 'onRestore' | 'onBackedUp' | 'needsBackup'
> {
  entry: string;
}

export function createDataProcess({ entry, ...options }: DataProcessOptions): DataProcess {
  const watch = watchData<MessagePortMain>({
    ...options,
    fork: () => utilityProcess.fork(entry, [], { serviceName: 'FRAMES data', stdio: 'inherit' }),
    kill: end,
  });
  return {
    get state() {
      return watch.state;
    },
    get backups() {
      return watch.backups;
    },
    start: watch.start,
    restart: watch.restart,
    pointTo: watch.pointTo,
    open: watch.open,
    register: watch.register,
    errand: watch.errand,
    stop: watch.stop,
    cancelOrder: watch.cancelOrder,
    connect() {
      if (watch.state.state !== 'ready') return null;
      const { port1, port2 } = new MessageChannelMain();
      return watch.send({ kind: 'port' }, [port1]) ? port2 : null;
    },
  };
}

/** By force, because a process inside a long SQLite call hears nothing. */
function end({ pid }: Child<MessagePortMain>): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
