import type { ReadHandle } from '../kernel/db/connection.ts';
import { applyPatch } from '../log/records/patch.ts';
import { parse } from '../history/effect.ts';
import { betweenIn } from './between.ts';
import type { Carryings } from './carried.ts';
import { nowhere } from './classify.ts';
import type { State } from './classify.ts';
import { wentByItself } from './followed.ts';
import { goneByRefresh } from './gone.ts';
import { backTo, beforeThat, partOf } from './way-back.ts';
import type { Brought, Carried, Past } from './way-back.ts';

const about = `SELECT id, action, payload_before, payload_after, meta FROM audit_logs
  WHERE entity_id = ? AND id >= ? ORDER BY id`;

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
  /** It went by itself, so that it comes back by itself too. */
  let aside = false;
  for (const row of carried) {
    const part = row.by.moment === null ? row : partOf(row, row.by.moment, brought);
    if (!part) continue;
    if (row.by.moment === null && row.id >= from) {
      const comesBack = aside && row.action !== 'update';
      if (comesBack || wentByItself(row, state)) {
        aside = row.action === 'delete';
        continue;
      }
    }
    const before = beforeThat(row.by, brought);
    brought.push({ ...part, by: row.by, former: row.id < from ? undefined : state });
    if (row.id < from || (row.by.takes && goneByRefresh(play, id))) continue;
    state = before ? backTo(before, state, part) : stepped(state, part);
    if (part.action === 'delete' && row.by.takes && broughtIn) state = nowhere;
  }
  return state;
}

function stepped(state: State, { action, payload_before, payload_after }: Past): State {
  if (action === 'delete') return { ...state, payload: null };
  if (action !== 'update') return { id: state.id ?? '', payload: parse(payload_after) };
  if (!state.payload) return state;
  return { ...state, payload: applyPatch(state.payload, parse(payload_before), parse(payload_after)) };
}
