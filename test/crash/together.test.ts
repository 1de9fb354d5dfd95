import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';
import { openSeeded } from '#test/support/workspace.ts';
import { expectWhole } from './check.ts';
import { acknowledged, isDone, writer } from './lines.ts';
import type { Line } from './lines.ts';

test('a window and two commands write at once: all succeed, none is lost, the chain is intact', async () => {
  const folder = join(testFolder(), 'w');
  await (await openSeeded({ folder, owner: 'Ada' })).close();
  const start = (role: string, seed: number, count: number): Child<Line> =>
    new Child<Line>(writer, [folder, role, String(seed), String(count)]);
  const window = start('window', 1, 40);
  const children = [window];
  try {
    await window.printed(1);
    children.push(start('command', 2, 45), start('command', 3, 45));
    await Promise.all(children.slice(1).map((child) => child.end()));
    await window.printed(160);
    window.write('that was all\n');
    await window.end();
  } finally {
    await Promise.all(children.map((child) => child.kill()));
  }
  const lines = children.map((child) => child.lines);
  expect(lines.map((some) => acknowledged(some).length)).toEqual([160, 45, 45]);
  expect(lines.map((some) => some.filter(isDone).length)).toEqual([1, 1, 1]);

  const all = lines.flatMap(acknowledged);
  expect(new Set(all.map(({ op_id }) => op_id)).size).toBe(250);
  expect(await expectWhole(folder, all, 99)).toBe(251);

  // The window was told of every transaction, its own and the commands', once and in order.
  const seen = lines[0]?.find(isDone)?.seen ?? [];
  const db = new Database(join(folder, 'frames.sqlite'), { readonly: true });
  const ids = db.prepare('SELECT id FROM audit_transactions ORDER BY id').pluck().all() as number[];
  db.close();
  const [made, check] = [ids.slice(0, 1), ids.slice(-1)];
  expect([...made, ...seen, ...check]).toEqual(ids);
});
