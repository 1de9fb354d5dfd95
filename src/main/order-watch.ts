import type { RestoreState, ShellEvent } from '#shared/shell/events.ts';
import type { Order, FromData } from '#shared/shell/process.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import type { MainLog } from './log.ts';

export interface RestoreTools {
  send: (state: RestoreState) => void;
  begin: (order: Order) => void;
  renew: () => void;
}

export interface Restores {
  /** False if another order is already running; then this one is not started. */
  start(order: Order): boolean;
  hear(state: RestoreState): void;
  /** The running order, or once the result of the last one, for a page that starts to listen. */
  current(): ShellEvent[];
}

/** Follows an order on the closed file, such as a restore, across page reloads. */
export function followRestores({ send, begin, renew }: RestoreTools): Restores {
  let current: RestoreState | null = null;
  return {
    start(order) {
      if (current?.state === 'running') return false;
      current = { state: 'running', what: order.what, progress: null };
      send(current);
      begin(order);
      return true;
    },
    hear(state) {
      current = state;
      if (state.state === 'running') send(state);
      else renew();
    },
    current() {
      if (current === null) return [];
      const event: ShellEvent = { kind: 'restore', restore: current };
      if (current.state !== 'running') current = null;
      return [event];
    },
  };
}

export interface OrderWatch {
  give(order: Order | undefined): void;
  /** Takes the pending order. It runs once: a process that is restarted only opens the file. */
  begin(): Order | undefined;
  /** Drops an order that has not begun and reports it as cancelled. True if the process must be notified. */
  cancel(): boolean;
  hear(message: FromData): void;
  breakOff(): void;
  /** The process was detached; reports its order as cancelled. */
  giveUp(): void;
}

const INTERRUPTED =
  'The part of FRAMES that holds the data stopped meanwhile. The records are whole: as they were, or as they were to become.';

const NOT_STARTED = 'It was given up before it began. Nothing was changed.';

const SUPERSEDED =
  'Something else was opened meanwhile. The records are whole: as they were, or as they were to become.';

export function watchOrders(onRestore: (state: RestoreState) => void, log: MainLog): OrderWatch {
  let order: Order | undefined;
  let running: Order['what'] | null = null;
  function cancelled(what: Order['what'], message: string): void {
    onRestore({ state: 'failed', what, refused: { code: 'CANCELLED', data: {}, message } });
  }
  return {
    give: (next) => void (order = next),
    begin() {
      const first = order;
      order = undefined;
      running = first?.what ?? null;
      return first;
    },
    cancel() {
      if (!order) return running !== null;
      const { what } = order;
      order = undefined;
      cancelled(what, NOT_STARTED);
      return false;
    },
    hear(message) {
      if (message.kind === 'restoring' && running)
        onRestore({ state: 'running', what: running, progress: message.progress });
      if (message.kind !== 'restored' && message.kind !== 'notRestored') return;
      const what = running ?? 'restore';
      running = null;
      log.info(`${what} ended`, { kind: message.kind });
      onRestore(
        message.kind === 'restored'
          ? { state: 'done', outcome: message.outcome }
          : { state: 'failed', what, refused: message.refused },
      );
    },
    breakOff() {
      if (running)
        onRestore({ state: 'failed', what: running, refused: refusedBy('broken_off', INTERRUPTED) });
      running = null;
    },
    giveUp() {
      const what = running ?? order?.what;
      running = null;
      order = undefined;
      if (what) cancelled(what, SUPERSEDED);
    },
  };
}
