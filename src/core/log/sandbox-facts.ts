import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';

export interface Base {
  id: number;
  op_id: string;
  hash: string;
}

/** Stored in the sandbox's own file. Log rows after the transaction `own_after` are the sandbox's changes. */
export interface SandboxFacts {
  id: string;
  name: string;
  /** Its source: `live`, a sandbox's id, `backup:` and the backup's id, `golden:` and a number, or `shared:` and a shared sandbox's id. */
  from: string;
  base: Base;
  own_after: number;
  made_at: string;
  made_by: string;
  /** When it was archived or discarded; '' if not. */
  archived_at: string;
  discarded_at: string;
  /** Id of the shared sandbox that it was shared as or taken from, and that sandbox's state then; '' if none. */
  shared_id: string;
  shared_state: string;
}

const factsQuery = `SELECT key, value FROM workspace WHERE key LIKE 'sandbox\\_%' ESCAPE '\\'`;
const putStatement =
  'INSERT INTO workspace (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';

/** Null if the file is not a sandbox. Throws SQLite's errors. */
export function readSandboxFacts(db: ReadHandle): SandboxFacts | null {
  const rows = db.all<{ key: string; value: string }>(factsQuery);
  const facts = new Map(rows.map(({ key, value }) => [key.slice('sandbox_'.length), value]));
  const text = (key: string): string => facts.get(key) ?? '';
  if (text('id') === '') return null;
  const number = (key: string): number => Number.parseInt(text(key), 10) || 0;
  return {
    id: text('id'),
    name: text('name'),
    from: text('from'),
    base: { id: number('base_id'), op_id: text('base_op'), hash: text('base_hash') },
    own_after: number('own_after') || number('base_id'),
    made_at: text('made_at'),
    made_by: text('made_by'),
    archived_at: text('archived_at'),
    discarded_at: text('discarded_at'),
    shared_id: text('shared_id'),
    shared_state: text('shared_state'),
  };
}

export function writeSandboxFacts(db: WriteHandle, { base, ...facts }: Partial<SandboxFacts>): void {
  const values: Record<string, string | number> = {
    ...facts,
    ...(base ? { base_id: String(base.id), base_op: base.op_id, base_hash: base.hash } : {}),
  };
  for (const [key, value] of Object.entries(values)) db.run(putStatement, [`sandbox_${key}`, String(value)]);
}

/** Label of live's transaction that promotes changes of a sandbox. */
export const promotedLabel = 'sandbox.promoted';
/** Label of a sandbox's transaction that refreshes it. */
export const refreshedLabel = 'sandbox.refreshed';
