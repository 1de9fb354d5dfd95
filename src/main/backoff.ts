export interface BackoffOptions {
  /** Number of exits within `window` that are followed by a restart; the next exit is not. */
  limit: number;
  window: number;
}

export interface Backoff {
  /** Call at each exit. Returns the milliseconds to wait before a restart, or null to give up. */
  ended(now: number): number | null;
  /** Call when the user requests a restart. */
  reset(): void;
}

/** The first restart is immediate; further ones double the delay, up to four seconds. */
export function createBackoff({ limit, window }: BackoffOptions): Backoff {
  let ends: number[] = [];
  return {
    ended(now) {
      ends = [...ends.filter((at) => now - at < window), now];
      if (ends.length > limit) return null;
      return ends.length === 1 ? 0 : Math.min(4000, 250 * 2 ** (ends.length - 2));
    },
    reset() {
      ends = [];
    },
  };
}
