import type { FastifyReply } from 'fastify';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { ServerConfig } from './config.ts';
import type { Database } from './db/database.ts';

/**
 * Budgets, counted separately: `address` for requests without a token, `user` for those of a user or session, `operations` for what a user pushes and pulls.
 * `tokens` is what an address pays for a request with a token in its body, before that body is read.
 */
export type BudgetKind = 'address' | 'tokens' | 'user' | 'operations';

type LimitConfig = Pick<
  ServerConfig,
  'anonymousLimit' | 'tokenLimit' | 'userLimit' | 'operationLimit' | 'limitSeconds'
>;

/** Budgets for a time, counted in Postgres, so that several servers over one database count together. */
export class Limits {
  readonly #limiters: Readonly<Record<BudgetKind, RateLimiterPostgres>>;

  constructor({ pool }: Database, config: LimitConfig) {
    const { anonymousLimit, tokenLimit, userLimit, operationLimit, limitSeconds: duration } = config;
    const limiter = (keyPrefix: BudgetKind, points: number): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix,
        points,
        duration,
        // Who has spent everything costs no query more until the budget is new.
        inMemoryBlockOnConsumed: points + 1,
        // Once is enough: all of them are in one table.
        clearExpiredByTimeout: keyPrefix === 'address',
      });
    this.#limiters = {
      address: limiter('address', anonymousLimit),
      tokens: limiter('tokens', tokenLimit),
      user: limiter('user', userLimit),
      operations: limiter('operations', operationLimit),
    };
  }

  /** The budgets of one request, whose answer says what is left of the one that was charged last. */
  of(reply: FastifyReply): RequestLimits {
    return new RequestLimits(this.#limiters, reply);
  }
}

export class RequestLimits {
  readonly #limiters: Readonly<Record<BudgetKind, RateLimiterPostgres>>;
  readonly #reply: FastifyReply;
  /** Whether the caller has paid: `tokens` only covers reading the body, so it does not count. */
  isCharged = false;

  constructor(limiters: Readonly<Record<BudgetKind, RateLimiterPostgres>>, reply: FastifyReply) {
    this.#limiters = limiters;
    this.#reply = reply;
  }

  /** Takes points from a budget. Throws RATE_LIMITED where it is spent. */
  async charge(kind: BudgetKind, key: string, points = 1): Promise<void> {
    const limiter = this.#limiters[kind];
    if (kind !== 'tokens') this.isCharged = true;
    const [state, isSpent] = await limiter.consume(key, points).then(
      (result) => [result, false] as const,
      (error: unknown) => {
        if (error instanceof RateLimiterRes) return [error, true] as const;
        throw error;
      },
    );
    const reset = Math.ceil((Date.now() + state.msBeforeNext) / 1000);
    this.#reply.headers({
      'x-ratelimit-limit': limiter.points,
      'x-ratelimit-remaining': isSpent ? 0 : state.remainingPoints,
      'x-ratelimit-reset': reset,
    });
    if (!isSpent) return;
    const retry_after = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    throw new ServerFault('RATE_LIMITED', 'That were too many requests. Try again later.', { retry_after });
  }
}
