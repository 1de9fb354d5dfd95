import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import { parse } from '../history/effect.ts';
import type { Base, SandboxFacts, Settle } from '../log/sandbox-facts.ts';

/** The label of the transaction that brings live's changes into a sandbox. */
export const refreshed = 'sandbox.refreshed';

/** What a sandbox says of its base. */
export type OwnBase = Pick<SandboxFacts, 'base' | 'settled'> & Partial<Pick<SandboxFacts, 'id' | 'settles'>>;

/** The transactions of live's log that a sandbox has everything up to. */
export interface Bases {
  base: Base;
  /** By the ids of records of Play for which it is another: of those, a refresh before others was undone, or made again. */
  apart: ReadonlyMap<string, Base>;
}

type Entry = Pick<AuditTransactionRow, 'id' | 'op_id' | 'undoes' | 'redoes' | 'changes' | 'params'>;

const isRefresh = `label = '${refreshed}' AND undoes IS NULL AND redoes IS NULL`;
const ofRefreshes = `SELECT op_id FROM audit_transactions WHERE id >= :from AND ${isRefresh}`;
const entries = `SELECT id, op_id, undoes, redoes, changes, params FROM audit_transactions
  WHERE id >= :from AND (${isRefresh} OR undoes IN (${ofRefreshes}) OR redoes IN (${ofRefreshes})) ORDER BY id`;
const aboutIds = 'SELECT DISTINCT entity_id FROM audit_logs WHERE id >= ? AND id < ?';

/** Something that moved the base: a refresh, or one that had nothing to write. */
interface Move {
  /** null: it had nothing to write, so that there is nothing to undo. */
  op_id: string | null;
  to: Base;
  /** What it moved them from. */
  from: Bases;
  stands: boolean;
  /** The ids of records that it was about when it was made last. */
  about: () => string[];
}

/**
 * The base that a sandbox has now, found by going through its refreshes and what was undone of them in the order in which that happened.
 * The newest that is undone gives the base back that was before it. One that is undone, or made again, beneath others moves only that of
 * the records that this was about: all others are as the later refreshes left them. `begin`: where the sandbox's own log begins.
 */
export function basesOf(play: ReadHandle, facts: OwnBase, begin: number): Bases {
  const log = play.all<Entry>(entries, { from: begin });
  const moves: Move[] = [];
  let now: Bases = { base: facts.base, apart: new Map() };
  const settles = settlesOf(facts, log);
  const settleUntil = (id: number): void => {
    for (; (settles[0]?.after ?? Infinity) < id; settles.shift()) {
      const to = settles[0]?.base as Base;
      moves.push({ op_id: null, to, from: now, stands: true, about: () => [] });
      now = { base: to, apart: new Map() };
    }
  };
  for (const [at, entry] of log.entries()) {
    settleUntil(entry.id);
    const about = entry.undoes ?? entry.redoes;
    if (about === null) {
      const { was, to } = endsOf(log, at, facts);
      const from = { ...now, base: was };
      moves.push({ op_id: entry.op_id, to, from, stands: true, about: () => aboutIn(play, entry) });
      now = { base: to, apart: new Map() };
    } else now = steppedOver(play, moves, about, entry, now);
  }
  settleUntil(Infinity);
  return now;
}

const aboutIn = (play: ReadHandle, { id, changes }: Entry): string[] =>
  play.column<string>(aboutIds, [id, id + changes]);

/** The bases after a refresh was undone, or made again. */
function steppedOver(play: ReadHandle, moves: Move[], about: string, entry: Entry, now: Bases): Bases {
  const place = moves.findIndex(({ op_id }) => op_id === about);
  const move = moves[place];
  if (!move) return now;
  const undone = entry.undoes !== null;
  const newest = !moves.some(({ stands }, at) => at > place && stands);
  const touched = new Set(aboutIn(play, entry));
  const apart = new Map([...(newest && undone ? move.from.apart : []), ...now.apart]);
  // What it was about and is left as it was, since Play changed it, is no other than before.
  if (newest && undone)
    for (const id of move.about()) if (!touched.has(id)) apart.set(id, now.apart.get(id) ?? now.base);
  move.stands = !undone;
  if (!undone) move.about = () => [...touched];
  const before = (id: string): Base => move.from.apart.get(id) ?? move.from.base;
  for (const id of touched) {
    // An older one that is undone too still holds it back.
    if ((now.apart.get(id)?.id ?? Infinity) < before(id).id) continue;
    if (!newest) apart.set(id, undone ? before(id) : move.to);
    else if (!undone) apart.delete(id);
  }
  return { base: newest ? (undone ? move.from.base : move.to) : now.base, apart };
}

/** What the base was before a refresh and after it; of one that does not say the latter, what the next began with. */
function endsOf(log: readonly Entry[], at: number, facts: OwnBase): { was: Base; to: Base } {
  const said = (entry: Entry | undefined) => parse(entry?.params ?? null) as { was?: Base; now?: Base };
  const { was, now } = said(log[at]);
  const next = log.slice(at + 1).find(({ undoes, redoes }) => undoes === null && redoes === null);
  const to = now ?? said(next).was ?? facts.base;
  return { was: was ?? to, to };
}

/** When the base was moved without a transaction, oldest first. Sandboxes of former versions say only when that was last. */
function settlesOf({ base, settled, settles = [] }: OwnBase, log: readonly Entry[]): Settle[] {
  if (settles.length > 0 || settled === 0) return [...settles];
  const at = log.findIndex(({ id, undoes, redoes }) => id > settled && undoes === null && redoes === null);
  const next = parse(log[at]?.params ?? null) as { was?: Base };
  return [{ after: settled, base: next.was ?? base }];
}
