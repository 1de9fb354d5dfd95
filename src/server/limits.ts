import type { FastifyReply } from 'fastify';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { ServerConfig } from './config.ts';
import type { Database } from './db/database.ts';

/**
 * Budgets, counted separately: `address` for requests without a token or with a refused one, `user` for those of a user or session, `operations` for what a user pushes and pulls.
 * `tokens` is what an address pays for a request with a token in its body, before that body is read.
 */
export type BudgetKind = 'address' | 'tokens' | 'user' | 'operations';

type LimitConfig = Pick<
  ServerConfig,
  'anonymousLimit' | 'tokenLimit' | 'userLimit' | 'operationLimit' | 'limitSeconds'
>;

/** What is left of a budget after a charge. */
interface Charged {
  isSpent: boolean;
  remaining: number;
  /** Milliseconds until the budget is new. */
  msBeforeNext: number;
}

interface Charge {
  points: number;
  resolve: (charged: Charged) => void;
  reject: (error: unknown) => void;
}

/** Counts charges of one kind. Charges of one key that wait for another one go to Postgres together, since each would wait for the same row. */
class Budget {
  readonly #limiter: RateLimiterPostgres;
  /** By key, while a charge of it is under way. */
  readonly #waiting = new Map<string, Charge[]>();

  constructor(limiter: RateLimiterPostgres) {
    this.#limiter = limiter;
  }

  get points(): number {
    return this.#limiter.points;
  }

  /** Rejects if Postgres cannot be reached. */
  charge(key: string, points: number): Promise<Charged> {
    return new Promise((resolve, reject) => {
      const one = { points, resolve, reject };
      const waiting = this.#waiting.get(key);
      if (waiting) waiting.push(one);
      else void this.#send(key, [one]);
    });
  }

  async #send(key: string, charges: readonly Charge[]): Promise<void> {
    this.#waiting.set(key, []);
    try {
      const all = charges.reduce((sum, { points }) => sum + points, 0);
      const state = await this.#limiter.consume(key, all).catch((error: unknown) => {
        if (error instanceof RateLimiterRes) return error;
        throw error;
      });
      const { msBeforeNext, consumedPoints } = state;
      // A key that this server knows to be spent is refused without being counted: nothing is consumed then.
      let used = consumedPoints === 0 ? Infinity : consumedPoints - all;
      for (const { points, resolve } of charges) {
        used += points;
        resolve({ isSpent: used > this.points, remaining: Math.max(0, this.points - used), msBeforeNext });
      }
    } catch (error) {
      for (const { reject } of charges) reject(error);
    }
    const next = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    if (next.length > 0) void this.#send(key, next);
  }
}

/** Budgets for a time, counted in Postgres, so that several servers over one database count together. */
export class Limits {
  readonly #budgets: Readonly<Record<BudgetKind, Budget>>;

  constructor({ pool }: Database, config: LimitConfig) {
    const { anonymousLimit, tokenLimit, userLimit, operationLimit, limitSeconds: duration } = config;
    const limiter = (keyPrefix: BudgetKind, points: number): Budget => {
      const counted = new RateLimiterPostgres({
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
      return new Budget(counted);
    };
    this.#budgets = {
      address: limiter('address', anonymousLimit),
      tokens: limiter('tokens', tokenLimit),
      user: limiter('user', userLimit),
      operations: limiter('operations', operationLimit),
    };
  }

  /** The budgets of one request, whose answer says what is left of the one that was charged last. */
  of(reply: FastifyReply): RequestLimits {
    return new RequestLimits(this.#budgets, reply);
  }
}

export class RequestLimits {
  readonly #budgets: Readonly<Record<BudgetKind, Budget>>;
  readonly #reply: FastifyReply;
  readonly #charged = new Set<BudgetKind>();

  constructor(budgets: Readonly<Record<BudgetKind, Budget>>, reply: FastifyReply) {
    this.#budgets = budgets;
    this.#reply = reply;
  }

  /** Whether the caller has paid: `tokens` only covers reading the body, so it does not count. */
  get isCharged(): boolean {
    return this.#charged.size > (this.#charged.has('tokens') ? 1 : 0);
  }

  /** Charges a budget unless this request has already been charged to it. Throws RATE_LIMITED. */
  async chargeOnce(kind: BudgetKind, key: string): Promise<void> {
    if (!this.#charged.has(kind)) await this.charge(kind, key);
  }

  /** Takes points from a budget. Throws RATE_LIMITED where it is spent. */
  async charge(kind: BudgetKind, key: string, points = 1): Promise<void> {
    const budget = this.#budgets[kind];
    this.#charged.add(kind);
    const { isSpent, remaining, msBeforeNext } = await budget.charge(key, points);
    this.#reply.headers({
      'x-ratelimit-limit': budget.points,
      'x-ratelimit-remaining': remaining,
      'x-ratelimit-reset': Math.ceil((Date.now() + msBeforeNext) / 1000),
    });
    if (!isSpent) return;
    const retry_after = Math.max(1, Math.ceil(msBeforeNext / 1000));
    throw new ServerFault('RATE_LIMITED', 'That were too many requests. Try again later.', { retry_after });
  }
}
