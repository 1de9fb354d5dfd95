import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { refuseReplacing } from '#core/kernel/files/atomic-file.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';

const sandbox = 'sbx_01890000-0000-7000-8000-000000000000.sqlite';

function left(...parts: string[]): string {
  const path = join(testFolder(), ...parts);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
}

test.each([
  ['sandboxes', sandbox],
  ['sandboxes', 'trash', sandbox],
  ['golden', '1.frames'],
])('what is left of a workspace is replaced by nothing: %s/%s', async (...parts) => {
  const { data } = await refused('BAD_FILE', refuseReplacing(left(...parts), 'x', { replace: true }));
  expect(data.reason).toBe('of_workspace');
});

test.each([
  ['sandboxes', 'castle.csv'],
  ['golden', 'retriever.csv'],
])('a folder of that name that holds nothing of ours is anybody’s: %s/%s', async (...parts) => {
  await expect(refuseReplacing(left(...parts), 'x', { replace: true })).resolves.toBeUndefined();
});
