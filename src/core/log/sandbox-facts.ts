import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';

/** The transaction of live's audit that a sandbox was taken at. */
export interface Base {
  id: number;
  op_id: string;
  hash: string;
}

/** What a sandbox says of itself, in its own file. */
export interface SandboxFacts {
  id: string;
  name: string;
  /** `live`, the id of the sandbox that it was taken from, `backup:` and that of the backup, `golden:` and a number, or `shared:` and the id of a shared sandbox. */
  from: string;
  base: Base;
  own_after: number;
  made_at: string;
  made_by: string;
  /** When it was put aside or discarded, or ''. */
  archived_at: string;
  discarded_at: string;
  /** As which shared sandbox it was shared or from which it was taken, and the state of that then; or ''. */
  shared_id: string;
  shared_state: string;
}

const all = `SELECT key, value FROM workspace WHERE key LIKE 'sandbox\\_%' ESCAPE '\\'`;
const put =
  'INSERT INTO workspace (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';

/** Null in a file that is no sandbox. Throws what SQLite throws. */
export function readSandboxFacts(db: ReadHandle): SandboxFacts | null {
  const rows = db.all<{ key: string; value: string }>(all);
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

/** Writes down those that are given. */
export function writeSandboxFacts(db: WriteHandle, { base, ...facts }: Partial<SandboxFacts>): void {
  const given: Record<string, string | number> = {
    ...facts,
    ...(base ? { base_id: String(base.id), base_op: base.op_id, base_hash: base.hash } : {}),
  };
  for (const [key, value] of Object.entries(given)) db.run(put, [`sandbox_${key}`, String(value)]);
}

/** The label of the transaction of live's log that promotes changes of a sandbox. */
export const promoted = 'sandbox.promoted';
/** The label of the transaction of a sandbox's log that refreshes it. */
export const refreshed = 'sandbox.refreshed';
