import type { Hint } from '../hints.ts';
import type { HistoryEntry } from './history.ts';

const events = { create: 'created', restore: 'created', update: 'updated', delete: 'deleted' } as const;
/** A larger operation is told of without its records. */
const most = 100;

/** What is told of an operation once it is committed. */
export function hintOf(seq: number, { op_id, stamp, actor, rows }: HistoryEntry): Hint {
  const changes = rows.slice(0, rows.length > most ? 0 : most).map(({ action, type, id, universities }) => {
    return { event: events[action], type, id, universities: [...universities] };
  });
  return { seq, op_id, stamp, actor, changes };
}
