import { applyPatch } from '#shared/domain/patch.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../kernel/db/schema.ts';
import { promotedLabel, refreshedLabel } from '../log/sandbox-facts.ts';
import type { Base } from '../log/sandbox-facts.ts';
import { parsePayload, patchOfRow } from '../log/audit/undo-effect.ts';
import { isUndone } from '../log/audit/undone.ts';
import { absentState, stateBefore, stateOf } from './states.ts';
import type { Row, State } from './states.ts';

/** A transaction of live's log; `end` is the first log row after it. */
export interface BasePoint extends Base {
  end: number;
}

/** The common ancestor of live and another copy. */
export interface MergeBase {
  /** Number of the first log row that can differ; 0 if the logs have nothing in common. */
  commonEnd: number;
  /** The transaction of live's log that both sides are compared with; null makes the comparison two-way. */
  base: BasePoint | null;
  /** Which base it is: the one that the sandbox names, the last common transaction, or none. */
  baseKind: 'base' | 'common' | 'none';
  /** Transactions of live's log that promoted changes of this sandbox and were not undone, oldest first. */
  promotions: readonly LogRange[];
}

interface LogRange {
  id: number;
  end: number;
}

type Header = Pick<AuditTransactionRow, 'id' | 'op_id' | 'hash' | 'changes'>;
const headerUpToQuery =
  'SELECT id, op_id, hash, changes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const headerByIdQuery = 'SELECT id, op_id, hash, changes FROM audit_transactions WHERE id = ?';

const pointOf = ({ id, op_id, hash, changes }: Header): BasePoint => ({ id, op_id, hash, end: id + changes });

/** The merge base of live and a sandbox, or another copy that names a base. */
export function mergeBaseOf(
  live: ReadHandle,
  copy: ReadHandle,
  facts: { base: Base; id?: string },
): MergeBase {
  const lastShared = findLastShared(live, copy);
  if (!lastShared) return { commonEnd: 0, base: null, baseKind: 'none', promotions: [] };
  const { end: commonEnd } = lastShared;
  const base = facts.id === undefined ? facts.base : baseOfSandbox(copy, facts.base, commonEnd);
  const namedBase = live.get<Header>(headerByIdQuery, [base.id]);
  const isBaseInLog = namedBase?.hash === base.hash && namedBase.id >= lastShared.id;
  const promotions = facts.id === undefined ? [] : promotionsOf(live, copy, commonEnd);
  return {
    commonEnd,
    base: isBaseInLog ? pointOf(namedBase) : lastShared,
    baseKind: isBaseInLog ? 'base' : 'common',
    promotions,
  };
}

const refreshesQuery = `SELECT op_id, params FROM audit_transactions
  WHERE id >= ? AND label = '${refreshedLabel}' AND undoes IS NULL AND redoes IS NULL`;

/** The newest base of a sandbox: `origin`, the point it was copied at, or live's head at the last refresh that was not undone. */
export function baseOfSandbox(sandbox: ReadHandle, origin: Base, commonEnd: number): Base {
  let base = origin;
  for (const { op_id, params } of sandbox.all<{ op_id: string; params: string }>(refreshesQuery, [
    commonEnd,
  ])) {
    const { now: newBase } = parsePayload(params) as { now?: Base };
    if (newBase && newBase.id > base.id && !isUndone(sandbox, op_id)) base = newBase;
  }
  return base;
}

type Promotion = Pick<AuditTransactionRow, 'id' | 'op_id' | 'changes' | 'params'>;
const promotionsQuery = `SELECT id, op_id, changes, params FROM audit_transactions
  WHERE id >= ? AND label = '${promotedLabel}' AND undoes IS NULL AND redoes IS NULL ORDER BY id`;
const newestRedoQuery =
  'SELECT id, changes FROM audit_transactions WHERE redoes = ? ORDER BY id DESC LIMIT 1';

/** Matches promotions by the sandbox's newest transaction at that time: a duplicated sandbox has another id, but the same history. */
function promotionsOf(live: ReadHandle, sandbox: ReadHandle, commonEnd: number): LogRange[] {
  return live
    .all<Promotion>(promotionsQuery, [commonEnd])
    .flatMap((promotion) => {
      const { play } = parsePayload(promotion.params) as { play?: { id: number; hash: string } };
      const isOfSandbox = play && sandbox.get<Header>(headerByIdQuery, [play.id])?.hash === play.hash;
      if (!isOfSandbox || isUndone(live, promotion.op_id)) return [];
      const { id, changes } = live.get<Header>(newestRedoQuery, [promotion.op_id]) ?? promotion;
      return [{ id, end: id + changes }];
    })
    .toSorted((a, b) => a.id - b.id);
}

/** The last transaction that both logs have, by binary search: a hash covers everything before it. */
function findLastShared(live: ReadHandle, copy: ReadHandle): BasePoint | null {
  let lastShared: Header | null = null;
  let low = 1;
  let high = copy.get<Header>(headerUpToQuery, [Number.MAX_SAFE_INTEGER])?.id ?? 0;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const header = copy.get<Header>(headerUpToQuery, [middle]);
    if (header && live.get<Header>(headerByIdQuery, [header.id])?.hash === header.hash) {
      lastShared = header;
      low = middle + 1;
    } else if (header) high = header.id - 1;
    else low = middle + 1;
  }
  return lastShared && pointOf(lastShared);
}

type LogChange = Pick<AuditLogRow, 'id' | 'action' | 'payload_before' | 'payload_after'>;
const changesQuery = `SELECT id, action, payload_before, payload_after FROM audit_logs
  WHERE entity_id = ? AND id >= ? AND id < ? ORDER BY id`;

/**
 * The state of a record of live at the base, with later promotions applied. Promoted changes came from the sandbox, so they do not count
 * as changes of live. `row` is the record's current row in live.
 */
export function stateAtBase(live: ReadHandle, { base, promotions }: MergeBase, row: Row | undefined): State {
  if (!base || !row) return base ? stateOf(row) : absentState;
  let state = stateBefore(live, row, base.end);
  for (const { id, end } of promotions) {
    if (id < base.end) continue;
    for (const change of live.all<LogChange>(changesQuery, [row.id, id, end]))
      state = applyChange(state, change, () => stateBefore(live, row, change.id + 1));
  }
  return state;
}

function applyChange(
  state: State,
  { action, payload_before, payload_after }: LogChange,
  readAfter: () => State,
): State {
  if (action === 'delete') return { id: state.id, payload: null };
  if (action !== 'update') return readAfter();
  // A record created on both sides has no base, whether or not a promotion changed it.
  if (!state.payload) return state;
  return { ...state, payload: applyPatch(state.payload, patchOfRow({ payload_before, payload_after })) };
}
