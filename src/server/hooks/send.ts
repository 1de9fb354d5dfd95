import { setTimeout } from 'node:timers/promises';
import type { LookupFunction } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import type { HttpClient } from '#http/client.ts';
import { eventsOf } from '#shared/events/events.ts';
import type { LogEntry } from '#shared/events/events.ts';
import { blockListOf, postGuarded } from '#http/guarded-post.ts';
import type { ServerConfig } from '../config.ts';
import type { Database } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import { standardSignature } from './verify.ts';

export interface HookSenderOptions {
  database: Database;
  config: Pick<ServerConfig, 'hookNetworks'>;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Pick<FastifyBaseLogger, 'error'>;
  http: Pick<HttpClient, 'trust'>;
  /** Looks up the names of receivers; by default as the system does. */
  lookup?: LookupFunction | undefined;
  /** Milliseconds between reads of the history. */
  pollInterval?: number;
}

const [second, minute, hour] = [1000, 60_000, 3_600_000];
/** Milliseconds after each failed attempt; after the last one the delivery is dead. */
const retryDelays = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];
/** Retries of many deliveries are spread over up to a tenth of the delay. */
const jitter = 0.1;
const failuresBeforePause = 5;
/** An attempt takes ten seconds at most. After this time, another server assumes that its server has stopped. */
const lease = minute;
const changesPerRead = 500;
const defaultPollInterval = 5 * second;
/** The status of a receiver that wants no more deliveries. */
const refusedForGood = '410';

/** Deliveries that are due: of a webhook that is on and not paused. A clock that was once far ahead pauses no webhook for longer. */
const dueCondition = `h.direction = 'out' AND h.state = 'on' AND (h.paused_until IS NULL OR h.paused_until <= $1
  OR h.paused_until > $1::timestamptz + interval '1 hour') AND d.state = 'waiting' AND d.next_at <= $1`;
const dueHooks = `SELECT DISTINCT h.id FROM hooks h JOIN deliveries d ON d.hook = h.id WHERE ${dueCondition}`;
/** Takes the next delivery of a webhook. One with failures is paused meanwhile, so that a single attempt tries it. */
const claimDelivery = `WITH due AS (SELECT d.hook, d.id FROM hooks h JOIN deliveries d ON d.hook = h.id WHERE ${dueCondition} AND h.id = $2
    ORDER BY d.at, d.id LIMIT 1 FOR UPDATE SKIP LOCKED),
  paused AS (UPDATE hooks h SET paused_until = $3 FROM due WHERE h.id = due.hook AND h.failures >= ${failuresBeforePause})
  UPDATE deliveries d SET next_at = $3 FROM due, hooks h WHERE d.hook = due.hook AND d.id = due.id AND h.id = due.hook
  RETURNING d.hook, d.id, d.body, d.attempts, h.url, h.secrets`;

type ChangedRow = Omit<LogEntry, 'erases' | 'title'>;
/** The changes of tasks and repairs between two rows of the history. */
const changesQuery = `SELECT l.id AS row, t.id AS first, t.op_id, t.label, t.actor, l.created_at,
    l.entity_type = 'task' AND NOT EXISTS (SELECT FROM audit_logs o WHERE o.id >= t.id AND o.id < l.id AND o.entity_type = 'task'
      AND o.action = 'create') AS is_first_task,
    jsonb_build_object('action', l.action, 'type', l.entity_type, 'id', l.entity_id, 'before', l.payload_before, 'after', l.payload_after) AS record
  FROM audit_logs l JOIN LATERAL (SELECT id, op_id, label, actor FROM audit_transactions WHERE id <= l.id ORDER BY id DESC LIMIT 1) t ON true
  WHERE l.id > $1 AND l.id <= $2 AND l.entity_type IN ('task', 'repair') ORDER BY l.id LIMIT ${changesPerRead}`;

interface ClaimedDelivery {
  hook: string;
  id: string;
  body: string;
  attempts: number;
  url: string;
  secrets: string[];
}

/** Sends changes of tasks and repairs to outgoing webhooks. Its state is in the database, so a restart loses nothing. */
export class HookSender {
  readonly #options: HookSenderOptions;
  readonly #stopController = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(options: HookSenderOptions) {
    this.#options = options;
  }

  start(): this {
    this.#loop ??= this.#runLoop();
    return this;
  }

  async stop(): Promise<void> {
    this.#stopController.abort();
    await this.#loop;
  }

  async #runLoop(): Promise<void> {
    const { signal } = this.#stopController;
    const { log, pollInterval = defaultPollInterval } = this.#options;
    for (;;) {
      await setTimeout(pollInterval, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.sendDue().catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'webhooks could not be sent');
      });
    }
  }

  /** Reads new changes, and sends due deliveries: to each webhook one after the other. */
  async sendDue(): Promise<void> {
    const { database, now } = this.#options;
    while (await this.#readChanges());
    const hooks = await database.all<{ id: string }>(dueHooks, [isoTime(now())]);
    await Promise.all(
      hooks.map(async ({ id }) => {
        for (let isSent = true; isSent && !this.#stopController.signal.aborted;)
          isSent = await this.#sendNext(id);
      }),
    );
  }

  /** Adds a delivery for each change that a webhook has not read. Returns whether there are more. */
  #readChanges(): Promise<boolean> {
    const { database, now } = this.#options;
    return database.transaction(async (sql) => {
      const hooks = await sql.all<{ id: string; cursor: number; last: number; server: string }>(
        // After a restore of an older backup, the history is shorter than the cursor.
        `SELECT id, least(cursor, next_row - 1) AS cursor, next_row - 1 AS last, server_id AS server FROM hooks, server
         WHERE direction = 'out' AND state = 'on' AND cursor <> next_row - 1 FOR UPDATE OF hooks SKIP LOCKED`,
      );
      let hasMore = false;
      for (const { id, cursor, last, server } of hooks) {
        const rows = await sql.all<ChangedRow>(changesQuery, [cursor, last]);
        const isPart = rows.length === changesPerRead;
        hasMore ||= isPart;
        const deliveries = rows.flatMap((row) => {
          // Without the title, so that an erasure concerns no delivery; without the other names of the change, which would be sent again.
          const [event] = eventsOf({ ...row, erases: null, title: null }, server);
          return event ? [{ id: event.id, body: JSON.stringify(event), at: event.time }] : [];
        });
        await sql.run(
          `INSERT INTO deliveries (hook, id, direction, state, next_at, body, at)
           SELECT $1, id, 'out', 'waiting', $2, body, at FROM jsonb_to_recordset($3::jsonb) AS r(id text, body text, at timestamptz) ON CONFLICT DO NOTHING`,
          [id, isoTime(now()), JSON.stringify(deliveries)],
        );
        await sql.run('UPDATE hooks SET cursor = $2 WHERE id = $1', [id, isPart ? rows.at(-1)?.row : last]);
      }
      return hasMore;
    });
  }

  /** Returns whether a delivery was due. */
  async #sendNext(hook: string): Promise<boolean> {
    const { database, now } = this.#options;
    const [time, leaseEnd] = [isoTime(now()), isoTime(now() + lease)];
    const delivery = await database.get<ClaimedDelivery>(claimDelivery, [time, hook, leaseEnd]);
    if (!delivery) return false;
    const problem = await this.#post(delivery);
    // An attempt that the stopping server broke off says nothing about the receiver.
    if (problem === null || !this.#stopController.signal.aborted) await this.#saveResult(delivery, problem);
    return true;
  }

  /** Returns the status or code of a failure; null for success. */
  async #post({ id, body, url, secrets }: ClaimedDelivery): Promise<string | null> {
    const { now, config, http, lookup } = this.#options;
    const time = String(Math.floor(now() / second));
    const signatures = secrets.map((secret) => standardSignature(secret, { id, time, body }));
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'FRAMES',
      'webhook-id': id,
      'webhook-timestamp': time,
      'webhook-signature': signatures.join(' '),
    };
    const { signal } = this.#stopController;
    try {
      const own = blockListOf(config.hookNetworks);
      const status = await postGuarded({ url, body, headers, own, trust: http.trust, lookup, signal });
      return status >= 200 && status < 300 ? null : String(status);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      return code === 'ABORT_ERR' ? 'ETIMEDOUT' : code;
    }
  }

  async #saveResult({ hook, id, attempts }: ClaimedDelivery, problem: string | null): Promise<void> {
    const time = this.#options.now();
    const isRefused = problem === refusedForGood;
    const delay = isRefused ? undefined : retryDelays[attempts];
    const failedState = delay === undefined ? 'dead' : 'waiting';
    const nextTime = time + (delay ?? 0) * (1 + Math.random() * jitter);
    await this.#options.database.transaction(async (sql) => {
      await sql.run(
        `UPDATE deliveries SET state = $3, attempts = attempts + 1, next_at = $4, error = $5, at = CASE $3 WHEN 'waiting' THEN at ELSE $6 END
         WHERE hook = $1 AND id = $2`,
        [hook, id, problem === null ? 'sent' : failedState, isoTime(nextTime), problem, isoTime(time)],
      );
      // The pause doubles with each failure.
      await sql.run(
        `UPDATE hooks SET failures = CASE WHEN $2 THEN failures + 1 ELSE 0 END, state = CASE WHEN $3 THEN 'off' ELSE state END,
           paused_until = CASE WHEN $2 AND failures + 1 >= ${failuresBeforePause}
             THEN $4::timestamptz + least(interval '1 hour', interval '1 minute' * power(2, least(failures + 1 - ${failuresBeforePause}, 6))) END
         WHERE id = $1`,
        [hook, problem !== null, isRefused, isoTime(time)],
      );
    });
  }
}
