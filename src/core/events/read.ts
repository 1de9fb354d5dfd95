import { Fault } from '#shared/contract/faults.ts';
import { addEntries, cursorAt, hasEventTitle, rowOfCursor } from '#shared/events/events.ts';
import type { EventPage, EventRequest, LogEntry } from '#shared/events/events.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { runYielding } from '../kernel/progress.ts';
import { readHead } from '../log/audit/head.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { readNames } from '../model/names.ts';
import type { Services } from '../model/services.ts';

const operationQuery = 'SELECT op_id FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const entriesAtOnce = 500;
const isRecord = `entity_type IN (${entityTypes.map((type) => `'${type}'`).join(', ')})`;
const isFirst = (condition: string): string =>
  `NOT EXISTS (SELECT 1 FROM audit_logs WHERE id >= t.id AND id < l.id AND ${condition})`;
const entriesQuery = `SELECT coalesce(l.id, t.id) AS row, t.id AS first, t.op_id, t.label, t.actor, t.created_at,
    CASE WHEN t.label IN ('people.erase', 'sync.erased') AND ${isFirst(isRecord)} THEN t.params END AS erases,
    ${isFirst(isRecord)} AS is_first,
    l.entity_type = 'task' AND ${isFirst("entity_type = 'task' AND action = 'create'")} AS is_first_task,
    l.action, l.entity_type AS type, l.entity_id AS id, l.payload_before AS before, l.payload_after AS after
  FROM audit_transactions t LEFT JOIN audit_logs l ON l.id >= max(t.id, :after + 1) AND l.id < t.id + t.changes AND l.${isRecord}
  WHERE t.id >= coalesce((SELECT max(id) FROM audit_transactions WHERE id <= :after), 0) AND (l.id IS NOT NULL OR t.id > :after)
  ORDER BY t.id, l.id LIMIT ${entriesAtOnce}`;

type Entry = Omit<LogEntry, 'erases' | 'record' | 'title'> &
  Record<'erases' | 'before' | 'after', string | null>;
type StoredEntry = Entry & Pick<NonNullable<LogEntry['record']>, 'action' | 'type' | 'id'>;
const parse = (text: string | null) => (text === null ? null : parsePayload(text));

function toEntries(db: ReadHandle, stored: readonly StoredEntry[]): LogEntry[] {
  const titled = stored.flatMap(({ type, id }) => (id !== null && hasEventTitle(type) ? [id] : []));
  const names = readNames(db, titled);
  return stored.map(({ action, type, id, before, after, erases, ...entry }) => ({
    ...entry,
    erases: parse(erases) as LogEntry['erases'],
    record: id === null ? null : { action, type, id, before: parse(before), after: parse(after) },
    title: names.get(id)?.title ?? null,
  }));
}

/** Events after a cursor. Yields their number. Throws NOT_FOUND for a cursor of another log. */
export function* readEvents(db: ReadHandle, request: EventRequest): Generator<number, EventPage, void> {
  const page: EventPage = { events: [], cursor: request.after };
  const last = db.column<string>(operationQuery, [rowOfCursor(page.cursor)])[0] ?? '';
  if (page.cursor !== '' && cursorAt(rowOfCursor(page.cursor), last) !== page.cursor)
    throw new Fault('NOT_FOUND', { type: 'cursor', id: page.cursor });
  for (;;) {
    const stored = db.all<StoredEntry>(entriesQuery, { after: rowOfCursor(page.cursor) });
    addEntries(page, toEntries(db, stored), readFacts(db).id, request);
    if (stored.length < entriesAtOnce || page.events.length >= request.limit) return page;
    yield page.events.length;
  }
}

/** The cursor after the newest event. */
export function newestCursor(db: ReadHandle): string {
  const { id, op_id, changes } = readHead(db);
  return cursorAt(id + changes - 1, op_id);
}

/** Like `readEvents`, but waits for a log entry of any process. Null once the signal is aborted. */
export async function waitForEvents(
  { read, feed, source: { clock } }: Services,
  request: EventRequest,
  signal: AbortSignal,
): Promise<EventPage | null> {
  while (!signal.aborted) {
    const page = await runYielding(readEvents(read, request), { clock });
    if (page.cursor !== request.after) return page;
    await feed.waitForChange(rowOfCursor(request.after), signal);
  }
  return null;
}
