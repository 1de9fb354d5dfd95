import type { ModelReason } from '#shared/contract/reasons.ts';
import type { Clock } from '../kernel/system.ts';
import type { Services } from '../model/services.ts';

const maxFailures = 3;
const pauseMs = { initial: 30_000, max: 600_000 };

/** Failures of the server rather than of the request. */
const failureReasons: ReadonlySet<ModelReason> = new Set(['unreachable', 'timeout', 'failed', 'rateLimited']);
export const isServerFailure = (reason: ModelReason): boolean => failureReasons.has(reason);

export type BreakerState = { state: 'closed' | 'trial' } | { state: 'open'; seconds: number };

/** Opens for 30 s after three failures in a row, then lets one trial through. A failed trial doubles the pause, up to 10 minutes. */
export class CircuitBreaker {
  readonly #clock: Clock;
  #failures = 0;
  #pauseMs = 0;
  #openUntil = 0;
  #isTrying = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): BreakerState {
    if (this.#pauseMs === 0) return { state: 'closed' };
    const remaining = this.#openUntil - this.#clock.now();
    // A clock that was set back must not lengthen a pause.
    if (remaining > 0 && remaining <= this.#pauseMs)
      return { state: 'open', seconds: Math.ceil(remaining / 1000) };
    return this.#isTrying ? { state: 'open', seconds: 1 } : { state: 'trial' };
  }

  /** Begins a request: returns null, or the seconds to wait. A person's trial never waits. End with `succeed`, `fail` or `cancel`. */
  begin(isTrial = false): number | null {
    const breakerState = this.state;
    if (breakerState.state === 'open' && !isTrial) return breakerState.seconds;
    if (breakerState.state !== 'closed') this.#isTrying = true;
    return null;
  }

  succeed(): void {
    this.#failures = 0;
    this.#pauseMs = 0;
    this.#isTrying = false;
  }

  fail(): void {
    this.#failures += 1;
    if (this.#failures < maxFailures) return;
    // Concurrent requests that fail together count as one failure.
    if (this.#pauseMs > 0 && !this.#isTrying) return;
    this.#pauseMs = this.#pauseMs === 0 ? pauseMs.initial : Math.min(this.#pauseMs * 2, pauseMs.max);
    this.#openUntil = this.#clock.now() + this.#pauseMs;
    this.#isTrying = false;
  }

  /** The person cancelled the request, which says nothing about the server. */
  cancel(): void {
    this.#isTrying = false;
  }
}

const makeBreakers = (): Map<string, CircuitBreaker> => new Map();

export function breakerOf({ home }: Pick<Services, 'home'>, id: string): CircuitBreaker {
  const breakers = home.singletons.get(makeBreakers);
  const breaker = breakers.get(id) ?? new CircuitBreaker(home.source.clock);
  breakers.set(id, breaker);
  return breaker;
}

/** Closes the breaker of a model whose settings changed. */
export const resetBreaker = ({ home }: Pick<Services, 'home'>, id: string): void =>
  void home.singletons.get(makeBreakers).delete(id);
