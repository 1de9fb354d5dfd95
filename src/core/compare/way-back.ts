import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { applyPatch } from '../log/records/patch.ts';
import { parse } from '../history/effect.ts';
import type { Carrying } from './carried.ts';
import type { State } from './classify.ts';

export type Past = Pick<AuditLogRow, 'id' | 'action' | 'payload_before' | 'payload_after' | 'meta'>;
/** A row of live's log about a record, and what carried it. */
export interface Carried extends Past {
  by: Carrying;
}

/** What of it is about work of Play. */
export interface Brought extends Carried {
  /** What the base was before; undefined where the base knows of it already. */
  former: State | undefined;
}

/**
 * What the base was before what is undone now, or after the moment that is gone back to: so it is again, also where a conflict was decided in between.
 * Undefined where nothing that counts is taken back.
 */
export function beforeThat(by: Carrying, brought: readonly Brought[]): State | undefined {
  const { root, takes, moment } = by;
  if (takes && moment !== null) return brought.find((one) => one.by.id > moment)?.former;
  if (!takes && moment === null) return undefined;
  const last = brought.findLast((one) => one.by.root === root && one.by.takes !== takes)?.by;
  return brought.find((one) => one.by === last)?.former;
}

/** Of a row that goes back to a moment, what is about work of Play that came since: null where nothing is. */
export function partOf(row: Past, moment: number, before: readonly Carried[]): Past | null {
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
export function backTo(before: State, state: State, { action, payload_before, payload_after }: Past): State {
  if (action !== 'update' || !before.payload || !state.payload) return before;
  const touched = new Set([payload_before, payload_after].flatMap((side) => Object.keys(parse(side))));
  const only = (payload: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(payload).filter(([field]) => touched.has(field)));
  return { ...state, payload: applyPatch(state.payload, only(state.payload), only(before.payload)) };
}
