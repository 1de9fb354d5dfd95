import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { AuditLogRow } from '../db/schema.ts';
import { applyPatch } from '../entities/patch.ts';
import { parse } from '../history/effect.ts';
import { betweenIn } from './between.ts';
import type { Carrying, Carryings } from './carried.ts';
import { nowhere } from './classify.ts';
import type { State } from './classify.ts';
import { wentByItself } from './followed.ts';
import { goneByRefresh } from './gone.ts';

type Past = Pick<AuditLogRow, 'id' | 'action' | 'payload_before' | 'payload_after' | 'meta'>;
const about = `SELECT id, action, payload_before, payload_after, meta FROM audit_logs
  WHERE entity_id = ? AND id >= ? ORDER BY id`;

/** A row of live's log about a record, and what carried it. */
interface Carried extends Past {
  by: Carrying;
}

/** What of it is about work of Play. */
interface Brought extends Carried {
  /** What the base was before; undefined where the base knows of it already. */
  former: State | undefined;
}

interface Record {
  /** Its id in live. */
  id: string;
  /** What it was at the base. */
  base: State;
  /** The row of live's log that comes after the base. */
  from: number;
}

/**
 * What a record is compared with, where its base is that: what live got from Play since then, and what it took back of that, is no change
 * of live's own. So work that live took back is Play's again, and what Play did to it after it was promoted is Play's.
 */
export function withCarried(
  sides: { live: ReadHandle; play: ReadHandle; carrying: Carryings },
  { id, base, from }: Record,
): State {
  const { live, play, carrying } = sides;
  const { inLive } = carrying;
  const first = inLive[0];
  if (!first || (inLive.at(-1)?.end ?? 0) <= from) return base;
  const rows = live.all<Past>(about, [id, first.id]);
  const between = betweenIn(play, carrying.stepped, id);
  const carried = rows.flatMap((row): Carried[] => {
    const by = inLive.find((one) => one.id <= row.id && row.id < one.end);
    return by && !between(by.play) ? [{ ...row, by }] : [];
  });
  const broughtIn = rows[0]?.action === 'create' && carried[0]?.id === rows[0].id && !carried[0].by.takes;
  let state = base;
  const brought: Brought[] = [];
  let aside = false;
  for (const row of carried) {
    const part = row.by.moment === null ? row : partOf(row, row.by.moment, brought);
    if (!part) continue;
    if (row.id >= from && (wentByItself(part, state) || (aside && part.action !== 'update'))) {
      aside = part.action === 'delete';
      continue;
    }
    const before = beforeThat(row.by, brought);
    brought.push({ ...part, by: row.by, former: row.id < from ? undefined : state });
    if (row.id < from || (row.by.takes && goneByRefresh(play, id))) continue;
    state = before ? backTo(before, state, part) : stepped(state, part);
    if (part.action === 'delete' && row.by.takes && broughtIn) state = nowhere;
  }
  return state;
}

/**
 * What the base was before what is undone now, or after the moment that is gone back to: so it is again, also where a conflict was decided in between.
 * Undefined where nothing that counts is taken back.
 */
function beforeThat(by: Carrying, brought: readonly Brought[]): State | undefined {
  const { root, takes, moment } = by;
  if (takes && moment !== null) return brought.find((one) => one.by.id > moment)?.former;
  if (!takes && moment === null) return undefined;
  const last = brought.findLast((one) => one.by.root === root && one.by.takes !== takes)?.by;
  return brought.find((one) => one.by === last)?.former;
}

/** Of a row that goes back to a moment, what is about work of Play that came since: null where nothing is. */
function partOf(row: Past, moment: number, before: readonly Carried[]): Past | null {
  const brought = before.filter(({ by }) => by.id > moment);
  if (row.action !== 'update') return brought.some(({ action }) => action !== 'update') ? row : null;
  const fields = new Set(
    brought.flatMap(({ payload_before, payload_after }) =>
      [payload_before, payload_after].flatMap((side) => Object.keys(parse(side))),
    ),
  );
  const only = (side: string | null): string =>
    JSON.stringify(Object.fromEntries(Object.entries(parse(side)).filter(([field]) => fields.has(field))));
  return { ...row, payload_before: only(row.payload_before), payload_after: only(row.payload_after) };
}

/** Undone, a promotion leaves what it changed as it was before it. */
function backTo(before: State, state: State, { action, payload_before, payload_after }: Past): State {
  if (action !== 'update' || !before.payload || !state.payload) return before;
  const touched = new Set([payload_before, payload_after].flatMap((side) => Object.keys(parse(side))));
  const only = (payload: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(payload).filter(([field]) => touched.has(field)));
  return { ...state, payload: applyPatch(state.payload, only(state.payload), only(before.payload)) };
}

function stepped(state: State, { action, payload_before, payload_after }: Past): State {
  if (action === 'delete') return { ...state, payload: null };
  if (action !== 'update') return { id: state.id ?? '', payload: parse(payload_after) };
  if (!state.payload) return state;
  return { ...state, payload: applyPatch(state.payload, parse(payload_before), parse(payload_after)) };
}
