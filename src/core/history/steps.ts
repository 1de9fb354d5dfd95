import type { HistoryStep, CurrentStep } from '#shared/contract/history.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import { hasEffect, auditActorOf, parsePayload } from '../log/audit/effect.ts';
import { idsOfPerson } from '../log/session.ts';
import { labelOfUndone, madeAgain, noUndo } from './stack.ts';
import type { Skipped } from './stack.ts';

type Entry = Pick<
  AuditTransactionRow,
  'id' | 'op_id' | 'undoes' | 'redoes' | 'changes' | 'label' | 'params' | 'actor' | 'created_at'
> & { actor_name: string | null };

const newestFirst = `SELECT id, op_id, undoes, redoes, changes, label, params, actor, created_at,
    (SELECT name FROM profiles WHERE profiles.id = audit_transactions.actor) AS actor_name
  FROM audit_transactions WHERE label NOT IN (${noUndo}) ORDER BY id DESC`;

export interface Steps {
  redo: HistoryStep[];
  undo: CurrentStep[];
  more: boolean;
}

/**
 * The actor's latest changes in undo and redo order, at most `limit` of each, and the changes of others in between. Follows the rules of
 * `nextUndo` and `nextRedo`, which return the first unblocked item of each list.
 */
export function listSteps(
  db: ReadHandle,
  actor: string,
  { limit, skip }: { limit: number; skip: Skipped },
): Steps {
  const mine = idsOfPerson(db, actor);
  const settled = new Map<string, Entry>();
  const listed = new Set<string>();
  const redone = new Set(skip);
  const redo: HistoryStep[] = [];
  const undo: CurrentStep[] = [];
  let redoing = true;
  for (const entry of db.iterate<Entry>(newestFirst)) {
    const about = entry.undoes ?? entry.redoes;
    const own = mine.has(entry.actor);
    if (own && redoing) {
      if (about === null) redoing = false;
      else if (entry.undoes && !redone.has(about) && redo.length < limit && hasEffect(db, entry)) {
        redo.push(undoneBy(entry, about));
      }
      if (about !== null) redone.add(about);
    }
    const first = about === null || !settled.has(about);
    if (about !== null && first) settled.set(about, entry);
    const again = about !== null && first ? madeAgain(db, entry, mine) : null;
    const change = about === null ? entry : again && { ...again, actor_name: entry.actor_name };
    if (!change || listed.has(change.op_id)) continue;
    const latest = settled.get(change.op_id) ?? change;
    if (latest.undoes) continue;
    if (undo.length === limit) return { redo, undo, more: true };
    listed.add(change.op_id);
    undo.push({ ...described(change), blocked: own ? blockedBy(db, change, latest, skip) : 'others' });
  }
  return { redo, undo, more: false };
}

function blockedBy(db: ReadHandle, entry: Entry, inverts: Entry, skip: Skipped): CurrentStep['blocked'] {
  if (skip.has(entry.op_id)) return 'passed';
  return hasEffect(db, inverts) ? null : 'gone';
}

function described({ id, op_id, label, params, actor, actor_name, created_at }: Entry): HistoryStep {
  const parsed = parsePayload(params);
  return { id, op_id, label, params: parsed, actor: auditActorOf({ actor, actor_name }, parsed), created_at };
}

function undoneBy(undo: Entry, op_id: string): HistoryStep {
  return { ...described(undo), op_id, ...labelOfUndone(undo) };
}
