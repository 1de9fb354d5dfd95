import { fc, test } from '@fast-check/vitest';
import Database from 'better-sqlite3';
import { afterAll, expect } from 'vitest';
import { compareCells, withoutCase } from '#core/entities/columns/cell.ts';
import type { Cell } from '#core/entities/columns/cell.ts';

const db = new Database(':memory:');
afterAll(() => db.close());

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0')),
  fc.constantFrom('a', 'A', 'é', 'É', '𝔸', '\uffee', 'aB', 'Ab'),
);

/** What SQLite says: -1, 0 or 1. */
function asSqlite(a: Cell, b: Cell, collation: string): number {
  const rows = db
    .prepare(
      `SELECT column1 AS at FROM (VALUES (1, ?), (2, ?)) ORDER BY column2 COLLATE ${collation}, column1`,
    )
    .pluck();
  const forward = rows.all(a, b)[0] === 1;
  const backward = rows.all(b, a)[0] === 1;
  return forward && backward ? 0 : forward ? -1 : 1;
}

test.prop([cell, cell])('orders values as SQLite does', (a, b) => {
  expect(Math.sign(compareCells(a, b))).toBe(asSqlite(a, b, 'BINARY'));
});

test.prop([cell, cell])('and without regard to the case of A to Z as its NOCASE', (a, b) => {
  expect(Math.sign(compareCells(withoutCase(a), withoutCase(b)))).toBe(asSqlite(a, b, 'NOCASE'));
});
