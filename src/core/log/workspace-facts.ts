import type { ReadHandle, WriteHandle } from '../kernel/db/connection.ts';

export interface WorkspaceFacts {
  id: string;
  name: string;
  replica: string;
  created_at: string;
  /** op_id of the change that added the sample records, or ''. */
  sample: string;
  /** op_id of the change that removed them while keeping later records, or ''. */
  cleared: string;
}

export function readFacts(db: ReadHandle): WorkspaceFacts {
  const rows = db.all<{ key: string; value: string }>('SELECT key, value FROM workspace');
  const facts = new Map(rows.map((row) => [row.key, row.value]));
  return {
    id: facts.get('id') ?? '',
    name: facts.get('name') ?? '',
    replica: facts.get('replica') ?? '',
    created_at: facts.get('created_at') ?? '',
    sample: facts.get('sample') ?? '',
    cleared: facts.get('cleared') ?? '',
  };
}

export function writeFact(db: WriteHandle, key: keyof WorkspaceFacts, value: string): void {
  db.run(
    'INSERT INTO workspace (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    [key, value],
  );
}
