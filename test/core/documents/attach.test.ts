import { readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { attach, filesIn } from '#test/support/documents/attach.ts';
import { docxOf, docxParts } from '#test/support/documents/docx.ts';
import { pdfOf } from '#test/support/documents/pdf.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { zip } from '#test/support/zip.ts';

const template = await makeTemplate(preparePeople);

const handover = pdfOf([
  'Handover of the ground station',
  'The antenna rotator stalls below five degrees.\nRestart it with the grey switch.',
]);

const contentsIn = (workspace: TestWorkspace): string[] =>
  filesIn(workspace).filter((name) => /\w{64}$/.test(name));

async function saved(workspace: TestWorkspace, id: string): Promise<Buffer> {
  const path = join(workspace.folder, '..', 'out');
  const grant = workspace.core.grants.issue(path, 'write');
  await resultOf(workspace.as().documents.save({ id, grant }));
  return readFileSync(path);
}

describe('an attached file', () => {
  test('is found by a word inside it, with its page', async () => {
    const workspace = await testWorkspace({ template });
    const { record, text, change } = await attach(workspace, 'Handover_2026.pdf', handover, {
      record_ids: ['link'],
    });
    expect([change, record.title]).toEqual(['created', 'Handover 2026']);
    expect(text).toMatchObject({ state: 'complete', pages: 2 });
    const { hits } = await workspace.as().search.find({ text: 'grey switch' });
    expect(hits).toMatchObject([{ id: record.id, field: 'file', page: 2, title: 'Handover 2026' }]);
    const described = await workspace.as().documents.ofRecord({ id: 'link' });
    expect(described.map((one) => one.record.id)).toEqual([record.id]);
    expect(described[0]?.record.derived['record_titles']).toHaveLength(1);
  });

  test('is stored once under its hash, and saved unchanged', async () => {
    const workspace = await testWorkspace({ template });
    const first = await attach(workspace, 'a.pdf', handover, { record_ids: ['team-a'] });
    const second = await attach(workspace, 'b.pdf', handover, { record_ids: ['team-b'] });
    expect([second.record.id, second.change]).toEqual([first.record.id, 'updated']);
    expect(second.record.payload['record_ids']).toEqual(['team-a', 'team-b']);
    expect(await attach(workspace, 'b.pdf', handover)).toMatchObject({ change: 'unchanged', op_id: null });
    expect(contentsIn(workspace)).toHaveLength(1);
    expect((await saved(workspace, first.record.id)).equals(handover)).toBe(true);
  });

  test('is a column of lists, sorted by the name of the file', async () => {
    const workspace = await testWorkspace({ template });
    const { entities } = workspace.as();
    for (const [name, text] of [
      ['b.txt', 'one'],
      ['a.txt', 'two'],
    ] as const)
      await attach(workspace, name, text);
    await entities.create({ type: 'document', data: { name: 'No file' } });
    const { rows } = await entities.list({
      type: 'document',
      sort: [{ field: 'file', direction: 'asc' }],
    });
    expect(rows.map(({ derived }) => derived['file'])).toEqual(['a.txt', 'b.txt', null]);
  });

  test('replaces the version before, which undo brings back', async () => {
    const workspace = await testWorkspace({ template });
    const { record } = await attach(workspace, 'notes.md', '# Notes\n\nThe old valve.');
    const { op_id } = await attach(workspace, 'notes-2.md', 'The new valve.', { document: record.id });
    const find = async (text: string) =>
      (await workspace.as().search.find({ text })).hits.map(({ id }) => id);
    expect([await find('old valve'), await find('new valve')]).toEqual([[], [record.id]]);
    await workspace.as().history.undo({ expect: op_id ?? '' });
    expect([await find('old valve'), await find('new valve')]).toEqual([[record.id], []]);
  });

  test.each([
    ['notes.txt', 'Grüße aus Köln', 'grusse koln'],
    ['notes.txt', Buffer.from('Grüße aus Köln', 'latin1'), 'grusse koln'],
    ['notes.docx', docxOf(['First', 'Second paragraph']), 'second paragraph'],
  ])('is read as text (%s)', async (name, bytes, text) => {
    const workspace = await testWorkspace({ template });
    const { record } = await attach(workspace, name, bytes);
    expect((await workspace.as().search.find({ text })).hits.map(({ id }) => id)).toEqual([record.id]);
  });
});

test('an attached document belongs to the university of the first record that it describes', async () => {
  const workspace = await testWorkspace({ template });
  const universityAbout = async (as: string | undefined, ...record_ids: string[]) => {
    const name = `${as ?? 'Ada'} about ${record_ids.join(' and ')}`;
    const { record } = await attach(workspace, `${name}.md`, name, { record_ids, ...(as && { as }) });
    return record.payload['university_id'] ?? null;
  };
  const factor = await workspace.as().entities.create({ type: 'risk-factor', data: { factor_name: 'Age' } });
  expect(await universityAbout(undefined, 'team-b', 'team-a')).toBe('uni-b');
  expect(await universityAbout('Rea', 'student-a')).toBe('uni-a');
  expect(await universityAbout(undefined, 'uni-b')).toBe('uni-b');
  expect(await universityAbout(undefined, 'link')).toBe('uni-a');
  expect(await universityAbout(undefined, factor.record.id, 'team-b')).toBe('uni-b');
  expect(await universityAbout(undefined)).toBeNull();
  expect(await universityAbout('Edi', 'team-b')).toBe('uni-a');

  // The document that describes nothing yet.
  const { record } = await attach(workspace, 'later.md', 'Ada about ', { record_ids: ['team-b'] });
  expect([record.payload['university_id'], record.title]).toEqual(['uni-b', 'Ada about']);
});

describe('a file that cannot be a document', () => {
  test('is refused by its reason and leaves nothing', async () => {
    const workspace = await testWorkspace({ template });
    for (const [name, bytes, reason] of [
      ['fake.pdf', 'MZ', 'not_as_named'],
      ['fake.docx', 'PK\x03\x04 nothing', 'not_as_named'],
      ['macros.docx', docxOf(['x'], { 'word/vbaProject.bin': 'x' }), 'macros'],
      ['bomb.docx', zip(docxParts(['x']), { sizes: { 'word/document.xml': 0xffff_ffff } }), 'swells'],
      ['macros.docm', docxOf(['x']), 'unknown_document'],
      ['binary.txt', Buffer.from([1, 0, 2, 0, 0, 3]), 'not_as_named'],
      ['program.txt', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'not_as_named'],
      ['program.exe', 'MZ', 'unknown_document'],
      ['page.html', '<script>', 'unknown_document'],
      ['empty.md', '', 'empty'],
      ['pdf.txt', handover, 'misnamed_document'],
      ['pdf.docx', handover, 'misnamed_document'],
      ['docx.md', docxOf(['x']), 'not_as_named'],
      ['docx.pdf', docxOf(['x']), 'not_as_named'],
      ['png.pdf', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'misnamed_document'],
      ['text.png', 'Grey switch', 'not_as_named'],
    ] as const) {
      const fault = await refused('BAD_FILE', attach(workspace, name, bytes));
      expect([name, fault.data.reason]).toEqual([name, reason]);
      expect(filesIn(workspace), name).toEqual([]);
    }
    expect((await workspace.as().entities.counts({})).documents).toBe(0);
  });

  test('is refused without permission, and leaves nothing behind', async () => {
    const workspace = await testWorkspace({ template });
    const path = join(workspace.folder, '..', 'a.pdf');
    writeFileSync(path, handover);
    const grant = workspace.core.grants.issue(path, 'read');
    await refused('FORBIDDEN', resultOf(workspace.as('Vic').documents.attach({ grant })));
    expect(filesIn(workspace)).toEqual([]);
  });
});

test('an image is stored unchanged and never decoded', async () => {
  const workspace = await testWorkspace({ template });
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(1000, 255)]);
  const { record, text } = await attach(workspace, 'a.png', png);
  expect(text.state).toBe('no_text');
  expect((await saved(workspace, record.id)).equals(png)).toBe(true);
});

test('temporary files that a crash left are removed, and those of a running copy stay', async () => {
  const workspace = await testWorkspace({ template });
  await attach(workspace, 'a.md', 'The first valve.');
  const { files } = workspace;
  const now = workspace.core.services.source.clock.now() / 1000;
  const ages: [string, number][] = [
    ['.crashed.part', 2 * 86_400],
    ['.running.part', 60],
    ['other.part', 2 * 86_400],
  ];
  for (const [name, age] of ages) {
    writeFileSync(join(files.documents, name), 'x');
    utimesSync(join(files.documents, name), now - age, now - age);
  }
  await attach(workspace, 'b.md', 'The second valve.');
  const parts = readdirSync(files.documents).filter((name) => name.endsWith('.part'));
  expect(parts.toSorted()).toEqual(['.running.part', 'other.part']);
  expect(contentsIn(workspace)).toHaveLength(2);
});

test('purging a deleted document removes its file, and leaves those that are still named', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const { record } = await attach(workspace, 'a.md', 'The first valve.');
  await attach(workspace, 'b.md', 'The second valve.');
  await client.entities.remove({ type: 'document', id: record.id });
  expect(contentsIn(workspace)).toHaveLength(2);
  await resultOf(client.people.purge({ days: 0 }));
  expect(contentsIn(workspace)).toHaveLength(1);
  expect((await client.search.find({ text: 'valve' })).hits.map(({ title }) => title)).toEqual(['b']);
});

test('the text of a file from elsewhere is extracted when the index is trained', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  await attach(workspace, 'a.md', 'The first valve.');
  for (const name of readdirSync(workspace.files.documents, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.json')) rmSync(join(workspace.files.documents, name));
  await client.search.clear({});
  const found = async (): Promise<number> => (await client.search.find({ text: 'valve' })).total;
  expect(await found()).toBe(0);
  await resultOf(client.search.rebuild({}));
  expect(await found()).toBe(1);
});
