import type { FastifyReply } from 'fastify';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { ServerConfig } from './config.ts';
import type { Database } from './db/database.ts';

/** `address`: requests without a valid token. `tokens`: with a token in the body. `operations`: sync; each pushed operation counts. `user`: others. `bytes`: blocks of a user's bodies. */
export type BudgetKind = 'address' | 'tokens' | 'user' | 'operations' | 'bytes';

type LimitConfig = Pick<
  ServerConfig,
  'anonymousLimit' | 'tokenLimit' | 'userLimit' | 'operationLimit' | 'byteLimit' | 'limitSeconds'
>;

interface ChargeResult {
  isSpent: boolean;
  remaining: number;
  /** Milliseconds until the budget is reset. */
  msBeforeNext: number;
}

interface Charge {
  points: number;
  resolve: (charged: ChargeResult) => void;
  reject: (error: unknown) => void;
}

/** Counts charges of one kind. Groups waiting charges of one key, because each would wait for the same row. */
class Budget {
  readonly #limiter: RateLimiterPostgres;
  /** Charges that wait for the one in flight, by key. */
  readonly #queuedCharges = new Map<string, Charge[]>();

  constructor(limiter: RateLimiterPostgres) {
    this.#limiter = limiter;
  }

  get points(): number {
    return this.#limiter.points;
  }

  /** Rejects if Postgres cannot be reached. */
  charge(key: string, points: number): Promise<ChargeResult> {
    return new Promise((resolve, reject) => {
      const charge = { points, resolve, reject };
      const waiting = this.#queuedCharges.get(key);
      if (waiting) waiting.push(charge);
      else void this.#send(key, [charge]);
    });
  }

  async #send(key: string, charges: readonly Charge[]): Promise<void> {
    this.#queuedCharges.set(key, []);
    try {
      const totalPoints = charges.reduce((sum, { points }) => sum + points, 0);
      const state = await this.#limiter.consume(key, totalPoints).catch((error: unknown) => {
        if (error instanceof RateLimiterRes) return error;
        throw error;
      });
      const { msBeforeNext, consumedPoints } = state;
      // A key blocked in memory is refused without a count, so nothing is consumed.
      let usedPoints = consumedPoints === 0 ? Infinity : consumedPoints - totalPoints;
      for (const { points, resolve } of charges) {
        usedPoints += points;
        resolve({
          isSpent: usedPoints > this.points,
          remaining: Math.max(0, this.points - usedPoints),
          msBeforeNext,
        });
      }
    } catch (error) {
      for (const { reject } of charges) reject(error);
    }
    const queued = this.#queuedCharges.get(key) ?? [];
    this.#queuedCharges.delete(key);
    if (queued.length > 0) void this.#send(key, queued);
  }
}

/** Bytes that one point of the budget `bytes` stands for. Smaller bodies are added up in memory, so that most requests cost no query. */
const blockBytes = 64 * 1024;

/** Rate limits. Counted in Postgres, so that all servers of a database share them. */
export class Limits {
  readonly #budgets: Readonly<Record<BudgetKind, Budget>>;
  /** Bytes of a user that make no whole block yet. */
  readonly #uncharged = new Map<string, number>();

  constructor({ pool }: Database, config: LimitConfig) {
    const { anonymousLimit, tokenLimit, userLimit, operationLimit, byteLimit } = config;
    const { limitSeconds: duration } = config;
    const createBudget = (keyPrefix: BudgetKind, points: number): Budget => {
      const limiter = new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix,
        points,
        duration,
        // A spent key costs no more queries until its budget is reset.
        inMemoryBlockOnConsumed: points + 1,
        // All kinds share one table, so one limiter cleans it up.
        clearExpiredByTimeout: keyPrefix === 'address',
      });
      return new Budget(limiter);
    };
    this.#budgets = {
      address: createBudget('address', anonymousLimit),
      tokens: createBudget('tokens', tokenLimit),
      user: createBudget('user', userLimit),
      operations: createBudget('operations', operationLimit),
      bytes: createBudget('bytes', Math.max(1, Math.floor(byteLimit / blockBytes))),
    };
  }

  /** Returns the budgets of one request. The answer reports the budget that was charged last. */
  forReply(reply: FastifyReply): RequestLimits {
    return new RequestLimits(this.#budgets, reply, (user, bytes) => this.#takeBlocks(user, bytes));
  }

  #takeBlocks(user: string, bytes: number): number {
    const total = (this.#uncharged.get(user) ?? 0) + bytes;
    this.#uncharged.set(user, total % blockBytes);
    return Math.floor(total / blockBytes);
  }
}

export class RequestLimits {
  readonly #budgets: Readonly<Record<BudgetKind, Budget>>;
  readonly #reply: FastifyReply;
  readonly #charged = new Set<BudgetKind>();
  readonly #takeBlocks: (user: string, bytes: number) => number;

  constructor(
    budgets: Readonly<Record<BudgetKind, Budget>>,
    reply: FastifyReply,
    takeBlocks: (user: string, bytes: number) => number,
  ) {
    this.#budgets = budgets;
    this.#reply = reply;
    this.#takeBlocks = takeBlocks;
  }

  /** Charges the size of a user's body. Throws RATE_LIMITED. */
  async chargeBytes(user: string, bytes: number): Promise<void> {
    const blocks = this.#takeBlocks(user, bytes);
    if (blocks > 0) await this.charge('bytes', user, blocks);
  }

  /** Whether the request has been charged. `tokens` does not count, because it only covers reading the body. */
  get isCharged(): boolean {
    return this.#charged.size > (this.#charged.has('tokens') ? 1 : 0);
  }

  /** Charges a budget unless this request has already been charged to it. Throws RATE_LIMITED. */
  async chargeOnce(kind: BudgetKind, key: string): Promise<void> {
    if (!this.#charged.has(kind)) await this.charge(kind, key);
  }

  /** Charges a budget. Throws RATE_LIMITED if it is spent. */
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
    throw new ServerFault('RATE_LIMITED', { retry_after });
  }
}
