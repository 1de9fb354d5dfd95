import { setTimeout } from 'node:timers/promises';
import type { LookupFunction } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import type { HttpClient } from '#http/client.ts';
import { blockListOf, postGuarded } from '#http/guarded-post.ts';
import type { ServerConfig } from '../config.ts';
import type { Database } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import { eventOf } from './events.ts';
import type { ChangedRow } from './events.ts';
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
const [failuresBeforePause, firstPause, maxPause] = [5, minute, hour];
/** An attempt takes ten seconds at most. After this time, another server assumes that its server has stopped. */
const lease = minute;
const eventsPerRead = 500;
const defaultPollInterval = 5 * second;
/** The status of a receiver that wants no more deliveries. */
const refusedForGood = 410;

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
    while (!signal.aborted) {
      await this.sendDue().catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'webhooks could not be sent');
      });
      await setTimeout(pollInterval, undefined, { signal, ref: false }).catch(() => undefined);
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
      const hooks = await sql.all<{ id: string; cursor: number; last: number }>(
        // After a restore of an older backup, the history is shorter than the cursor.
        `SELECT id, least(cursor, next_row - 1) AS cursor, next_row - 1 AS last FROM hooks, server
         WHERE direction = 'out' AND state = 'on' AND cursor <> next_row - 1 FOR UPDATE OF hooks SKIP LOCKED`,
      );
      let hasMore = false;
      for (const { id, cursor, last } of hooks) {
        const rows = await sql.all<ChangedRow>(
          `SELECT l.id AS row, l.id - t.id AS index, t.op_id, l.entity_type AS type, l.entity_id AS record, l.action, l.created_at AS at,
             (SELECT server_id FROM server) AS server
           FROM audit_logs l JOIN LATERAL (SELECT id, op_id FROM audit_transactions WHERE id <= l.id ORDER BY id DESC LIMIT 1) t ON true
           WHERE l.id > $1 AND l.id <= $2 AND l.entity_type IN ('task', 'repair') ORDER BY l.id LIMIT ${eventsPerRead}`,
          [cursor, last],
        );
        const isPart = rows.length === eventsPerRead;
        hasMore ||= isPart;
        const deliveries = rows.map((row) => {
          const event = eventOf(row);
          return { id: event.id, body: JSON.stringify(event), at: event.time };
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
    const delivery = await database.get<ClaimedDelivery>(claimDelivery, [
      isoTime(now()),
      hook,
      isoTime(now() + lease),
    ]);
    if (!delivery) return false;
    const problem = await this.#post(delivery);
    await this.#saveResult(delivery, problem);
    return true;
  }

  /** Returns the status or code of a failure; null for success. */
  async #post({ id, body, url, secrets }: ClaimedDelivery): Promise<string | null> {
    const { now, config, http, lookup } = this.#options;
    const time = String(Math.floor(now() / second));
    try {
      const status = await postGuarded({
        url,
        body,
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': 'FRAMES',
          'webhook-id': id,
          'webhook-timestamp': time,
          'webhook-signature': secrets
            .map((secret) => standardSignature(secret, { id, time, body }))
            .join(' '),
        },
        own: blockListOf(config.hookNetworks),
        trust: http.trust,
        lookup,
        signal: this.#stopController.signal,
      });
      return status >= 200 && status < 300 ? null : String(status);
    } catch (error) {
      if (!(error instanceof Error)) return String(error);
      return 'code' in error ? String(error.code) : error.name;
    }
  }

  async #saveResult({ hook, id, attempts }: ClaimedDelivery, problem: string | null): Promise<void> {
    const { database, now } = this.#options;
    // An attempt that the stopping server broke off says nothing about the receiver.
    if (problem !== null && this.#stopController.signal.aborted) return;
    await database.transaction(async (sql) => {
      const row = await sql.get<{ failures: number }>('SELECT failures FROM hooks WHERE id = $1 FOR UPDATE', [
        hook,
      ]);
      const failures = problem === null ? 0 : (row?.failures ?? 0) + 1;
      const pause = Math.min(maxPause, firstPause * 2 ** (failures - failuresBeforePause));
      const isPaused = failures >= failuresBeforePause;
      const isOff = problem === String(refusedForGood);
      const delay = isOff ? undefined : retryDelays[attempts];
      const state = problem === null ? 'sent' : delay === undefined ? 'dead' : 'waiting';
      const nextAt =
        state === 'waiting' ? isoTime(now() + (delay ?? 0) * (1 + Math.random() * jitter)) : null;
      await sql.run(
        `UPDATE deliveries SET state = $3, attempts = attempts + 1, next_at = $4, error = $5, at = CASE $3 WHEN 'waiting' THEN at ELSE $6 END
         WHERE hook = $1 AND id = $2`,
        [hook, id, state, nextAt, problem, isoTime(now())],
      );
      await sql.run(
        `UPDATE hooks SET failures = $2, paused_until = $3, state = CASE WHEN $4 THEN 'off' ELSE state END WHERE id = $1`,
        [hook, failures, isPaused ? isoTime(now() + pause) : null, isOff],
      );
    });
  }
}
