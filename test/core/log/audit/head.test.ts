import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headFileState, writeHeadFile, readRecordedHead, readHead } from '#core/log/audit/head.ts';
import { genesis } from '#core/log/audit/chain.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

test('the head is the newest transaction', async () => {
  const workspace = await testWorkspace();
  const { op_id } = await workspace.as().entities.create({ type: 'university', data: { name: 'N' } });
  const head = readHead(workspace.core.services.read);
  expect(head).toMatchObject({ op_id, id: 2 });
  expect((await workspace.verify()).chain.head).toBe(head.hash);
});

test('the stored head can be read', () => {
  const file = join(testFolder(), 'head.json');
  expect(readRecordedHead(file)).toBeNull();
  writeHeadFile(file, { id: 7, op_id: 'op', hash: genesis, hlc: 'h', created_at: 'now', changes: 1 });
  expect(readRecordedHead(file)).toMatchObject({ id: 7, op_id: 'op', hash: genesis, hlc: 'h' });
});

test('an invalid file counts as missing', () => {
  const file = join(testFolder(), 'head.json');
  for (const text of ['', '{', 'null', '[]', '{"id":"7","hash":"x"}', '{"id":7}']) {
    writeFileSync(file, text);
    expect(readRecordedHead(file), text).toBeNull();
  }
});

test('id and hash of an altered file can still be read', () => {
  const file = join(testFolder(), 'head.json');
  writeHeadFile(file, {
    id: 7,
    op_id: 'op',
    hash: genesis,
    hlc: 'h',
    created_at: null,
    changes: 1,
    begins: [],
  });
  const text = readFileSync(file, 'utf8');
  expect(headFileState(file)).toBe('intact');
  for (const altered of [
    `${text}\n`,
    text.replace('begins', 'begyns'),
    text.slice(0, 100),
    `${text.slice(0, -2)}]`,
  ]) {
    writeFileSync(file, altered);
    expect(readRecordedHead(file), altered).toMatchObject({ id: 7, hash: genesis, isAltered: true });
    expect(headFileState(file)).toBe('altered');
  }
  writeFileSync(file, text.slice(0, 60));
  expect(headFileState(file)).toBe('unreadable');
  rmSync(file);
  expect(headFileState(file)).toBe('missing');
});

test('opening reports a missing head of a log with entries, and the next change stores one', async () => {
  const said: string[] = [];
  const warn = (_: unknown, message: string): void => void said.push(message);
  const workspace = await testWorkspace({ log: { ...silentLog, warn } });
  const told = (): number => said.filter((message) => message.includes('no audit head is kept')).length;
  await workspace.as().entities.create({ type: 'university', data: { name: 'N' } });
  await workspace.reopen();
  expect(told()).toBe(0);
  // Closing writes it down.
  await workspace.core.close();
  rmSync(workspace.files.head);
  await workspace.reopen();
  expect(told()).toBe(1);
  expect((await workspace.verify()).chain).toMatchObject({ ok: true, kept: false });
  await workspace.as().entities.create({ type: 'university', data: { name: 'M' } });
  await workspace.reopen();
  expect(told()).toBe(1);
  expect((await workspace.verify()).chain).toMatchObject({ ok: true, kept: true });
});
