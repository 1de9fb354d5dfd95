import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('parts sum to the pages of the file, rows to the tables, months to the log', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  workspace.clock.time = Date.UTC(2026, 2, 1);
  await ada.entities.create({ type: 'team', data: { name: 'March' } });
  const found = await resultOf(await ada.care.stats({}));
  const used = found.parts.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(used).toBe((found.pages - found.free_pages) * found.page_bytes);
  expect(found.bytes).toBe(statSync(workspace.files.live).size);
  const rows = (name: string) => found.parts.find((one) => one.name === name)?.rows;
  const count = (table: string) =>
    workspace.raw((db) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  for (const table of ['teams', 'universities', 'audit_logs', 'profiles'])
    expect(rows(table)).toBe(count(table));
  expect(found.log).toEqual({ transactions: count('audit_transactions'), changes: count('audit_logs') });
  expect(found.months.map(({ month }) => month)).toEqual(['2026-01', '2026-03']);
  expect(found.months.at(-1)).toEqual({ month: '2026-03', transactions: 1, changes: 1 });
});
