import { acts } from '#shared/domain/acts.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import { hasEffect, parse } from '../log/audit/effect.ts';
import { idsOfPerson } from '../log/session.ts';

type Entry = Pick<
  AuditTransactionRow,
  'id' | 'op_id' | 'undoes' | 'redoes' | 'changes' | 'label' | 'params' | 'actor' | 'created_at'
>;

/** A change that can be undone or redone, and the transaction whose effect is to be inverted for that. */
export interface Step {
  op_id: string;
  label: string;
  params: JsonObject;
  /** When it was made; for redo, when it was undone. */
  created_at: string;
  inverts: { id: number; changes: number };
}

/** Labels, as SQL has them, of what is nobody's to undo. */
export const noUndo = acts.map((label) => `'${label}'`).join(', ');
const entries = `SELECT id, op_id, undoes, redoes, changes, label, params, actor, created_at FROM audit_transactions`;
/** Their parameter is the person's ids as JSON: in a shared workspace most entries are of others, and SQLite passes over those faster. */
const ofPerson = `actor IN (SELECT value FROM json_each(?))`;
const ownEntries = `${entries} WHERE ${ofPerson} AND label NOT IN (${noUndo}) ORDER BY id DESC`;
/** With everybody's undos and redos: others may have undone a change of this person. */
const ownAndUndos = `${entries} WHERE (${ofPerson} OR undoes IS NOT NULL OR redoes IS NOT NULL)
  AND label NOT IN (${noUndo}) ORDER BY id DESC`;
const change = `${entries} WHERE op_id = ? AND undoes IS NULL AND redoes IS NULL`;

/**
 * The own change that an entry made again, null for any other entry: what was made again last is what undo takes back first,
 * wherever it stood before. `own` are the ids of one person.
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

/** Changes to pass over, by op_id. */
export type Skipped = ReadonlySet<string>;

/**
 * What the actor would undo next: the own change that was made, or made again, last, that is not undone and of which anything is left.
 * Read from the log backwards, where the first entry about a change says whether it stands.
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
    return { op_id, label, params: parse(params), created_at, inverts };
  }
  return null;
}

/** What the actor would redo next: what was undone last and not redone, as long as no new change came after it. */
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

/** An undo carries the label of what it undid. */
export function labelOfUndone(undo: Pick<Entry, 'params'>): { label: string; params: JsonObject } {
  const { label, params } = parse(undo.params) as { label?: string; params?: JsonObject };
  return { label: label ?? 'change', params: params ?? {} };
}
