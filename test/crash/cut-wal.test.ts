import { closeSync, cpSync, openSync, readSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';
import { expectSound } from '#test/support/invariants.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { openSeeded } from '#test/support/workspace.ts';
import { tornLogs } from './kills.ts';
import { writer } from './lines.ts';
import type { Line } from './lines.ts';

/** A workspace whose writer was killed while its newest changes were still in the write-ahead log only. */
async function killed(): Promise<string> {
  const folder = join(testFolder(), 'w');
  await (await openSeeded({ folder, owner: 'Ada' })).close();
  const child = new Child<Line>(writer, [folder, 'plain', '7', '0']);
  await child.printed(60);
  await child.kill();
  return folder;
}

function transactionsIn(folder: string): string[] {
  const db = new Database(workspaceFiles(folder).live);
  try {
    expectSound(db);
    return db.prepare('SELECT hash FROM audit_transactions ORDER BY id').pluck().all() as string[];
  } finally {
    db.close();
  }
}

/** A copy of the workspace with something done to its write-ahead log. */
function withLog(folder: string, copy: string, change: (log: string, bytes: number) => void): string {
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true });
  const log = `${workspaceFiles(copy).live}-wal`;
  change(log, statSync(log).size);
  // What the file says of itself is looked at here; that the head shows a lost tail is another law.
  rmSync(workspaceFiles(copy).head, { force: true });
  return copy;
}

function flip(file: string, offset: number): void {
  const handle = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, offset);
  byte[0] = (byte[0] as number) ^ 0x40;
  writeSync(handle, byte, 0, 1, offset);
  closeSync(handle);
}

/** Places in a log, from its start to its end: more than it has bytes. */
const places = 10_000_000;

test('a write-ahead log cut off or damaged at any place loses whole changes from its end, and never half of one', async () => {
  const folder = await killed();
  const copy = join(folder, '..', 'copy');
  const all = transactionsIn(withLog(folder, copy, () => {}));
  const lengths = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: places }), fc.boolean(), async (where, cut) => {
      const change = (log: string, bytes: number): void =>
        cut
          ? truncateSync(log, Math.floor((where * bytes) / places))
          : flip(log, Math.floor((where * (bytes - 1)) / places));
      const left = transactionsIn(withLog(folder, copy, change));
      expect(left).toEqual(all.slice(0, left.length));
      expect(await verifyClosed(workspaceFiles(copy))).toMatchObject({ ok: true });
      lengths.add(left.length);
    }),
    { numRuns: tornLogs },
  );
  expect(lengths.size).toBeGreaterThan(5);
});
