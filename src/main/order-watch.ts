import type { RestoreState, ShellEvent } from '#shared/shell/events.ts';
import type { Order, FromData } from '#shared/shell/process.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import type { MainLog } from './log.ts';

export interface RestoreTools {
  tell: (state: RestoreState) => void;
  begin: (order: Order) => void;
  renew: () => void;
}

export interface Restores {
  /** False when something goes on already: then this is not done. */
  start(order: Order): boolean;
  hear(state: RestoreState): void;
  /** What a page that begins to listen is told: what goes on, or once what came of it. */
  standing(): ShellEvent[];
}

/** Follows what is done with a closed file, as a restore, over the page that asked for it to the one that comes after. */
export function followRestores({ tell, begin, renew }: RestoreTools): Restores {
  let now: RestoreState | null = null;
  return {
    start(order) {
      if (now?.state === 'running') return false;
      now = { state: 'running', what: order.what, progress: null };
      tell(now);
      begin(order);
      return true;
    },
    hear(state) {
      now = state;
      if (state.state === 'running') tell(state);
      else renew();
    },
    standing() {
      if (now === null) return [];
      const event: ShellEvent = { kind: 'restore', restore: now };
      if (now.state !== 'running') now = null;
      return [event];
    },
  };
}

/** Follows an order from when it is given to what came of it, which is told once. */
export interface OrderWatch {
  give(order: Order | undefined): void;
  /** What the process that is being started is to do. It is done once: a process that is started again opens what is there. */
  begin(): Order | undefined;
  /** The person has given it up: one that no process has begun is dropped, and told as that. Whether the process has to be told. */
  cancel(): boolean;
  hear(message: FromData): void;
  breakOff(): void;
  /** Nobody listens to its process any more. */
  giveUp(): void;
}

const BROKEN_OFF =
  'The part of FRAMES that holds the data stopped meanwhile. The records are whole: as they were, or as they were to become.';

const NOT_BEGUN = 'It was given up before it began. Nothing was changed.';

const GIVEN_OVER =
  'Something else was opened meanwhile. The records are whole: as they were, or as they were to become.';

export function watchOrders(onRestore: (state: RestoreState) => void, log: MainLog): OrderWatch {
  let order: Order | undefined;
  let doing: Order['what'] | null = null;
  function cancelled(what: Order['what'], message: string): void {
    onRestore({ state: 'failed', what, refused: { code: 'CANCELLED', data: {}, message } });
  }
  return {
    give: (next) => void (order = next),
    begin() {
      const first = order;
      order = undefined;
      doing = first?.what ?? null;
      return first;
    },
    cancel() {
      if (!order) return doing !== null;
      const { what } = order;
      order = undefined;
      cancelled(what, NOT_BEGUN);
      return false;
    },
    hear(message) {
      if (message.kind === 'restoring' && doing)
        onRestore({ state: 'running', what: doing, progress: message.progress });
      if (message.kind !== 'restored' && message.kind !== 'notRestored') return;
      const what = doing ?? 'restore';
      doing = null;
      log.info(`${what} ended`, { kind: message.kind });
      onRestore(
        message.kind === 'restored'
          ? { state: 'done', outcome: message.outcome }
          : { state: 'failed', what, refused: message.refused },
      );
    },
    breakOff() {
      if (doing) onRestore({ state: 'failed', what: doing, refused: refusedBy('broken_off', BROKEN_OFF) });
      doing = null;
    },
    giveUp() {
      const what = doing ?? order?.what;
      doing = null;
      order = undefined;
      if (what) cancelled(what, GIVEN_OVER);
    },
  };
}
