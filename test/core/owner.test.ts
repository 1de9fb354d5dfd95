import { join } from 'node:path';
import { userInfo } from 'node:os';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ownerName } from '#core/kernel/owner.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';
import { openSeeded } from '#test/support/workspace.ts';

test('the owner of a new workspace has a name in any case, that of the system’s user first', () => {
  expect(ownerName({ USER: 'somebody' })).toBe(userInfo().username);
  expect(ownerName({})).not.toBe('');
});

test.each([
  ['nothing', ' ', 'must be filled in'],
  ['a line break', 'Ada\nLovelace', 'must be one line of plain text'],
  ['a bell', 'Ada\u0007', 'must be one line of plain text'],
  ['very much', 'x'.repeat(301), 'is too long (300 characters at most)'],
])('an owner called %s is refused, and no workspace is made', async (_, owner, message) => {
  const folder = join(testFolder(), 'w');
  const { data } = await refused('INVALID', openSeeded({ folder, owner }));
  expect(data.issues).toMatchObject([{ path: 'owner', message }]);
  expect(existsSync(join(folder, 'frames.sqlite'))).toBe(false);
  const core = await openSeeded({ folder, owner: 'Ada' });
  expect((await core.client(core.session()).workspace.info({})).actor.name).toBe('Ada');
  await core.close();
});
