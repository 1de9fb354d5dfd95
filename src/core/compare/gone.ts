import type { ReadHandle } from '../kernel/db/connection.ts';
import { refreshed } from './moves.ts';

const lastAbout = `SELECT id, action FROM audit_logs WHERE entity_id = ? AND id < ? ORDER BY id DESC LIMIT 1`;
const within = 'SELECT label, undoes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const idOf = 'SELECT id FROM audit_transactions WHERE op_id = ?';

/**
 * Whether Play does not have a record because a refresh took it away, and nothing else was done with it since. What was undone leaves what
 * was there before.
 */
export function goneByRefresh(play: ReadHandle, record: string): boolean {
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const last = play.get<{ id: number; action: string }>(lastAbout, [record, before]);
    if (last?.action !== 'delete') return false;
    const by = play.get<{ label: string; undoes: string | null }>(within, [last.id]);
    if (!by) return false;
    if (by.undoes === null) return by.label === refreshed;
    before = play.get<{ id: number }>(idOf, [by.undoes])?.id ?? 0;
  }
}
