/** Milliseconds from a hint to the sync that it causes: usually, and when hints keep arriving. */
const pauses = { hint: 100, afterBurst: 1000 };
/** Size of the token bucket for hints: a sync takes one token, and each `pauses.afterBurst` adds one. */
const maxBurst = 5;

/** Spaces the syncs for hints: a few follow at once, then one each second. Times are elapsed milliseconds. */
export class HintPace {
  #lastSyncAt = -Infinity;
  #burstLeft = maxBurst;

  /** Milliseconds to wait before the sync for a hint that arrives at `now`. */
  pauseAt(now: number): number {
    const elapsed = now - this.#lastSyncAt;
    const pause = this.#burstLeft + elapsed / pauses.afterBurst >= 1 ? pauses.hint : pauses.afterBurst;
    return Math.max(0, pause - elapsed);
  }

  /** Call at the start of every sync. */
  noteSync(now: number): void {
    const refilled = this.#burstLeft + (now - this.#lastSyncAt) / pauses.afterBurst;
    this.#burstLeft = Math.max(0, Math.min(maxBurst, refilled) - 1);
    this.#lastSyncAt = now;
  }
}
