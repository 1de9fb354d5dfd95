import { cursorAt } from '#shared/events/events.ts';
import type { Hint } from '../hints.ts';
import type { HistoryEntry } from './storage.ts';

const eventNames = { create: 'created', restore: 'created', update: 'updated', delete: 'deleted' } as const;
/** Hints of larger operations do not list records. */
const maxRecords = 100;

export function hintOf(seq: number, { op_id, stamp, actor, rows }: HistoryEntry): Hint {
  const changes = rows
    .slice(0, rows.length > maxRecords ? 0 : maxRecords)
    .map(({ action, type, id, universities }) => {
      return { event: eventNames[action], type, id, universities: [...universities] };
    });
  const cursor = cursorAt(seq + Math.max(1, rows.length) - 1, op_id);
  return { seq, op_id, cursor, stamp, actor, changes };
}
