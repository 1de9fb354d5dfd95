import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { checkDatabase } from '#core/versions/check.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemClock } from '#core/kernel/system.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const crowd = await crowdTemplate();

/** A closed copy of a workspace's file: a small one, or one that is large enough for a thread. */
async function image(size: 'small' | 'large'): Promise<string> {
  const workspace = await testWorkspace(size === 'large' ? { template: crowd } : {});
  await workspace.core.close();
  const path = join(testFolder(), 'image.sqlite');
  copyFileSync(workspace.files.live, path);
  await workspace.reopen();
  expect(statSync(path).size > 2_000_000).toBe(size === 'large');
  return path;
}

describe.each(['small', 'large'] as const)('the check of a %s copy', (size) => {
  test('refuses one whose records contradict its log', async () => {
    const path = await image(size);
    const db = new Database(path);
    db.exec("UPDATE profiles SET payload = json_set(payload, '$.name', 'Other')");
    db.close();
    const checked = checkDatabase(path, { log: silentLog, clock: systemClock });
    await expect(checked).rejects.toMatchObject({ finding: 'replay' });
  });
});

test('the check of a large copy ends when it is cancelled', async () => {
  const path = await image('large');
  const stop = new AbortController();
  const checking = checkDatabase(path, { log: silentLog, clock: systemClock, signal: stop.signal });
  stop.abort();
  await expect(checking).rejects.toMatchObject({ name: 'AbortError' });
});
