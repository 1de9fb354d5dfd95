import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { jobQueue } from '#core/jobs/queue.ts';
import { Checkpointer } from '#core/log/commands/checkpointer.ts';
import { readRecordedHead, readHead } from '#core/log/audit/head.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { Connection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { testFolder } from '#test/support/folder.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { longLog, pagesOf } from './long-log.ts';

const template = await makeTemplate(preparePeople);
const settled = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('soon after a pause in writing, the audit head is stored', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  const head = readHead(workspace.core.services.read);
  await settled(() => readRecordedHead(workspace.files.head)?.id === head.id);
  const { check, ...stored } = JSON.parse(readFileSync(workspace.files.head, 'utf8')) as { check: string };
  expect(stored).toEqual({ ...head, begins: [] });
  expect(check).toMatch(/^[0-9a-f]{64}$/);
});

test('constant writing is checkpointed too', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const first = readHead(workspace.core.services.read).id;
  for (let count = 0; count < 300; count++) {
    await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 10 + count } });
  }
  expect(readRecordedHead(workspace.files.head)?.id).toBeGreaterThan(first + 200);
});

test('the log of the file is folded in after writes that are not audited too', async () => {
  const { core, files } = await testWorkspace({ template });
  const reader = openConnection(files.live, { mode: 'read', log: silentLog });
  const job = { kind: 'verify', input: null, maxAttempts: 1, createdBy: core.session().profile };
  await jobQueue(core.services).enqueue(job);
  expect(waiting(reader)).toBeGreaterThan(0);
  await settled(() => waiting(reader) === 0);
  reader.close();
});

test('closing writes the head down and folds the log of the file in', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  const head = readHead(workspace.core.services.read);
  await workspace.core.close();
  expect(readRecordedHead(workspace.files.head)).toMatchObject({
    id: head.id,
    hash: head.hash,
    hlc: head.hlc,
  });
  expect(statSync(`${workspace.files.live}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
});

test('a head that cannot be written down is a warning and no more', async () => {
  const workspace = await testWorkspace({ template });
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (_: object, message: string) => void warnings.push(message) };
  const connection = openConnection(workspace.files.live, { mode: 'write', log });
  const full = (): never => {
    throw new Error('no space left');
  };
  await new Checkpointer(connection, full, log).close();
  connection.close();
  expect(warnings).toEqual(['checkpoint after writing failed']);
});

/** Pages of the log that are not in the file yet. */
function waiting(connection: Connection): number {
  const { log, folded } = pagesOf(connection);
  return log - folded;
}

test('a long WAL is checkpointed in a thread during writes', async () => {
  const connection = longLog(join(testFolder(), 'plain.sqlite'));
  expect(waiting(connection)).toBeGreaterThan(1000);
  const checkpointer = new Checkpointer(connection, () => undefined, silentLog);
  checkpointer.scheduleAfterCommit();
  const folded = vi.spyOn(connection.raw, 'pragma');
  await settled(() => waiting(connection) === 0);
  connection.exec('INSERT INTO much VALUES (1)');
  expect(folded).not.toHaveBeenCalledWith('wal_checkpoint(PASSIVE)');
  await checkpointer.close();
  expect(folded).toHaveBeenCalledWith('wal_checkpoint(PASSIVE)');
  expect(connection.pragma('integrity_check')).toBe('ok');
  connection.close();
});

test('closing waits for the thread that folds the log in', async () => {
  const connection = longLog(join(testFolder(), 'plain.sqlite'));
  const checkpointer = new Checkpointer(connection, () => undefined, silentLog);
  const folded = vi.spyOn(connection.raw, 'pragma');
  for (let commits = 0; commits < 256; commits += 1) checkpointer.scheduleAfterCommit();
  await new Promise((resolve) => setImmediate(resolve));
  expect(folded).not.toHaveBeenCalledWith('wal_checkpoint(PASSIVE)');
  await checkpointer.close();
  expect(waiting(connection)).toBe(0);
  const { name } = connection.raw;
  connection.close();
  // Nobody has it open any more: who was last has taken the log away.
  expect(existsSync(`${name}-wal`)).toBe(false);
});
