import type { RestoreState, ShellEvent } from '#shared/shell/events.ts';
import type { Order, FromData } from '#shared/shell/process.ts';
import { internalRefusal } from '#shared/shell/refused-call.ts';
import type { MainLog } from './log.ts';

export interface RestoreTools {
  send: (state: RestoreState) => void;
  openWithOrder: (order: Order) => void;
  reloadPages: () => void;
}

export interface RestoreTracker {
  /** False if another order is already running; then this one is not started. */
  start(order: Order): boolean;
  receive(state: RestoreState): void;
  /** Events for a page that starts to listen: the running order, or once the result of the last order. */
  currentEvents(): ShellEvent[];
}

/** Tracks an order on the closed file, such as a restore, across page reloads. */
export function trackRestores({ send, openWithOrder, reloadPages }: RestoreTools): RestoreTracker {
  let current: RestoreState | null = null;
  return {
    start(order) {
      if (current?.state === 'running') return false;
      current = { state: 'running', what: order.what, progress: null };
      send(current);
      openWithOrder(order);
      return true;
    },
    receive(state) {
      current = state;
      if (state.state === 'running') send(state);
      else reloadPages();
    },
    currentEvents() {
      if (current === null) return [];
      const event: ShellEvent = { kind: 'restore', restore: current };
      if (current.state !== 'running') current = null;
      return [event];
    },
  };
}

export interface OrderWatch {
  setPending(order: Order | undefined): void;
  /** Takes the pending order, which runs only once: a restarted process only opens the file. */
  takePending(): Order | undefined;
  /** Drops an order that has not begun and reports it as cancelled. True if the process must be notified. */
  cancel(): boolean;
  receive(message: FromData): void;
  interrupt(): void;
  /** The process was detached; reports its order as cancelled. */
  supersede(): void;
}

const INTERRUPTED =
  'The part of FRAMES that holds the data stopped meanwhile. The records are complete: either the old state or the new one.';

const NOT_STARTED = 'It was cancelled before it started. Nothing was changed.';

const SUPERSEDED =
  'Something else was opened meanwhile. The records are complete: either the old state or the new one.';

export function watchOrders(onRestore: (state: RestoreState) => void, log: MainLog): OrderWatch {
  let pendingOrder: Order | undefined;
  let runningKind: Order['what'] | null = null;
  function reportCancelled(what: Order['what'], message: string): void {
    onRestore({ state: 'failed', what, refused: { code: 'CANCELLED', data: {}, message } });
  }
  return {
    setPending: (newOrder) => void (pendingOrder = newOrder),
    takePending() {
      const pending = pendingOrder;
      pendingOrder = undefined;
      runningKind = pending?.what ?? null;
      return pending;
    },
    cancel() {
      if (!pendingOrder) return runningKind !== null;
      const { what } = pendingOrder;
      pendingOrder = undefined;
      reportCancelled(what, NOT_STARTED);
      return false;
    },
    receive(message) {
      if (message.kind === 'restoring' && runningKind)
        onRestore({ state: 'running', what: runningKind, progress: message.progress });
      if (message.kind !== 'restored' && message.kind !== 'notRestored') return;
      const what = runningKind ?? 'restore';
      runningKind = null;
      log.info(`${what} ended`, { kind: message.kind });
      onRestore(
        message.kind === 'restored'
          ? { state: 'done', outcome: message.outcome }
          : { state: 'failed', what, refused: message.refused },
      );
    },
    interrupt() {
      if (runningKind)
        onRestore({
          state: 'failed',
          what: runningKind,
          refused: internalRefusal('broken_off', INTERRUPTED),
        });
      runningKind = null;
    },
    supersede() {
      const what = runningKind ?? pendingOrder?.what;
      runningKind = null;
      pendingOrder = undefined;
      if (what) reportCancelled(what, SUPERSEDED);
    },
  };
}
