import type { RestoreState, ShellEvent } from '#shared/shell/events.ts';
import type { Order } from '#shared/shell/process.ts';

export interface RestoreTools {
  /** Tells the page that listens. */
  tell: (state: RestoreState) => void;
  /** Has the data process closed, and begun anew with the order. */
  begin: (order: Order) => void;
  /** Begins the page anew. */
  renew: () => void;
}

export interface Restores {
  /** False when something goes on already: then this is not done. */
  start(order: Order): boolean;
  /** From the data process. */
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
