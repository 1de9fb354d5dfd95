import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepHead, keptHead, readHead } from '#core/audit/head.ts';
import { genesis } from '#core/audit/chain.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

test('the head is the newest transaction', async () => {
  const workspace = await testWorkspace();
  const { op_id } = await workspace.as().entities.create({ type: 'university', data: { name: 'N' } });
  const head = readHead(workspace.core.services.read);
  expect(head).toMatchObject({ op_id, id: 2 });
  expect((await workspace.verify()).chain.head).toBe(head.hash);
});

test('what was written down is read again', () => {
  const file = join(testFolder(), 'head.json');
  expect(keptHead(file)).toBeNull();
  keepHead(file, { id: 7, op_id: 'op', hash: genesis, hlc: 'h', created_at: 'now', changes: 1 });
  expect(keptHead(file)).toMatchObject({ id: 7, op_id: 'op', hash: genesis, hlc: 'h' });
});

test('a file that makes no sense is none', () => {
  const file = join(testFolder(), 'head.json');
  for (const text of ['', '{', 'null', '[]', '{"id":"7","hash":"x"}', '{"id":7}']) {
    writeFileSync(file, text);
    expect(keptHead(file), text).toBeNull();
  }
});
