import { isEntityType } from '#shared/domain/types.ts';
import { titleOf } from '#shared/domain/title.ts';
import { addEntries, cursorAt, hasEventTitle, rowOfCursor } from '#shared/events/events.ts';
import type { EventPage, LogEntry } from '#shared/events/events.ts';
import { signedIn } from '../procedures.ts';
import { postgresStorage, readServer } from '../sync/postgres-storage.ts';
import { followMoves, scopeOf } from '../sync/pull.ts';
import { otherHistoryError } from '../sync/push.ts';
import { readRecords } from '../sync/records.ts';
import type { LogRow } from '../sync/storage.ts';

const operationQuery = 'SELECT op_id FROM audit_transactions WHERE id <= $1 ORDER BY id DESC LIMIT 1';
const isFirst = (condition: string): string =>
  `NOT EXISTS (SELECT FROM audit_logs WHERE id >= t.id AND id < l.id AND ${condition})`;
/** Numbers follow commit order. Row security and the view hide what the caller may not see. */
const entriesQuery = `SELECT coalesce(l.id, t.id) AS row, t.id AS first, t.op_id, t.label, t.actor, t.created_at,
    CASE WHEN t.is_erasure AND ${isFirst('true')} THEN t.erases END AS erases,
    ${isFirst('true')} AS is_first,
    l.entity_type = 'task' AND ${isFirst("entity_type = 'task' AND action = 'create'")} AS is_first_task,
    l.action, l.entity_type AS type, l.entity_id AS id, l.payload_before AS before, l.payload_after AS after
  FROM readable_operations t LEFT JOIN audit_logs l ON l.id >= greatest(t.id, $1::bigint + 1) AND l.id < t.id + t.changes
  WHERE t.id >= coalesce((SELECT max(id) FROM audit_transactions WHERE id <= $1), 0) AND (l.id IS NOT NULL OR t.id > $1)
  ORDER BY t.id, l.id LIMIT 500`;

type StoredEntry = Omit<LogEntry, 'record' | 'title'> & LogRow;

export const eventHandlers = {
  read: signedIn.events.read.handler(({ input, context: { services, caller } }) =>
    services.database.readAsUser(caller, async (sql): Promise<EventPage> => {
      const [page, read] = [{ events: [], cursor: input.after }, rowOfCursor(input.after)];
      const last = await sql.get<{ op_id: string }>(operationQuery, [read]);
      const { server_id, generation } = await readServer(sql);
      if (input.after !== '' && cursorAt(read, last?.op_id ?? '') !== input.after)
        throw otherHistoryError(generation);
      const stored = await sql.all<StoredEntry>(entriesQuery, [read]);
      const rows = await followMoves(postgresStorage(sql), scopeOf(caller, 'all'), stored);
      const titled = rows.flatMap(({ type, id }) => (isEntityType(type) && hasEventTitle(type) ? [id] : []));
      const records = await readRecords(sql, titled);
      const entries = rows.map(({ action, type, id, before, after, ...entry }): LogEntry => {
        const record = isEntityType(type) ? { action, type, id, before, after } : null;
        const payload = records.get(id)?.payload;
        return { ...entry, record, title: record && payload ? titleOf(record.type, payload) : null };
      });
      addEntries(page, entries, server_id, { types: input.types ?? null, limit: input.limit });
      return page;
    }),
  ),
};
