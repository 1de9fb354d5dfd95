import { app, MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain } from 'electron';
import { watchData } from './data-watch.ts';
import type { Child, DataWatch, DataWatchOptions } from './data-watch.ts';

/** The process that opens the workspace. Only this module starts and stops it. */
export interface DataProcess extends Omit<DataWatch<MessagePortMain>, 'send'> {
  /** Opens a new port to the process and returns the end for a window. Null unless the process is ready. */
  connect(): MessagePortMain | null;
}

export interface DataProcessOptions extends Pick<
  DataWatchOptions<MessagePortMain>,
  | 'target'
  | 'log'
  | 'secrets'
  | 'resolveProxy'
  | 'onState'
  | 'onUsed'
  | 'onRestore'
  | 'onBackedUp'
  | 'needsBackup'
> {
  entry: string;
}

export function createDataProcess({ entry, ...options }: DataProcessOptions): DataProcess {
  const watch = watchData<MessagePortMain>({
    ...options,
    fork: () =>
      utilityProcess.fork(entry, [], {
        serviceName: 'FRAMES data',
        stdio: 'inherit',
        execArgv: app.isPackaged ? ['--no-deprecation'] : [],
      }),
    kill: killProcess,
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
    searchBackupsIn: watch.searchBackupsIn,
    open: watch.open,
    register: watch.register,
    supportCopy: watch.supportCopy,
    stop: watch.stop,
    cancelOrder: watch.cancelOrder,
    connect() {
      if (watch.state.state !== 'ready') return null;
      const { port1, port2 } = new MessageChannelMain();
      return watch.send({ kind: 'port' }, [port1]) ? port2 : null;
    },
  };
}

/** SIGKILL, because a process inside a long SQLite call handles no messages. */
function killProcess({ pid }: Child<MessagePortMain>): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has already exited.
  }
}
