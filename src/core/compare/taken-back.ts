import type { ReadHandle } from '../db/connection.ts';
import { isUndone, latestOf } from '../history/queries.ts';
import type { Base } from '../sandboxes/facts.ts';
import { refreshed } from './moves.ts';

/** The label of the transaction that brings a sandbox's changes into live. */
export const promoted = 'sandbox.promoted';

const promotions = `SELECT id, op_id FROM audit_transactions WHERE id >= :common AND id <= :base AND label = '${promoted}'
  AND undoes IS NULL AND redoes IS NULL AND json_extract(params, '$.id') = :sandbox ORDER BY id`;
const lastAbout = `SELECT id, action FROM audit_logs WHERE entity_id = ? AND id < ? ORDER BY id DESC LIMIT 1`;
const within = 'SELECT label, undoes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const idOf = 'SELECT id FROM audit_transactions WHERE op_id = ?';
const aboutIds = 'SELECT DISTINCT entity_id FROM audit_logs WHERE id >= ? AND id < ?';

/**
 * Whether Play does not have a record because a refresh took it away, and nothing else was done with it since. What was undone leaves what
 * was there before.
 */
function goneByRefresh(play: ReadHandle, record: string): boolean {
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

/**
 * Records that live took back, since the base, of what it has of a sandbox from before the base; with the row of its log before which they
 * had nothing of that. They differ as Play's work, which nobody in live changed: live only does not have it any more. What a refresh
 * took from Play is no work of Play's.
 */
export function takenBack(
  live: ReadHandle,
  play: ReadHandle,
  sandbox: string,
  { common, base }: { common: number; base: Base },
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const before = live.all<{ id: number; op_id: string }>(promotions, { common, base: base.id, sandbox });
  for (const { id, op_id } of before) {
    const undo = isUndone(live, op_id) ? latestOf(live, op_id) : undefined;
    if (!undo || undo.id <= base.id) continue;
    for (const record of live.column<string>(aboutIds, [undo.id, undo.id + undo.changes]))
      if (!found.has(record) && !goneByRefresh(play, record)) found.set(record, id);
  }
  return found;
}
