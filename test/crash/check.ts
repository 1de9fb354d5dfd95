import { expect } from 'vitest';
import type Database from 'better-sqlite3';
import { expectSound } from '#test/support/invariants.ts';
import { openSeeded, verified } from '#test/support/workspace.ts';
import type { Acknowledged } from './deeds.ts';
import DatabaseFile from 'better-sqlite3';
import { join } from 'node:path';

interface Transaction {
  op_id: string;
  label: string;
  params: string;
  changes: number;
  /** How many records it is about: one that came back and was changed then has two entries. */
  records: number;
}

const transactions = `SELECT op_id, label, params, changes, (SELECT count(DISTINCT entity_id)
  FROM audit_logs WHERE id >= whole.id AND id < whole.id + whole.changes) AS records FROM audit_transactions AS whole`;

/**
 * What must hold of a workspace whenever it is opened: everything acknowledged is there and whole, nothing is there in part, and
 * it goes on.
 */
export async function expectWhole(
  folder: string,
  all: readonly Acknowledged[],
  seed: number,
): Promise<number> {
  const core = await openSeeded({ folder, seed });
  try {
    const client = core.client(core.session());
    const report = await verified(client);
    expect([...report.integrity.problems, ...report.chain.problems, ...report.replay.problems]).toEqual([]);
    expect(report.ok).toBe(true);
    const db = new DatabaseFile(join(folder, 'frames.sqlite'), { readonly: true });
    try {
      expectSound(db);
      expectAcknowledged(db, all);
    } finally {
      db.close();
    }
    const { op_id } = await client.entities.create({ type: 'university', data: { name: 'After the crash' } });
    expect((await client.history.list({ limit: 1 })).rows[0]?.op_id).toBe(op_id);
    return report.chain.transactions;
  } finally {
    await core.close();
  }
}

function expectAcknowledged(db: Database.Database, all: readonly Acknowledged[]): void {
  const rows = db.prepare(transactions).all() as Transaction[];
  const found = new Map(rows.map((row) => [row.op_id, row]));
  const lost = all.filter(({ op_id }) => !found.has(op_id));
  expect(lost, 'acknowledged and lost').toEqual([]);
  for (const { op_id, what, changes, records } of all) {
    if (changes !== null) expect(found.get(op_id)?.changes, `${what} ${op_id}`).toBe(changes);
    if (records !== undefined) expect(found.get(op_id)?.records, `${what} ${op_id}`).toBe(records);
  }
  for (const { label, params, changes, op_id } of rows) {
    if (label === 'import') expect((JSON.parse(params) as { count: number }).count, op_id).toBe(changes);
  }
}
