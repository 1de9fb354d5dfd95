import type { HistoryStep, CurrentStep } from '#shared/contract/history.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import { hasEffect, auditActorOf, parsePayload } from '../log/audit/undo-effect.ts';
import { idsOfPerson } from '../log/session.ts';
import { labelOfUndone, redoneChangeOf, actLabelsSql } from './stack.ts';
import type { SkippedIds } from './stack.ts';

type Entry = Pick<
  AuditTransactionRow,
  'id' | 'op_id' | 'undoes' | 'redoes' | 'changes' | 'label' | 'params' | 'actor' | 'created_at'
> & { actor_name: string | null };

const entryQuery = `SELECT id, op_id, undoes, redoes, changes, label, params, actor, created_at,
    (SELECT name FROM profiles WHERE profiles.id = audit_transactions.actor) AS actor_name
  FROM audit_transactions WHERE label NOT IN (${actLabelsSql}) ORDER BY id DESC`;

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
  { limit, skip }: { limit: number; skip: SkippedIds },
): Steps {
  const personIds = idsOfPerson(db, actor);
  const latestEntries = new Map<string, Entry>();
  const listedIds = new Set<string>();
  const redoneIds = new Set(skip);
  const redo: HistoryStep[] = [];
  const undo: CurrentStep[] = [];
  let isRedoPhase = true;
  for (const entry of db.iterate<Entry>(entryQuery)) {
    const changeId = entry.undoes ?? entry.redoes;
    const isOwn = personIds.has(entry.actor);
    if (isOwn && isRedoPhase) {
      if (changeId === null) isRedoPhase = false;
      else if (entry.undoes && !redoneIds.has(changeId) && redo.length < limit && hasEffect(db, entry)) {
        redo.push(toUndoneStep(entry, changeId));
      }
      if (changeId !== null) redoneIds.add(changeId);
    }
    const isLatest = changeId === null || !latestEntries.has(changeId);
    if (changeId !== null && isLatest) latestEntries.set(changeId, entry);
    const redone = changeId !== null && isLatest ? redoneChangeOf(db, entry, personIds) : null;
    const change = changeId === null ? entry : redone && { ...redone, actor_name: entry.actor_name };
    if (!change || listedIds.has(change.op_id)) continue;
    const latest = latestEntries.get(change.op_id) ?? change;
    if (latest.undoes) continue;
    if (undo.length === limit) return { redo, undo, more: true };
    listedIds.add(change.op_id);
    undo.push({
      ...toHistoryStep(change),
      blocked: isOwn ? blockReason(db, change, latest, skip) : 'others',
    });
  }
  return { redo, undo, more: false };
}

function blockReason(db: ReadHandle, entry: Entry, latest: Entry, skip: SkippedIds): CurrentStep['blocked'] {
  if (skip.has(entry.op_id)) return 'passed';
  return hasEffect(db, latest) ? null : 'gone';
}

function toHistoryStep({ id, op_id, label, params, actor, actor_name, created_at }: Entry): HistoryStep {
  const parsed = parsePayload(params);
  return { id, op_id, label, params: parsed, actor: auditActorOf({ actor, actor_name }, parsed), created_at };
}

function toUndoneStep(undo: Entry, op_id: string): HistoryStep {
  return { ...toHistoryStep(undo), op_id, ...labelOfUndone(undo) };
}
