export interface BackoffOptions {
  /** Ends within `window` that are answered with another start; the next one is not. */
  limit: number;
  /** Milliseconds. */
  window: number;
}

/** Decides how long to wait before a process that ended is started again. */
export interface Backoff {
  /** To be called at each end: milliseconds to wait, or null to give up. */
  ended(now: number): number | null;
  /** Forgets what was, because the person asked for another try. */
  reset(): void;
}

/** The first restart comes at once, each further one within the window waits twice as long, up to four seconds. */
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
