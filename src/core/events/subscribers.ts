import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { EventRequest, WorkspaceEvent } from '#shared/events/events.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { isoTime } from '../kernel/system.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { readHead } from '../log/audit/head.ts';
import type { CallContext, Services } from '../model/services.ts';
import { newestCursor, waitForEvents } from './read.ts';

const registerSql =
  'INSERT INTO subscribers (name, cursor, updated_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const advanceSql =
  'UPDATE subscribers SET cursor = ?, updated_at = ?, error = NULL WHERE name = ? AND cursor = ?';
const failSql = 'UPDATE subscribers SET error = ?, updated_at = ? WHERE name = ?';
const forgetSql = 'DELETE FROM subscribers WHERE name = ?';
const cursorQuery = 'SELECT cursor FROM subscribers WHERE name = ?';
const subscribersQuery = `SELECT name, error,
    (SELECT count(*) FROM audit_transactions WHERE id > CAST(cursor AS INTEGER)) AS behind FROM subscribers ORDER BY name`;

/** Its own effects happen at least once. The returned writes happen exactly once, because they commit with the cursor. */
type EventHandler = (
  events: readonly WorkspaceEvent[],
  signal: AbortSignal,
) => Promise<((write: WriteContext) => void) | void>;

interface ConsumeOptions {
  types?: EventRequest['types'];
  /** The cursor of a new subscriber; by default that after the newest event. */
  after?: string | undefined;
  signal?: AbortSignal;
  /** Milliseconds before events are handled again after an error. */
  retryMs?: number;
  /** Waits until another process adds the subscriber. Otherwise it is added, and the work ends when it is forgotten. */
  isOptional?: boolean;
}

const nowOf = ({ source }: Pick<Services, 'source'>): string => isoTime(source.clock.now());

/** Adds a subscriber, unless it exists; by default at the newest event. */
export const addSubscriber = (
  services: Pick<Services, 'queue' | 'source'>,
  name: string,
  after?: string,
): Promise<unknown> =>
  services.queue.unaudited((db) => db.run(registerSql, [name, after ?? newestCursor(db), nowOf(services)]));

/** Removes a subscriber with its position. Throws NOT_FOUND. */
export const forgetSubscriber = (services: Pick<Services, 'queue'>, name: string): Promise<void> =>
  services.queue.unaudited((db) => {
    if (db.run(forgetSql, [name]) === 0) throw new Fault('NOT_FOUND', { type: 'subscriber', id: name });
  });

/**
 * Hands events to a durable subscriber, in order, until aborted or the workspace closes. Several processes can do this under one name. An
 * error is stored, and the next change is tried again, alone. Writes of records are events, too.
 */
export function consume(
  { services, session }: CallContext,
  name: string,
  handle: EventHandler,
  { types = null, after, signal, retryMs = 5000, isOptional = false }: ConsumeOptions = {},
): Promise<void> {
  const { read, queue, feed, background, log } = services;
  const now = (): string => nowOf(services);
  /** False once the subscriber is forgotten. */
  const handleNext = async (limit: number, ended: AbortSignal): Promise<boolean> => {
    const [cursor] = read.column<string>(cursorQuery, [name]);
    if (cursor === undefined) {
      if (isOptional) await feed.waitForChange(readHead(read).id, ended);
      return isOptional;
    }
    const page = await waitForEvents(services, { after: cursor, types, limit }, ended);
    const write = page && page.events.length > 0 ? await handle(page.events, ended) : undefined;
    if (!page || ended.aborted) return false;
    await queue.command(session, (context) => {
      // Otherwise, another process has handled these events.
      if (context.db.run(advanceSql, [page.cursor, now(), name, cursor]) > 0) write?.(context);
    });
    return true;
  };
  return background.run(async (ended) => {
    if (!isOptional) await addSubscriber(services, name, after);
    for (let limit = 100; !ended.aborted;)
      try {
        if (!(await handleNext(limit, ended))) return;
        limit = 100;
      } catch (error) {
        if (ended.aborted) return;
        limit = 1;
        log.warn({ subscriber: name, error: String(error) }, 'events could not be handled');
        await queue.unaudited((db) => db.run(failSql, [String(error), now(), name])).catch(() => undefined);
        await sleep(retryMs, undefined, { signal: ended }).catch(() => undefined);
      }
  }, signal);
}

/** `behind` is the number of transactions that the subscriber has not read. */
export const subscribersIn = (db: ReadHandle): { name: string; error: string | null; behind: number }[] =>
  db.all(subscribersQuery);
