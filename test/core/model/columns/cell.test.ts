import { fc, test } from '@fast-check/vitest';
import Database from 'better-sqlite3';
import { afterAll, expect } from 'vitest';
import { compareCells, sortCell } from '#core/model/columns/cell.ts';
import { addSqlFunctions } from '#core/kernel/db/sql-functions.ts';
import type { Cell } from '#core/model/columns/cell.ts';
import { codePoint } from '#test/support/code-points.ts';

const db = new Database(':memory:');
addSqlFunctions(db);
afterAll(() => db.close());

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: codePoint }).filter((text) => text.isWellFormed() && !text.includes('\0')),
  fc.constantFrom('a', 'A', 'é', 'É', '𝔸', '\uffee', 'aB', 'Ab'),
);

/** What SQLite says: -1, 0 or 1. */
function asSqlite(a: Cell, b: Cell, collation: string, made = ''): number {
  const rows = db
    .prepare(
      `SELECT column1 AS at FROM (VALUES (1, ?), (2, ?)) ORDER BY ${made}(column2) COLLATE ${collation}, column1`,
    )
    .pluck();
  const forward = rows.all(a, b)[0] === 1;
  const backward = rows.all(b, a)[0] === 1;
  return forward && backward ? 0 : forward ? -1 : 1;
}

test.prop([cell, cell])('orders values as SQLite does', (a, b) => {
  expect(Math.sign(compareCells(a, b))).toBe(asSqlite(a, b, 'BINARY'));
});

test.prop([cell, cell])('and displayed text by our sort key', (a, b) => {
  expect(Math.sign(compareCells(sortCell(a), sortCell(b)))).toBe(asSqlite(a, b, 'BINARY', 'sort_key'));
});
