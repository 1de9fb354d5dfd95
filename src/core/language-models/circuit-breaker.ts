import type { ModelReason } from '#shared/contract/reasons.ts';
import type { Clock } from '../kernel/system.ts';
import type { Services } from '../model/services.ts';

/** Consecutive failures after which a model is left alone. */
const mostFailures = 3;
/** Milliseconds of the first pause, and of the longest. */
const pauses = { first: 30_000, longest: 600_000 };

/** The reasons that say something about the server, and not about the request. */
const counted: ReadonlySet<ModelReason> = new Set(['unreachable', 'timeout', 'failed', 'rateLimited']);
export const isFailure = (reason: ModelReason): boolean => counted.has(reason);

export type BreakerState = { state: 'closed' | 'trial' } | { state: 'open'; seconds: number };

/**
 * Keeps requests from a server that fails: after three failures in a row it is open for 30 s. Then one request is let through as a trial; a failed one
 * doubles the pause, up to 10 minutes, and any answer closes it.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  #failures = 0;
  #pause = 0;
  #until = 0;
  #isTrying = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): BreakerState {
    if (this.#pause === 0) return { state: 'closed' };
    const left = this.#until - this.#clock.now();
    // A clock that was set back does not make a pause longer.
    if (left > 0 && left <= this.#pause) return { state: 'open', seconds: Math.ceil(left / 1000) };
    return this.#isTrying ? { state: 'open', seconds: 1 } : { state: 'trial' };
  }

  /**
   * Lets a request begin; null if it may, else the seconds to wait. A person who asks for a trial need not wait. Each request that begins is ended by one
   * of the three below.
   */
  begin(isTrial = false): number | null {
    const now = this.state;
    if (now.state === 'open' && !isTrial) return now.seconds;
    if (now.state !== 'closed') this.#isTrying = true;
    return null;
  }

  succeed(): void {
    this.#failures = 0;
    this.#pause = 0;
    this.#isTrying = false;
  }

  fail(): void {
    this.#failures += 1;
    if (this.#failures < mostFailures) return;
    // Requests that began together fail together: they are one failure of an open breaker.
    if (this.#pause > 0 && !this.#isTrying) return;
    this.#pause = this.#pause === 0 ? pauses.first : Math.min(this.#pause * 2, pauses.longest);
    this.#until = this.#clock.now() + this.#pause;
    this.#isTrying = false;
  }

  /** The person cancelled it, which says nothing about the server. */
  cancel(): void {
    this.#isTrying = false;
  }
}

const makeBreakers = (): Map<string, CircuitBreaker> => new Map();

/** The breaker of a model, by its id. */
export function breakerOf({ home }: Pick<Services, 'home'>, id: string): CircuitBreaker {
  const breakers = home.singletons.get(makeBreakers);
  const known = breakers.get(id) ?? new CircuitBreaker(home.source.clock);
  breakers.set(id, known);
  return known;
}

/** Closes the circuit of a model whose settings changed. */
export const resetBreaker = ({ home }: Pick<Services, 'home'>, id: string): void =>
  void home.singletons.get(makeBreakers).delete(id);
