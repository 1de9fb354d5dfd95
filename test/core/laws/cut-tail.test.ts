import { rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import { replayAudit } from '#test/support/replay.ts';
import { preparePeople } from '#test/support/steps.ts';
import { TamperBench } from '#test/support/tamper.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const bench = new TamperBench(
  await makeTemplate(async (workspace) => {
    await preparePeople(workspace);
    const ada = workspace.as();
    await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 7 } });
    await ada.entities.remove({ type: 'team', id: 'team-b' });
    await ada.history.undo({});
  }),
);
afterAll(() => bench.dispose());

const transactions = bench.read(
  (db) => db.prepare('SELECT id FROM audit_transactions ORDER BY id').pluck().all() as number[],
);

/** Takes the newest transactions off the log, and their effects out of the tables: what is left fits together. */
function cutFrom(db: Database.Database, first: number): void {
  db.exec(`DELETE FROM audit_logs WHERE id >= ${first}; DELETE FROM audit_transactions WHERE id >= ${first}`);
  for (const type of auditedTypes) db.exec(`DELETE FROM ${tableOf[type]}`);
  for (const row of replayAudit(db).values()) {
    const columns = 'id, payload, created_at, updated_at, deleted_at';
    const insert = db.prepare(`INSERT INTO ${tableOf[row.type]} (${columns}) VALUES (?, ?, ?, ?, ?)`);
    insert.run(row.id, row.payload, row.created_at, row.updated_at, row.deleted_at);
  }
}

test('a tail cut off together with its effects is found by the stored head', async () => {
  for (const first of transactions) {
    const found = await bench.after((db) => cutFrom(db, first));
    expect(found.replay.ok, `cut from ${first}`).toBe(true);
    expect(found.chain.problems, `cut from ${first}`).toEqual([
      { code: 'found.end', values: { id: transactions.at(-1) } },
    ]);
    expect(found.ok).toBe(false);
  }
});

test('such a cut can only be found by the stored head, and a missing head is reported', async () => {
  rmSync(bench.files.head);
  const found = await bench.after((db) => cutFrom(db, transactions.at(-3) as number));
  expect(found).toMatchObject({ ok: true, chain: { kept: false, problems: [] } });
});
