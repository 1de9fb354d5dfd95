import { setTimeout as sleep } from 'node:timers/promises';
import type { EventRequest, WorkspaceEvent } from '#shared/events/events.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { isoTime } from '../kernel/system.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { CallContext } from '../model/services.ts';
import { newestCursor, waitForEvents } from './read.ts';

const registerSql =
  'INSERT INTO subscribers (name, cursor, updated_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const advanceSql =
  'UPDATE subscribers SET cursor = ?, updated_at = ?, error = NULL WHERE name = ? AND cursor = ?';
const failSql = 'UPDATE subscribers SET error = ?, updated_at = ? WHERE name = ?';
const subscribersQuery = `SELECT name, error,
    (SELECT count(*) FROM audit_transactions WHERE id > CAST(cursor AS INTEGER)) AS behind FROM subscribers ORDER BY name`;

/** Its own effects happen at least once. The returned writes happen exactly once, because they commit with the cursor. */
type EventHandler = (events: readonly WorkspaceEvent[]) => Promise<((write: WriteContext) => void) | void>;

interface ConsumeOptions {
  types?: EventRequest['types'];
  /** The cursor of a new subscriber; by default that after the newest event. */
  after?: string | undefined;
  signal?: AbortSignal;
  /** Milliseconds before events are handled again after an error. */
  retryMs?: number;
}

/**
 * Hands events to a durable subscriber, in order, until aborted or the workspace closes. Several processes can do this under one name. An
 * error is stored, and the next change is tried again, alone. Writes of records are events, too.
 */
export function consume(
  { services, session }: CallContext,
  name: string,
  handle: EventHandler,
  { types = null, after, signal, retryMs = 5000 }: ConsumeOptions = {},
): Promise<void> {
  const { read, queue, source, background, log } = services;
  const now = (): string => isoTime(source.clock.now());
  const handleNext = async (limit: number, ended: AbortSignal): Promise<void> => {
    const cursor = read.column<string>('SELECT cursor FROM subscribers WHERE name = ?', [name])[0] ?? '';
    const page = await waitForEvents(services, { after: cursor, types, limit }, ended);
    const write = page && page.events.length > 0 ? await handle(page.events) : undefined;
    if (!page || ended.aborted) return;
    await queue.command(session, (context) => {
      // Otherwise, another process has handled these events.
      if (context.db.run(advanceSql, [page.cursor, now(), name, cursor]) > 0) write?.(context);
    });
  };
  return background.run(async (ended) => {
    await queue.unaudited((db) => db.run(registerSql, [name, after ?? newestCursor(db), now()]));
    for (let limit = 100; !ended.aborted;)
      try {
        await handleNext(limit, ended);
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
