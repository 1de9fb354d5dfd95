import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { referencesOf } from '../model/validate.ts';
import { parse } from '../history/effect.ts';
import type { State, Triple } from './classify.ts';

interface Logs {
  live: ReadHandle;
  play: ReadHandle;
  /** The row from which on they may tell the sides apart. */
  from: number;
}

type Past = Pick<AuditLogRow, 'action' | 'payload_before' | 'payload_after' | 'meta'>;
const about = `SELECT action, payload_before, payload_after, meta FROM audit_logs
  WHERE entity_id = ? AND id >= ? ORDER BY id DESC`;

const sides = ['live', 'play'] as const;

/**
 * What a record is compared with, without what it hangs on there that is not at the base, where one of the sides lost it with that: an end, a
 * university, or a reference. Promotions, and what live takes back of them, move the base of the records that they write; what had gone
 * with those before is written by none of them, and is not at the base either.
 */
export function withoutLost(
  logs: Logs,
  { type, base, live, play }: Pick<Triple, 'type' | 'base' | 'live' | 'play'>,
  isThere: (id: string) => boolean,
): State {
  if (!base.payload || (!isEntityType(type) && type !== 'profile')) return base;
  const states = { live, play };
  let payload: JsonObject = base.payload;
  for (const { key } of referencesOf(type)) {
    const target = payload[key];
    if (typeof target !== 'string') continue;
    const needed = type === 'interface' || (key === 'university_id' && type !== 'profile');
    const losing = sides.filter((side) => isLost(states[side], key, needed));
    if (losing.length === 0 || isThere(target)) continue;
    const lost = losing.find((side) => wentWithAnother(logs[side], logs.from, states[side], key));
    if (!lost) continue;
    const left = states[lost].payload;
    if (!left) return { ...base, payload: null };
    const { [key]: _, ...others } = payload;
    payload = Object.hasOwn(left, key) ? { ...payload, [key]: null } : others;
  }
  return payload === base.payload ? base : { ...base, payload };
}

/** Whether a side has it no more, or not that reference of it. */
const isLost = ({ payload }: State, key: string, needed: boolean): boolean =>
  payload ? (payload[key] ?? null) === null : needed;

/** Whether that was because of another: what somebody removed or emptied itself is told apart by that. */
function wentWithAnother(db: ReadHandle, from: number, { id, payload }: State, key: string): boolean {
  const rows = id === null ? [] : db.all<Past>(about, [id, from]);
  const last = payload ? rows.find((row) => touches(row, key)) : rows[0];
  return last?.action === (payload ? 'update' : 'delete') && typeof parse(last.meta).because === 'string';
}

const touches = ({ payload_before, payload_after }: Past, key: string): boolean =>
  [payload_before, payload_after].some((side) => Object.hasOwn(parse(side), key));
