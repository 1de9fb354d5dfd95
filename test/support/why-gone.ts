import Database from 'better-sqlite3';

/** Reads a file that others may have open. */
export function inFile<R>(file: string, work: (db: Database.Database) => R): R {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

interface Entry {
  id: number;
  op_id: string;
  label: string;
  undoes: string | null;
  redoes: string | null;
  changes: number;
  params: string | null;
}

/** What a promotion says of the sandbox's log. */
interface Carried {
  play?: { id: number };
}

/** Play's log from a refresh until a team was as before it again, or as after it, by undo or redo. */
export interface SteppedOver {
  team: string;
  from: number;
  until: number;
}

export function steppedOver(play: Database.Database): SteppedOver[] {
  const sql = `SELECT DISTINCT l.entity_id AS team, r.id AS "from", t.id AS until FROM audit_transactions t
    JOIN audit_transactions r ON r.op_id = coalesce(t.undoes, t.redoes) AND r.label = 'sandbox.refreshed'
    JOIN audit_logs l ON l.id >= t.id AND l.id < t.id + t.changes`;
  return play.prepare(sql).all() as SteppedOver[];
}

/** How long the sandbox's log was when something of a team was promoted. */
export function headsOf(live: Database.Database, team: string): number[] {
  const sql = `SELECT t.params FROM audit_transactions t JOIN audit_logs l ON l.id >= t.id AND l.id < t.id + t.changes
    WHERE t.label = 'sandbox.promoted' AND t.undoes IS NULL AND l.entity_id = ?`;
  const all = live.prepare(sql).pluck().all(team) as string[];
  return all.map((params) => (JSON.parse(params) as Carried).play?.id ?? Infinity);
}

/** The teams that a sandbox has only since the refresh that took them was undone, and of which it changed nothing. */
export function heldBack(play: Database.Database): string[] {
  const sql = `SELECT l.entity_id FROM audit_logs l
    JOIN audit_transactions t ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id)
    JOIN audit_transactions r ON r.op_id = t.undoes AND r.label = 'sandbox.refreshed'
    WHERE l.action = 'restore' AND l.id = (SELECT max(id) FROM audit_logs WHERE entity_id = l.entity_id)
      AND NOT EXISTS (SELECT 1 FROM audit_logs WHERE entity_id = l.entity_id AND action = 'update')`;
  return play.prepare(sql).pluck().all() as string[];
}

/** Who took a record away on a side, and in which transaction. */
export interface Gone {
  /** The side itself, or what was carried over from the other. */
  by: 'itself' | 'carried';
  /** Undo took it away. */
  undone: boolean;
  at: number;
  /** Somebody deleted it: no undo. */
  meant: boolean;
  /** The side had made it itself, or brought back what was carried off or held back. */
  own: boolean;
  /** What was carried over, or its undo, took it away last. */
  held: boolean;
}

/**
 * Of each team that is not there on a side: whether that itself deleted it, or only what carries over from the other side, or the undo or redo of
 * that, took it away. What such an undo takes away that the side had deleted before is its own again. `label`: that of what carries over. `over`:
 * what was promoted in between says nothing of that team.
 */
export function whyGone(
  db: Database.Database,
  label: 'sandbox.refreshed' | 'sandbox.promoted' = 'sandbox.refreshed',
  over: readonly SteppedOver[] = [],
): Map<string, Gone> {
  const entries = db
    .prepare('SELECT id, op_id, label, undoes, redoes, changes, params FROM audit_transactions ORDER BY id')
    .all() as Entry[];
  const carrying = new Map(
    entries
      .filter((one) => one.label === label && one.undoes === null)
      .map(({ op_id, params }) => [op_id, (JSON.parse(params ?? '{}') as Carried).play?.id ?? Infinity]),
  );
  const about = db.prepare(
    `SELECT entity_id, action FROM audit_logs WHERE id >= ? AND id < ? AND entity_type = 'team' ORDER BY id`,
  );
  const now = new Map<string, Gone>();
  const before = new Map<string, Map<string, Gone>>();
  /** Made by Play itself. */
  const own = new Set<string>();
  for (const { id, op_id, undoes, redoes, changes } of entries) {
    const meant = undoes ?? redoes ?? op_id;
    if (meant === op_id) before.set(op_id, new Map(now));
    for (const { entity_id, action } of about.all(id, id + changes) as {
      entity_id: string;
      action: string;
    }[]) {
      const carried = carrying.has(meant);
      const head = carrying.get(meant) ?? Infinity;
      if (over.some(({ team, from, until }) => team === entity_id && from <= head && head < until)) continue;
      if (action !== 'delete') {
        if (action === 'update') continue;
        if (carried) own.delete(entity_id);
        else if (action === 'create' || now.get(entity_id)?.held) own.add(entity_id);
        now.delete(entity_id);
      } else if (!carried)
        now.set(entity_id, {
          by: 'itself',
          undone: undoes !== null,
          at: id,
          meant: meant === op_id,
          own: own.has(entity_id),
          held: false,
        });
      else {
        const was = undoes === null ? undefined : before.get(undoes)?.get(entity_id);
        const carriedOff = {
          by: 'carried',
          undone: undoes !== null,
          at: id,
          meant: false,
          own: false,
          held: true,
        } as const;
        now.set(entity_id, was ? { ...was, held: true } : carriedOff);
      }
    }
  }
  return now;
}
