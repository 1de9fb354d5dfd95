import { applyPatch } from '#shared/domain/patch.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../kernel/db/schema.ts';
import { promotedLabel, refreshedLabel } from '../log/sandbox-facts.ts';
import type { Base } from '../log/sandbox-facts.ts';
import { parsePayload, patchOfRow } from '../log/audit/effect.ts';
import { isUndone } from '../log/audit/undone.ts';
import { absentState, stateBefore, stateOf } from './states.ts';
import type { Row, State } from './states.ts';

/** A transaction of live's log and the row after it. */
export interface Point extends Base {
  end: number;
}

/** What two logs are merged from. */
export interface MergeBase {
  /** Rows of both logs may differ from here on; 0 if they have nothing in common. */
  common: number;
  /** The transaction of live's log that both sides are compared with; null makes the comparison two-way. */
  base: Point | null;
  /** Where the base comes from: the sandbox's base, the last common transaction, or none. */
  based: 'base' | 'common' | 'none';
  /** Transactions of live's log that promoted changes of this sandbox and were not undone, oldest first. */
  promotions: readonly Span[];
}

interface Span {
  id: number;
  end: number;
}

type Header = Pick<AuditTransactionRow, 'id' | 'op_id' | 'hash' | 'changes'>;
const upTo = 'SELECT id, op_id, hash, changes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const byId = 'SELECT id, op_id, hash, changes FROM audit_transactions WHERE id = ?';

const pointOf = ({ id, op_id, hash, changes }: Header): Point => ({ id, op_id, hash, end: id + changes });

/** The merge base of live and a sandbox, or another copy that names a base. */
export function mergeBaseOf(
  live: ReadHandle,
  copy: ReadHandle,
  facts: { base: Base; id?: string },
): MergeBase {
  const last = lastCommon(live, copy);
  if (!last) return { common: 0, base: null, based: 'none', promotions: [] };
  const { end: common } = last;
  const base = facts.id === undefined ? facts.base : baseOfSandbox(copy, facts.base, common);
  const found = live.get<Header>(byId, [base.id]);
  const stands = found?.hash === base.hash && found.id >= last.id;
  const promotions = facts.id === undefined ? [] : promotionsOf(live, copy, common);
  return { common, base: stands ? pointOf(found) : last, based: stands ? 'base' : 'common', promotions };
}

const refreshes = `SELECT op_id, params FROM audit_transactions
  WHERE id >= ? AND label = '${refreshedLabel}' AND undoes IS NULL AND redoes IS NULL`;

/** The newest base of a sandbox: where it was copied, or where its last refresh moved it. */
export function baseOfSandbox(sandbox: ReadHandle, own: Base, common: number): Base {
  let base = own;
  for (const { op_id, params } of sandbox.all<{ op_id: string; params: string }>(refreshes, [common])) {
    const { now } = parsePayload(params) as { now?: Base };
    if (now && now.id > base.id && !isUndone(sandbox, op_id)) base = now;
  }
  return base;
}

type Promotion = Pick<AuditTransactionRow, 'id' | 'op_id' | 'changes' | 'params'>;
const promotions = `SELECT id, op_id, changes, params FROM audit_transactions
  WHERE id >= ? AND label = '${promotedLabel}' AND undoes IS NULL AND redoes IS NULL ORDER BY id`;
const newestRedo = 'SELECT id, changes FROM audit_transactions WHERE redoes = ? ORDER BY id DESC LIMIT 1';

/** Promotions are matched by the transaction that was the newest then, since a duplicated sandbox has another id and the same history. */
function promotionsOf(live: ReadHandle, sandbox: ReadHandle, common: number): Span[] {
  return live
    .all<Promotion>(promotions, [common])
    .flatMap((promotion) => {
      const { play } = parsePayload(promotion.params) as { play?: { id: number; hash: string } };
      const isOwn = play && sandbox.get<Header>(byId, [play.id])?.hash === play.hash;
      if (!isOwn || isUndone(live, promotion.op_id)) return [];
      const { id, changes } = live.get<Header>(newestRedo, [promotion.op_id]) ?? promotion;
      return [{ id, end: id + changes }];
    })
    .toSorted((a, b) => a.id - b.id);
}

/** The last transaction that both logs have, by binary search: a hash covers everything before it. */
function lastCommon(live: ReadHandle, copy: ReadHandle): Point | null {
  let found: Header | null = null;
  let low = 1;
  let high = copy.get<Header>(upTo, [Number.MAX_SAFE_INTEGER])?.id ?? 0;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const own = copy.get<Header>(upTo, [middle]);
    if (own && live.get<Header>(byId, [own.id])?.hash === own.hash) {
      found = own;
      low = middle + 1;
    } else if (own) high = own.id - 1;
    else low = middle + 1;
  }
  return found && pointOf(found);
}

type Past = Pick<AuditLogRow, 'id' | 'action' | 'payload_before' | 'payload_after'>;
const ofPromotions = `SELECT id, action, payload_before, payload_after FROM audit_logs
  WHERE entity_id = ? AND id >= ? AND id < ? ORDER BY id`;

/**
 * The record of live at the base, including what promotions changed since: those are not live's own changes. `row` is its current row in
 * live.
 */
export function stateAtBase(
  live: ReadHandle,
  { base, promotions: spans }: MergeBase,
  row: Row | undefined,
): State {
  if (!base || !row) return base ? stateOf(row) : absentState;
  let state = stateBefore(live, row, base.end);
  for (const { id, end } of spans) {
    if (id < base.end) continue;
    for (const past of live.all<Past>(ofPromotions, [row.id, id, end]))
      state = steppedBy(state, past, () => stateBefore(live, row, past.id + 1));
  }
  return state;
}

function steppedBy(state: State, { action, payload_before, payload_after }: Past, after: () => State): State {
  if (action === 'delete') return { id: state.id, payload: null };
  if (action !== 'update') return after();
  // A record created on both sides has no base, whatever was promoted of it.
  if (!state.payload) return state;
  return { ...state, payload: applyPatch(state.payload, patchOfRow({ payload_before, payload_after })) };
}
