import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import { runSpilling } from '#core/kernel/db/spill.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { testWorkspace } from '#test/support/workspace.ts';

/** Frames of a log that COMMIT may still write: the last page of each table and index, and page 1. */
const little = 300 * 4120;

test.each([
  ['a log that is written for the first time', false],
  ['a log that begins again from its start', true],
])('a long transaction leaves little to write for COMMIT, in %s', async (_, begunAgain) => {
  const { files } = await testWorkspace();
  const db = openConnection(files.live, { mode: 'write', log: silentLog });
  const log = `${files.live}-wal`;
  const insert = (count: number): Promise<void> =>
    runSpilling(db, async () => {
      for (let n = 0; n < count; n += 1)
        db.write.run('INSERT INTO sync_state (key, value) VALUES (?, ?)', [
          `${count} ${n}`,
          'x'.repeat(3000),
        ]);
    });
  db.pragma('wal_autocheckpoint = 0');
  if (begunAgain) {
    db.write.run('BEGIN IMMEDIATE');
    await insert(3000);
    db.write.run('COMMIT');
    db.pragma('wal_checkpoint(PASSIVE)');
  }
  db.write.run('BEGIN IMMEDIATE');
  await insert(6000);
  const spilled = statSync(log).size;
  db.write.run('COMMIT');
  expect(spilled).toBeGreaterThan(6000 * 3000);
  expect(statSync(log).size - spilled).toBeLessThan(little);
  expect(db.write.get('SELECT count(*) AS n FROM sync_state WHERE length(value) = 3000')).toEqual({
    n: begunAgain ? 9000 : 6000,
  });
  db.close();
});
