import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

async function captureFrom(name: string, content: string | Buffer, language: 'en' | 'de' = 'en') {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  const path = join(workspace.folder, '..', name);
  writeFileSync(path, content);
  const grant = workspace.core.grants.issue(path, 'read');
  const capture = async () =>
    resultOf(await ada.repairs.capture({ source: { kind: 'file', grant }, language }));
  return { ada, workspace, capture };
}

const mail = [
  'From: Ada <ada@example.org>',
  'Subject: =?UTF-8?Q?=C3=9Cbergabe_der?= =?utf-8?B?IEFudGVubmVu?=',
  'Content-Type: multipart/mixed; boundary="outer"',
  '',
  'Not shown.',
  '--outer',
  'Content-Type: multipart/alternative; boundary=inner',
  '',
  '--inner',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Markup</p>',
  '--inner',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Omar geht im Fr=FChjahr, und nur er=',
  ' kennt sie.',
  '--inner--',
  '--outer',
  'Content-Type: text/plain',
  'Content-Disposition: attachment; filename="a.txt"',
  '',
  'Attached.',
  '--outer--',
  '',
].join('\r\n');

test('a mail file starts a repair with its subject and text, is kept as its document, and is undone as one change', async () => {
  const { ada, capture } = await captureFrom('antennas.eml', mail);
  const { repair, document } = await capture();
  expect(repair).toMatchObject({
    title: 'Übergabe der Antennen',
    payload: { notes: 'Omar geht im Frühjahr, und nur er kennt sie.' },
    derived: { state: 'proposed' },
  });
  expect(document.payload).toMatchObject({ record_ids: [repair.id], file: { media_type: 'message/rfc822' } });
  const [about] = await ada.documents.ofRecord({ id: repair.id });
  expect(about?.record.id).toBe(document.id);
  expect(await ada.history.undo({})).toMatchObject({ label: 'repair.create' });
  for (const { id } of [repair, document])
    expect((await ada.entities.find({ id })).deleted_at).not.toBeNull();
});

test('of a mail with HTML only, the tags are left out', async () => {
  const html =
    'Subject: Links\nContent-Type: text/html\n\n<style>p{}</style><p>Ask &uuml;ber</p>Tess<br>today';
  const { capture } = await captureFrom('a.eml', html);
  expect((await capture()).repair.payload['notes']).toBe('Ask über\nTess\ntoday');
});

test.each([
  ['note.txt', 'Antennas\nOmar leaves.', 'Antennas', 'Omar leaves.'],
  ['note.md', '# Antennas\n\nOmar leaves.', 'Antennas', 'Omar leaves.'],
  ['note.md', '- one line', 'one line', undefined],
])('%s gives its first line as name', async (file, content, title, notes) => {
  const { capture } = await captureFrom(file, content);
  const { repair } = await capture();
  expect([repair.title, repair.payload['notes']]).toEqual([title, notes]);
});

test('a long text is shortened, and says where the whole is', async () => {
  const { capture } = await captureFrom('long.md', `Long\n${'word '.repeat(5000)}`, 'de');
  const notes = (await capture()).repair.payload['notes'] as string;
  expect(notes.length).toBeLessThan(4100);
  expect(notes).toMatch(/…\n\nDer ganze Text steht im Dokument dieser Abhilfe\.$/);
});

test('a file that is no mail is refused, and nothing is written', async () => {
  const { ada, capture } = await captureFrom('a.eml', 'Only a sentence.\n');
  expect(await refused('BAD_FILE', capture())).toMatchObject({ data: { reason: 'not_as_named' } });
  expect((await ada.entities.counts({}))['repairs']).toBe(0);
});

test('a conversation is attached to a repair or starts one, without what was sent to a model', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  const sent = {
    model: 'm',
    url: 'http://127.0.0.1/v1',
    isLocal: true,
    level: 'rows' as const,
    body: 'SECRET',
  };
  const turn = {
    question: 'Who leaves?',
    by: 'model' as const,
    sql: 'SELECT 1',
    sentence: 'Omar leaves.',
    sent: [sent],
  };
  const { id } = await ada.ask.addTurn({ conversation: null, turn });
  await ada.entities.create({ type: 'repair', id: 'r', data: { name: 'Hand over' } });
  const capture = async (repair?: string) =>
    resultOf(await ada.repairs.capture({ source: { kind: 'conversation', id }, ...(repair && { repair }) }));
  const { repair, document } = await capture('r');
  expect([repair.id, document.title]).toEqual(['r', 'Who leaves?']);
  const { text } = await ada.documents.text({ id: document.id });
  expect(text.join('')).toMatch(/Who leaves\?[^]*Omar leaves\.[^]*SELECT 1/);
  expect(text.join('')).not.toContain('SECRET');
  const started = await capture();
  expect(started.repair).toMatchObject({ title: 'Who leaves?', payload: { notes: 'Omar leaves.' } });
  expect(started.document.payload['record_ids']).toEqual(['r', started.repair.id]);
  await refused('NOT_FOUND', capture('none'));
});
