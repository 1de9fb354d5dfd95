export interface BackoffOptions {
  /** Number of exits within `windowMs` that are followed by a restart; the next exit is not. */
  limit: number;
  windowMs: number;
}

export interface Backoff {
  /** Call at each exit. Returns the milliseconds to wait before a restart, or null to give up. */
  nextDelay(now: number): number | null;
  /** Call when the user requests a restart. */
  reset(): void;
}

/** The first restart is immediate; further ones double the delay, up to four seconds. */
export function createBackoff({ limit, windowMs }: BackoffOptions): Backoff {
  let exitTimes: number[] = [];
  return {
    nextDelay(now) {
      exitTimes = [...exitTimes.filter((exitTime) => now - exitTime < windowMs), now];
      if (exitTimes.length > limit) return null;
      return exitTimes.length === 1 ? 0 : Math.min(4000, 250 * 2 ** (exitTimes.length - 2));
    },
    reset() {
      exitTimes = [];
    },
  };
}
