import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import type { Base } from '../log/sandbox-facts.ts';
import { carryingsOf, nothingCarried } from './carried.ts';
import type { Carryings } from './carried.ts';
import { basesOf } from './moves.ts';
import type { OwnBase } from './moves.ts';

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
  /** By the ids of records for which the base is another: the row of live's log that comes after it. */
  apart: ReadonlyMap<string, number>;
  /** What brought Play's work into live, and what took it back: live has that of Play, so that it is no change of its own. */
  carrying: Carryings;
}

type Header = Pick<AuditTransactionRow, 'id' | 'op_id' | 'hash' | 'changes'>;
const upTo = 'SELECT id, op_id, hash, changes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const byId = 'SELECT id, op_id, hash, changes FROM audit_transactions WHERE id = ?';

const pointOf = ({ id, op_id, hash, changes }: Header): Point => ({ id, op_id, hash, end: id + changes });

/** Where live and a sandbox are compared from: the sandbox's base, or what both logs have in common where live's has it no more. */
export function footingOf(live: ReadHandle, play: ReadHandle, facts: OwnBase): Footing {
  const last = lastCommon(live, play);
  const common = last?.end ?? 0;
  const bases = basesOf(play, facts, common);
  const pointAt = (wanted: Base): Point | null => {
    const found = live.get<Header>(byId, [wanted.id]);
    return last && found?.hash === wanted.hash && found.id >= last.id ? pointOf(found) : null;
  };
  if (!last) return { common, base: null, based: 'none', apart: new Map(), carrying: nothingCarried };
  const found = pointAt(bases.base);
  const base = found ?? last;
  const apart = new Map([...bases.apart].map(([id, wanted]) => [id, (pointAt(wanted) ?? last).end]));
  const carrying =
    facts.id === undefined ? nothingCarried : carryingsOf(live, { db: play, id: facts.id }, common);
  return { common, base, based: found ? 'base' : 'common', apart, carrying };
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
