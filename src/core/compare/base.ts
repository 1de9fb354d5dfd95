import type { ReadHandle } from '../db/connection.ts';
import type { AuditTransactionRow } from '../db/schema.ts';
import { parse } from '../history/effect.ts';
import { isUndone } from '../history/queries.ts';
import type { Base, SandboxFacts } from '../sandboxes/facts.ts';

/** The label of the transaction that brings live's changes into a sandbox. */
export const refreshed = 'sandbox.refreshed';

/** A transaction of live's log, and the row of the log that comes after it. */
export interface Point extends Base {
  end: number;
}

/** What two logs are compared from. */
export interface Footing {
  /** Rows of both logs from here on may tell them apart: what comes before, both have. 0 where they have nothing in common. */
  common: number;
  /** The transaction of live's log that both sides are compared with; null where there is none. */
  base: Point | null;
  based: 'base' | 'common' | 'none';
}

type Header = Pick<AuditTransactionRow, 'id' | 'op_id' | 'hash' | 'changes'>;
const upTo = 'SELECT id, op_id, hash, changes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const byId = 'SELECT id, op_id, hash, changes FROM audit_transactions WHERE id = ?';
const refreshes = `SELECT op_id, params FROM audit_transactions
  WHERE id >= ? AND label = '${refreshed}' AND undoes IS NULL AND redoes IS NULL ORDER BY id DESC`;

const pointOf = ({ id, op_id, hash, changes }: Header): Point => ({ id, op_id, hash, end: id + changes });

/** Where live and a sandbox are compared from: the sandbox's base, or what both logs have in common where live's has it no more. */
export function footingOf(
  live: ReadHandle,
  play: ReadHandle,
  facts: Pick<SandboxFacts, 'base' | 'settled'>,
): Footing {
  const last = lastCommon(live, play);
  const common = last?.end ?? 0;
  const wanted = baseNow(play, facts, common);
  const found = live.get<Header>(byId, [wanted.id]);
  if (last && found?.hash === wanted.hash && found.id >= last.id)
    return { common, base: pointOf(found), based: 'base' };
  return last ? { common, base: last, based: 'common' } : { common, base: null, based: 'none' };
}

/**
 * The last transaction that both logs have. A hash stands for all that came before it, so that half of what is left can be passed over
 * at each look.
 */
function lastCommon(live: ReadHandle, play: ReadHandle): Point | null {
  let found: Header | null = null;
  let low = 1;
  let high = play.get<Header>(upTo, [Number.MAX_SAFE_INTEGER])?.id ?? 0;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const own = play.get<Header>(upTo, [middle]);
    if (own && live.get<Header>(byId, [own.id])?.hash === own.hash) {
      found = own;
      low = middle + 1;
    } else if (own) high = own.id - 1;
    else low = middle + 1;
  }
  return found && pointOf(found);
}

/** The base that a sandbox has now: that of its last refresh, unless that was undone since; then the one before. */
export function baseNow(
  play: ReadHandle,
  facts: Pick<SandboxFacts, 'base' | 'settled'>,
  common: number,
): Base {
  let { base } = facts;
  const from = Math.max(common, facts.settled + 1);
  for (const { op_id, params } of play.all<Pick<AuditTransactionRow, 'op_id' | 'params'>>(refreshes, [
    from,
  ])) {
    const { was } = parse(params) as { was?: Base };
    if (!was || !isUndone(play, op_id)) return base;
    base = was;
  }
  return base;
}
