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
  /** The side had made it, or brought it back, itself. */
  own: boolean;
}

/**
 * Of each team that is not there on a side: whether that itself deleted it, or only what carries over from the other side, or the undo or redo of
 * that, took it away. What such an undo takes away that the side had deleted before is its own again. `label`: that of what carries over.
 */
export function whyGone(
  db: Database.Database,
  label: 'sandbox.refreshed' | 'sandbox.promoted' = 'sandbox.refreshed',
): Map<string, Gone> {
  const entries = db
    .prepare('SELECT id, op_id, label, undoes, redoes, changes FROM audit_transactions ORDER BY id')
    .all() as Entry[];
  const carrying = new Set(
    entries.filter((one) => one.label === label && one.undoes === null).map(({ op_id }) => op_id),
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
      if (action !== 'delete') {
        if (action === 'update') continue;
        if (carried) own.delete(entity_id);
        else if (action === 'create' || now.get(entity_id)?.by === 'carried') own.add(entity_id);
        now.delete(entity_id);
      } else if (!carried)
        now.set(entity_id, {
          by: 'itself',
          undone: undoes !== null,
          at: id,
          meant: meant === op_id,
          own: own.has(entity_id),
        });
      else {
        const was = undoes === null ? undefined : before.get(undoes)?.get(entity_id);
        const carriedOff = {
          by: 'carried',
          undone: undoes !== null,
          at: id,
          meant: false,
          own: false,
        } as const;
        now.set(entity_id, was ?? carriedOff);
      }
    }
  }
  return now;
}
