import type { RestoreState, ShellEvent } from '#shared/shell/events.ts';
import type { RestoreOrder } from '#shared/shell/process.ts';

export interface RestoreTools {
  /** Tells the page that listens. */
  tell: (state: RestoreState) => void;
  /** Has the data process closed, and begun anew with the order. */
  begin: (order: RestoreOrder) => void;
  /** Begins the page anew. */
  renew: () => void;
}

export interface Restores {
  start(order: RestoreOrder): void;
  /** From the data process. */
  hear(state: RestoreState): void;
  /** What a page that begins to listen is told: what goes on, or once what came of it. */
  standing(): ShellEvent[];
}

/** Follows a backup that takes the place of the records, over the page that asked for it to the one that comes after. */
export function followRestores({ tell, begin, renew }: RestoreTools): Restores {
  let now: RestoreState | null = null;
  let salvage = false;
  const marked = (state: RestoreState): RestoreState => (salvage ? { ...state, salvage } : state);
  return {
    start(order) {
      if (now?.state === 'running') return;
      salvage = order.id === null;
      now = marked({ state: 'running', progress: null });
      tell(now);
      begin(order);
    },
    hear(state) {
      now = marked(state);
      if (now.state === 'running') tell(now);
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
