import { describe, expect, test } from 'vitest';
import { asDeclaredFault } from '#core/versions/declared-fault.ts';
import { Fault } from '#shared/contract/faults.ts';
import { backUp, namesIn } from '#test/support/backup.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

describe('errors of a backup are declared as such', () => {
  test.each([
    // As a write through an open handle fails: without a path.
    ['ENOSPC', {}, 'full'],
    ['ENOSPC', { path: '/x' }, 'full'],
    ['SQLITE_FULL', {}, 'full'],
    ['EIO', {}, 'unreadable'],
    ['EROFS', {}, 'read_only'],
    ['SQLITE_CORRUPT', {}, 'damaged'],
  ])('%s %o', (code, more, reason) => {
    expect(asDeclaredFault(coded(code, more))).toMatchObject({ code: 'WORKSPACE', data: { reason } });
  });

  test('names the path of a system error, and keeps declared and unforeseen ones', () => {
    const given = [
      coded('EACCES', { path: '/x' }),
      coded('ENOENT'),
      new Error('?'),
      new Fault('CANCELLED', {}),
    ];
    expect(given.map((one) => asDeclaredFault(one))).toEqual(given);
    expect(asDeclaredFault(Object.assign(new Error('x'), { name: 'AbortError' }))).toMatchObject({
      code: 'CANCELLED',
    });
  });

  test.each([
    [
      'the chain of its audit is broken',
      'UPDATE audit_transactions SET hash = upper(hash) WHERE id = 1',
      /chain|hash|transaction/,
    ],
    ['its schema has something that is not ours', 'CREATE VIEW mine AS SELECT 1', /view mine is not ours/],
  ])('no backup is made of a workspace of which %s', async (_, sql, why) => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    workspace.raw((db) => db.exec(sql));
    const made = backUp(workspace);
    await expect(made).rejects.toMatchObject({ code: 'WORKSPACE', data: { reason: 'damaged' } });
    await expect(made).rejects.toThrow(why);
    expect(namesIn(workspace)).toEqual([]);
    await workspace.reopen();
  });
});
