import { administrativeActs } from '#shared/domain/administrative-acts.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import { hasEffect, parsePayload } from '../log/audit/undo-effect.ts';
import { idsOfPerson } from '../log/session.ts';

type Entry = Pick<
  AuditTransactionRow,
  'id' | 'op_id' | 'undoes' | 'redoes' | 'changes' | 'label' | 'params' | 'actor' | 'created_at'
>;

/** A change that can be undone or redone, and the transaction to invert for that. */
export interface Step {
  op_id: string;
  label: string;
  params: JsonObject;
  /** When the change was made; for redo, when it was undone. */
  created_at: string;
  transaction: { id: number; changes: number };
}

/** Labels of acts, which cannot be undone, as a SQL list. */
export const actLabelsSql = administrativeActs.map((label) => `'${label}'`).join(', ');
const entryQuery = `SELECT id, op_id, undoes, redoes, changes, label, params, actor, created_at FROM audit_transactions`;
/** The ids of one person as JSON: in a shared workspace most entries belong to others, and SQLite skips them fast this way. */
const byPersonSql = `actor IN (SELECT value FROM json_each(?))`;
const ownEntryQuery = `${entryQuery} WHERE ${byPersonSql} AND label NOT IN (${actLabelsSql}) ORDER BY id DESC`;
/** Including everybody's undos and redos, because others can have undone a change of this person. */
const undoEntryQuery = `${entryQuery} WHERE (${byPersonSql} OR undoes IS NOT NULL OR redoes IS NOT NULL)
  AND label NOT IN (${actLabelsSql}) ORDER BY id DESC`;
const changeQuery = `${entryQuery} WHERE op_id = ? AND undoes IS NULL AND redoes IS NULL`;

/**
 * The person's own change that an entry redid; null for other entries. The latest redone change is undone first, whatever its age.
 * `personIds` are the ids of one person.
 */
export function redoneChangeOf(
  db: ReadHandle,
  entry: Pick<Entry, 'redoes' | 'actor'>,
  personIds: ReadonlySet<string>,
): Entry | null {
  if (entry.redoes === null || !personIds.has(entry.actor)) return null;
  const original = db.get<Entry>(changeQuery, [entry.redoes]);
  return original && personIds.has(original.actor) ? original : null;
}

/** Changes to skip, by op_id. */
export type SkippedIds = ReadonlySet<string>;

/**
 * The actor's next undo: of the actor's own changes that are not undone and still have an effect, the one made or redone last. Reads the
 * log backwards, so that the first entry of a change has its current state.
 */
export function nextUndo(db: ReadHandle, actor: string, skip: SkippedIds = new Set()): Step | null {
  const personIds = idsOfPerson(db, actor);
  const latestEntries = new Map<string, Entry>();
  for (const entry of db.iterate<Entry>(undoEntryQuery, [JSON.stringify([...personIds])])) {
    const changeId = entry.undoes ?? entry.redoes;
    const isLatest = changeId === null || !latestEntries.has(changeId);
    if (changeId && isLatest) latestEntries.set(changeId, entry);
    const redone = isLatest ? redoneChangeOf(db, entry, personIds) : null;
    const candidate = changeId === null ? entry : redone;
    if (!candidate || !personIds.has(candidate.actor)) continue;
    const transaction = latestEntries.get(candidate.op_id) ?? candidate;
    if (transaction.undoes || skip.has(candidate.op_id) || !hasEffect(db, transaction)) continue;
    const { op_id, label, params, created_at } = candidate;
    return { op_id, label, params: parsePayload(params), created_at, transaction };
  }
  return null;
}

/** The actor's next redo: the last undone change that was not redone, unless a new change followed. */
export function nextRedo(db: ReadHandle, actor: string, skip: SkippedIds = new Set()): Step | null {
  const personIds = idsOfPerson(db, actor);
  const redoneIds = new Set(skip);
  for (const entry of db.iterate<Entry>(ownEntryQuery, [JSON.stringify([...personIds])])) {
    if (entry.undoes) {
      const isRedone = redoneIds.has(entry.undoes);
      if (!isRedone && hasEffect(db, entry)) return redoOf(entry, entry.undoes);
      redoneIds.add(entry.undoes);
    } else if (entry.redoes) redoneIds.add(entry.redoes);
    else return null;
  }
  return null;
}

function redoOf(undo: Entry, op_id: string): Step {
  return { op_id, ...labelOfUndone(undo), created_at: undo.created_at, transaction: undo };
}

/** An undo has the label of the change that it undid. */
export function labelOfUndone(undo: Pick<Entry, 'params'>): { label: string; params: JsonObject } {
  const { label, params } = parsePayload(undo.params) as { label?: string; params?: JsonObject };
  return { label: label ?? 'change', params: params ?? {} };
}
