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

/** Who took a record away in a sandbox, and in which transaction. */
export interface Gone {
  by: 'play' | 'refresh';
  at: number;
  /** Somebody deleted what had come from live: no undo of what Play had made itself. */
  meant: boolean;
}

/**
 * Of each team that is not there in a sandbox: whether Play itself deleted it, or only a refresh, or the undo or redo of one, took it away.
 * What such an undo takes away that Play had deleted before is Play's again.
 */
export function whyGone(db: Database.Database): Map<string, Gone> {
  const entries = db
    .prepare('SELECT id, op_id, label, undoes, redoes, changes FROM audit_transactions ORDER BY id')
    .all() as Entry[];
  const refreshes = new Set(
    entries
      .filter(({ label, undoes }) => label === 'sandbox.refreshed' && undoes === null)
      .map(({ op_id }) => op_id),
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
      const refresh = refreshes.has(meant);
      if (action !== 'delete') {
        if (action === 'update') continue;
        if (refresh) own.delete(entity_id);
        else if (action === 'create' || now.get(entity_id)?.by === 'refresh') own.add(entity_id);
        now.delete(entity_id);
      } else if (!refresh)
        now.set(entity_id, { by: 'play', at: id, meant: meant === op_id && !own.has(entity_id) });
      else {
        const was = undoes === null ? undefined : before.get(undoes)?.get(entity_id);
        now.set(entity_id, was ?? { by: 'refresh', at: id, meant: false });
      }
    }
  }
  return now;
}
