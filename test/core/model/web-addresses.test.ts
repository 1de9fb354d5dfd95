import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldsOf } from '#shared/domain/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const urlFields = entityTypes.flatMap((type) =>
  fieldsOf(type).flatMap(({ key, kind }) => (kind === 'url' ? [[type, key] as const] : [])),
);
const otherSchemes = [
  'http://example.org',
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'java\tscript:alert(1)',
  'javascript: alert(1)',
  'data: text/html,x',
  'mailto: a@example.org',
  'data:text/html,x',
  'file:///etc/passwd',
  'smb://host/share',
];

test.each(urlFields)('%s.%s takes https addresses, and no other scheme', async (type, field) => {
  const ada = (await testWorkspace()).as();
  const { record } = await ada.entities.create({
    type,
    data: { name: 'X', [field]: 'https://example.org/a' },
  });
  for (const address of otherSchemes) {
    const data = { name: 'Y', [field]: address };
    const { data: why } = await refused('INVALID', ada.entities.create({ type, data }));
    expect(why.issues).toMatchObject([{ path: field, code: 'https_only' }]);
    await refused('INVALID', ada.entities.update({ type, id: record.id, data: { [field]: address } }));
  }
  await ada.entities.update({ type, id: record.id, data: { [field]: 'on the wiki, under: teams' } });
});

test('a value from before stays while other fields change; an import sets others aside', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  const path = join(workspace.folder, '..', 'f.json');
  const teams = [{ id: 't', name: 'T', url: 'http://old.example' }];
  writeFileSync(path, JSON.stringify({ teams }));
  const grant = workspace.core.grants.issue(path, 'read');
  const result = await resultOf(ada.transfer.importFile({ grant, force: true }));
  expect(result).toMatchObject({ report: { problems: { not_https: 1 } } });
  const { payload } = await ada.entities.get({ type: 'team', id: 't' });
  expect(payload).not.toHaveProperty('url');
  expect(JSON.stringify(payload)).toContain('http://old.example');

  workspace.raw((db) =>
    db.exec(`UPDATE teams SET payload = json_set(payload, '$.url', 'http://old.example') WHERE id = 't'`),
  );
  await ada.entities.update({ type: 'team', id: 't', data: { size: 3 } });
});

test('importing an export of a workspace with values from before the rules changes nothing', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  await ada.entities.create({ type: 'team', id: 't', data: { name: 'T' } });
  await ada.entities.create({ type: 'contact', id: 'c', data: { subject: 'S' } });
  workspace.raw((db) =>
    db.exec(`UPDATE teams SET payload = json_set(payload, '$.url', 'http://old.example');
      UPDATE contacts SET payload = json_set(payload, '$.date', '2026-02-30')`),
  );
  const payloadOf = async (type: 'team' | 'contact', id: string) =>
    (await ada.entities.get({ type, id })).payload;
  const before = [await payloadOf('team', 't'), await payloadOf('contact', 'c')];

  const path = join(workspace.folder, '..', 'export.json');
  const [team, contact] = before;
  writeFileSync(path, JSON.stringify({ teams: [{ id: 't', ...team }], contacts: [{ id: 'c', ...contact }] }));
  const grant = workspace.core.grants.issue(path, 'read');
  const { report } = await resultOf(ada.transfer.importFile({ grant, force: true, backup: false }));
  expect(report).toMatchObject({ problems: {} });

  const text = 'Id,Name,Web address\nt,T,http://old.example\n';
  const source = { text, name: 'teams.csv' };
  const { guesses } = await resultOf(ada.transfer.readSheet({ source }));
  const choices = { type: 'team' as const, columns: guesses.team ?? [] };
  const preview = await resultOf(ada.transfer.previewSheet({ source, choices }));
  expect(preview).toMatchObject({ updates: 0, unchanged: 1, problem_count: 0 });
  await resultOf(ada.transfer.importSheet({ source, choices, backup: false }));
  expect([await payloadOf('team', 't'), await payloadOf('contact', 'c')]).toEqual(before);
});

test('merging records takes their addresses, and no other that is not https', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  for (const id of ['a', 'b']) await ada.entities.create({ type: 'team', id, data: { name: id } });
  workspace.raw((db) =>
    db.exec(`UPDATE teams SET payload = json_set(payload, '$.url', 'http://old.example') WHERE id = 'b'`),
  );
  const merge = async (url?: string): Promise<unknown> =>
    resultOf(ada.entities.merge({ type: 'team', keep: 'a', others: ['b'], values: url ? { url } : {} }));
  const { data } = await refused('INVALID', merge('javascript: alert(1)'));
  expect(data.issues).toMatchObject([{ path: 'url', code: 'https_only' }]);
  await merge();
  expect((await ada.entities.get({ type: 'team', id: 'a' })).payload).toMatchObject({
    url: 'http://old.example',
  });
});
