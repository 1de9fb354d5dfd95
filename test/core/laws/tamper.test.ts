import { fc } from '@fast-check/vitest';
import type Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import { preparePeople } from '#test/support/steps.ts';
import { TamperBench } from '#test/support/tamper.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

async function someHistory(workspace: TestWorkspace): Promise<void> {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.entities.update({
    type: 'team',
    id: 'team-a',
    data: { size: 7, x_note: null },
    unset: ['experience'],
  });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  await ada.history.undo({});
  await ada.history.redo({});
  await ada.entities.restore({ type: 'team', id: 'team-b' });
  await ada.entities.create({ type: 'factor-model', id: 'model', data: { name: 'M' } });
  await workspace.as('Edi').entities.create({ type: 'team', id: 'team-e', data: { name: 'E' } });
  await ada.entities.remove({ type: 'student', id: 'student-b' });
}

const bench = new TamperBench(await makeTemplate(someHistory));
afterAll(() => bench.dispose());

interface Column {
  name: string;
  notnull: 0 | 1;
}
interface Transaction {
  id: number;
  changes: number;
}
type Value = string | number | null;

/** Another value for a cell: one that its column takes. */
function other(value: Value, { name, notnull }: Column, how: number): Value {
  if (typeof value === 'number') {
    const choices = name === 'id' ? [value + 100_000, -value - 1] : [value + 1, value - 1, value + 100_000];
    return choices[how % choices.length] as number;
  }
  if (name === 'payload') return [`${value} `, `{}`, value?.replace('{', '{"zz":null,')][how % 3] as string;
  if (value === null) return ['', 'x', '{}', '\u0000'][how % 4] as string;
  const choices = [
    `${value}x`,
    value.slice(1),
    value === '' ? ' ' : '',
    notnull ? `x${value}` : null,
    `${value} `,
  ];
  return choices[how % choices.length] as Value;
}

/** Changes one cell of a table of the audit or of records. */
function edit(
  db: Database.Database,
  table: string,
  columnPick: number,
  rowPick: number,
  how: number,
): string {
  const columns = db.pragma(`table_info(${table})`) as Column[];
  const column = columns[columnPick % columns.length] as Column;
  // Whether a deleted record is hidden too is nobody's matter.
  const which = ['hidden', 'dangling'].includes(column.name) ? 'WHERE deleted_at IS NULL' : '';
  const rows = db
    .prepare(`SELECT rowid AS "row", "${column.name}" AS value FROM ${table} ${which} ORDER BY 1`)
    .all() as {
    row: number;
    value: Value;
  }[];
  const { row, value } = rows[rowPick % rows.length] as { row: number; value: Value };
  const after = other(value, column, how);
  db.prepare(`UPDATE ${table} SET "${column.name}" = ? WHERE rowid = ?`).run(after, row);
  return `${column.name} of row ${row} of ${table}: ${String(value)} to ${String(after)}`;
}

const nat = fc.nat({ max: 1000 });

test('an untampered workspace has no findings', async () => {
  expect(await bench.after(() => {})).toMatchObject({ ok: true });
});

describe.each(['audit_logs', 'audit_transactions'])('%s', (table) => {
  test('any edit of any column is found', async () => {
    const columns = bench.read((db) => db.pragma(`table_info(${table})`) as Column[]).length;
    for (let column = 0; column < columns; column++) {
      await fc.assert(
        fc.asyncProperty(nat, nat, async (row, how) => {
          let what = '';
          const found = await bench.after((db) => void (what = edit(db, table, column, row, how)));
          expect(found.ok, what).toBe(false);
        }),
        { numRuns: 8 },
      );
    }
  });

  test('any dropped row is found', async () => {
    await fc.assert(
      fc.asyncProperty(nat, async (pick) => {
        const found = await bench.after((db) => {
          const ids = db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all() as number[];
          db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(ids[pick % ids.length]);
        });
        expect(found.ok).toBe(false);
      }),
      { numRuns: lawRuns(15) },
    );
  });

  test('any two rows that have changed places are found', async () => {
    await fc.assert(
      fc.asyncProperty(nat, nat, async (left, right) => {
        let same = false;
        const found = await bench.after((db) => {
          const ids = db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all() as number[];
          const [a, b] = [ids[left % ids.length], ids[right % ids.length]];
          same = a === b;
          const move = db.prepare(`UPDATE ${table} SET id = ? WHERE id = ?`);
          for (const [to, from] of [
            [-1, a],
            [a, b],
            [b, -1],
          ])
            move.run(to, from);
        });
        expect(found.ok).toBe(same);
      }),
      { numRuns: lawRuns(15) },
    );
  });

  test('any row that is put in is found', async () => {
    const last = bench.read((db) => db.prepare('SELECT max(id) FROM audit_logs').pluck().get() as number);
    for (const id of [last + 1, last + 50, 0, -1]) {
      const found = await bench.after((db) => {
        const names = (db.pragma(`table_info(${table})`) as Column[]).map((column) => column.name);
        const values = names.map((name) => (name === 'id' ? id : name === 'op_id' ? `'x'` : name));
        const newest = `SELECT ${values.join(', ')} FROM ${table} ORDER BY id DESC LIMIT 1`;
        db.exec(`INSERT INTO ${table} (${names.join(', ')}) ${newest}`);
      });
      expect(found.ok, `id ${id}`).toBe(false);
    }
  });
});

test('a transaction that is dropped with all its rows is found', async () => {
  const all = 'SELECT id, changes FROM audit_transactions ORDER BY id';
  for (const { id, changes } of bench.read((db) => db.prepare(all).all() as Transaction[])) {
    const found = await bench.after((db) => {
      db.exec(`DELETE FROM audit_transactions WHERE id = ${id}`);
      db.exec(`DELETE FROM audit_logs WHERE id >= ${id} AND id < ${id + changes}`);
    });
    expect(found.chain.ok, `transaction ${id}`).toBe(false);
  }
});

describe('live rows', () => {
  test.each(auditedTypes.map((type) => tableOf[type]))('any edit in %s is found', async (table) => {
    await fc.assert(
      fc.asyncProperty(nat, nat, nat, async (column, row, how) => {
        let what = '';
        const found = await bench.after((db) => {
          const empty = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() === 0;
          what = empty ? addStranger(db, table) : edit(db, table, column, row, how);
        });
        expect(found.ok, what).toBe(false);
      }),
      { numRuns: lawRuns(10) },
    );
  });

  test.each([
    -5,
    0,
    1_000_000,
    9_007_199_254_740_993n,
    9_223_372_036_854_775_807n,
    -9_223_372_036_854_775_808n,
  ])('an edit is found although the row is hidden under the number %s', async (row) => {
    const hidden = await bench.after((db) => {
      db.prepare(`UPDATE teams SET rowid = ?, payload = '{"name":"Forged"}' WHERE id = 'team-a'`).run(row);
    });
    expect(hidden.replay.ok).toBe(false);
    const stranger = await bench.after((db) => {
      const columns = '(rowid, id, payload, created_at, updated_at)';
      db.prepare(`INSERT INTO teams ${columns} VALUES (?, 'zz', '{"name":"Z"}', 'now', 'now')`).run(row);
    });
    expect(stranger.replay.ok).toBe(false);
  });

  test('a record that is taken out, put in or moved to another table is found', async () => {
    const changes = [
      `DELETE FROM teams WHERE id = 'team-a'`,
      `INSERT INTO teams (id, payload, created_at, updated_at) VALUES ('zz', '{"name":"Z"}', 'now', 'now')`,
      `INSERT INTO teams (id, payload, created_at, updated_at) VALUES ('0', '{"name":"Z"}', 'now', 'now')`,
      `INSERT INTO faculty (id, payload, created_at, updated_at)
         SELECT id, payload, created_at, updated_at FROM teams WHERE id = 'team-a'`,
      `INSERT INTO faculty (id, payload, created_at, updated_at)
         SELECT id, payload, created_at, updated_at FROM teams WHERE id = 'team-a';
       DELETE FROM teams WHERE id = 'team-a'`,
    ];
    for (const sql of changes) expect((await bench.after((db) => db.exec(sql))).replay.ok, sql).toBe(false);
  });
});

function addStranger(db: Database.Database, table: string): string {
  db.exec(`INSERT INTO ${table} (id, payload, created_at, updated_at) VALUES ('zz', '{}', 'now', 'now')`);
  return `a stranger in ${table}`;
}
