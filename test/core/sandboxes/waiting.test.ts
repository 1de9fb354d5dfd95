import { existsSync, readdirSync, renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { lockExclusive } from '#core/kernel/db/lock.ts';
import { schemaStatus } from '#core/workspace/migrate.ts';
import { refused } from '#test/support/refusal.ts';
import { filesOf, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
/** Long enough for a call to come to where it waits. */
const aWhile = (): Promise<void> => sleep(150);

describe('while a sandbox that is written to waits for its new name', () => {
  test('others are created, recovered and renamed', async () => {
    const workspace = await testWorkspace({ template });
    const { sandboxes } = workspace.as();
    const ids: string[] = [];
    for (const name of ['One', 'Two', 'Three']) ids.push((await take(workspace.as(), name)).id);
    const [one, two, three] = ids as [string, string, string];
    await sandboxes.discard({ id: three });
    const writer = new Database(filesOf(workspace, one).data);
    writer.exec('BEGIN IMMEDIATE');
    const renaming = sandboxes.rename({ id: one, name: 'First' });
    await aWhile();
    await take(workspace.as(), 'New');
    await sandboxes.recover({ id: three });
    await sandboxes.rename({ id: two, name: 'Second' });
    writer.close();
    expect(await renaming).toMatchObject({ name: 'First' });
    const names = (await sandboxes.list({})).map(({ name }) => name);
    expect(names).toEqual(['New', 'Three', 'Second', 'First']);
  });
});

test('a copy that waits for its name can be cancelled without remains', async () => {
  const workspace = await testWorkspace({ template });
  await take(workspace.as(), 'One');
  const before = readdirSync(workspace.files.sandboxes).toSorted();
  const held = lockExclusive(join(workspace.files.sandboxes, 'lock.sqlite'));
  const given = new AbortController();
  const taking = refused(
    'CANCELLED',
    workspace.as().sandboxes.create({ name: 'Two' }, { signal: given.signal }).then(resultOf),
  );
  await aWhile();
  given.abort();
  await taking;
  held.release();
  expect(readdirSync(workspace.files.sandboxes).toSorted()).toEqual(before);
});

describe('a sandbox deleted while its lock was awaited', () => {
  test.each(['rename', 'archive', 'duplicate'] as const)('is not found: %s', async (deed) => {
    const workspace = await testWorkspace({ template });
    const { sandboxes } = workspace.as();
    const { id } = await take(workspace.as(), 'One');
    const files = filesOf(workspace, id);
    const held = lockExclusive(files.lock);
    const call =
      deed === 'duplicate'
        ? sandboxes.duplicate({ id, name: 'Two' }).then(resultOf)
        : sandboxes[deed]({ id, name: 'Two' });
    const done = refused('NOT_FOUND', call);
    await aWhile();
    renameSync(files.data, join(workspace.folder, '..', 'gone'));
    held.release();
    expect((await done).data).toEqual({ type: 'sandbox', id });
    expect(existsSync(files.holders)).toBe(false);
    expect(existsSync(files.data)).toBe(false);
    expect(await sandboxes.list({})).toEqual([]);
  });

  test('is not found when its schema is checked, which is first at opening', async () => {
    const { folder } = await testWorkspace({ template });
    const id = 'sbx_00000000-0000-7000-8000-000000000000';
    expect(() => schemaStatus(folder, { kind: 'sandbox', id })).toThrow(`There is no sandbox "${id}"`);
  });
});
