import { administrativeActs } from '#shared/domain/acts.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import { hasEffect, parsePayload } from '../log/audit/effect.ts';
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
  inverts: { id: number; changes: number };
}

/** Labels of acts, which cannot be undone, as a SQL list. */
export const noUndo = administrativeActs.map((label) => `'${label}'`).join(', ');
const entries = `SELECT id, op_id, undoes, redoes, changes, label, params, actor, created_at FROM audit_transactions`;
/** The ids of one person as JSON: in a shared workspace most entries belong to others, and SQLite skips them fast this way. */
const ofPerson = `actor IN (SELECT value FROM json_each(?))`;
const ownEntries = `${entries} WHERE ${ofPerson} AND label NOT IN (${noUndo}) ORDER BY id DESC`;
/** Including everybody's undos and redos: others may have undone a change of this person. */
const ownAndUndos = `${entries} WHERE (${ofPerson} OR undoes IS NOT NULL OR redoes IS NOT NULL)
  AND label NOT IN (${noUndo}) ORDER BY id DESC`;
const change = `${entries} WHERE op_id = ? AND undoes IS NULL AND redoes IS NULL`;

/**
 * The person's own change that an entry redid; null for other entries. The latest redone change is undone first, whatever its age. `own`
 * are the ids of one person.
 */
export function madeAgain(
  db: ReadHandle,
  entry: Pick<Entry, 'redoes' | 'actor'>,
  own: ReadonlySet<string>,
): Entry | null {
  if (entry.redoes === null || !own.has(entry.actor)) return null;
  const made = db.get<Entry>(change, [entry.redoes]);
  return made && own.has(made.actor) ? made : null;
}

/** Changes to skip, by op_id. */
export type Skipped = ReadonlySet<string>;

/**
 * The actor's next undo: the own change made or redone last that is not undone and still has an effect. Reads the log backwards: the first
 * entry about a change has its current state.
 */
export function nextUndo(db: ReadHandle, actor: string, skip: Skipped = new Set()): Step | null {
  const own = idsOfPerson(db, actor);
  const settled = new Map<string, Entry>();
  for (const entry of db.iterate<Entry>(ownAndUndos, [JSON.stringify([...own])])) {
    const about = entry.undoes ?? entry.redoes;
    const first = about === null || !settled.has(about);
    if (about && first) settled.set(about, entry);
    const made = about === null ? entry : first ? madeAgain(db, entry, own) : null;
    if (!made || !own.has(made.actor)) continue;
    const inverts = settled.get(made.op_id) ?? made;
    if (inverts.undoes || skip.has(made.op_id) || !hasEffect(db, inverts)) continue;
    const { op_id, label, params, created_at } = made;
    return { op_id, label, params: parsePayload(params), created_at, inverts };
  }
  return null;
}

/** The actor's next redo: the last undone change that was not redone, unless a new change followed. */
export function nextRedo(db: ReadHandle, actor: string, skip: Skipped = new Set()): Step | null {
  const own = idsOfPerson(db, actor);
  const redone = new Set(skip);
  for (const entry of db.iterate<Entry>(ownEntries, [JSON.stringify([...own])])) {
    if (entry.undoes) {
      const settled = redone.has(entry.undoes);
      if (!settled && hasEffect(db, entry)) return redoOf(entry, entry.undoes);
      redone.add(entry.undoes);
    } else if (entry.redoes) redone.add(entry.redoes);
    else return null;
  }
  return null;
}

function redoOf(undo: Entry, op_id: string): Step {
  return { op_id, ...labelOfUndone(undo), created_at: undo.created_at, inverts: undo };
}

/** An undo has the label of the change that it undid. */
export function labelOfUndone(undo: Pick<Entry, 'params'>): { label: string; params: JsonObject } {
  const { label, params } = parsePayload(undo.params) as { label?: string; params?: JsonObject };
  return { label: label ?? 'change', params: params ?? {} };
}
