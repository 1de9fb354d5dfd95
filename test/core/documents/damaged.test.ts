import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { textPath } from '#core/kernel/files/contents.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { fillUp, mountSmall, smallDisks } from '#test/support/disk.ts';
import { attach, filesIn, storedPath } from '#test/support/documents/attach.ts';
import { pdfOf } from '#test/support/documents/pdf.ts';
import { refused } from '#test/support/refusal.ts';
import { restoreHere } from '#test/support/restore.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { joinAsOwner } from '#test/support/sharing.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const handover = pdfOf(['Handover', 'Restart it with the grey switch.']);

function flip(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const instead = (path: string): string => {
  rmSync(path);
  return path;
};

/** What can become of a stored file. */
const kinds: [name: string, state: string, damage: (path: string) => void][] = [
  ['a flipped bit', 'different', flip],
  ['cut off', 'different', (path) => truncateSync(path, 100)],
  ['emptied', 'different', (path) => truncateSync(path, 0)],
  ['another file', 'different', (path) => writeFileSync(path, pdfOf(['Something else']))],
  ['longer', 'different', (path) => writeFileSync(path, 'x', { flag: 'a' })],
  ['missing', 'missing', (path) => rmSync(path)],
  ['a folder', 'not_a_file', (path) => mkdirSync(instead(path))],
  ['a link', 'not_a_file', (path) => symlinkSync('/dev/zero', instead(path))],
  ['a pipe', 'not_a_file', (path) => void execFileSync('sh', ['-c', 'mkfifo "$0"', instead(path)])],
];

async function saveCode(workspace: TestWorkspace, id: string): Promise<string> {
  const path = join(workspace.folder, '..', 'out');
  const grant = workspace.core.grants.issue(path, 'write');
  try {
    await resultOf(workspace.as().documents.save({ id, grant }));
    return 'saved';
  } catch (error) {
    return existsSync(path) ? 'written' : (error as { code: string }).code;
  }
}

const verified = (workspace: TestWorkspace) => resultOf(workspace.as().workspace.verify({}));
const findingOf = async (workspace: TestWorkspace, full: boolean) =>
  (await resultOf(workspace.as().care.health({ full }))).findings.find(({ id }) => id === 'documents');

test('wrong files are never used, found by name everywhere, and repaired from a backup', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const documents: { id: string; name: string; sha256: string; state: string; path: string }[] = [];
  for (const [name, state] of kinds) {
    const { record } = await attach(workspace, `${name}.md`, `The valve that is ${name}.`);
    const { sha256 } = record.payload['file'] as StoredFile;
    documents.push({ id: record.id, name, sha256, state, path: storedPath(workspace, record) });
  }
  await attach(workspace, 'other.md', 'The other file stays.');
  const good = await resultOf(client.backups.create({}));
  for (const [index, [, , damage]] of kinds.entries()) damage(documents[index]?.path ?? '');
  const damaged = documents
    .map(({ id, name, sha256, state }) => ({ id, name, sha256, state }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

  for (const { id, state } of documents)
    expect(await client.documents.text({ id })).toMatchObject({ file: state });
  for (const { id, state } of documents)
    expect(await saveCode(workspace, id)).toBe(state === 'missing' ? 'NOT_FOUND' : 'BAD_FILE');
  const found = await verified(workspace);
  expect(found).toMatchObject({ ok: false, damage: [], documents: { ok: false, files: 1, elsewhere: 0 } });
  expect(found.documents.damaged).toEqual(damaged);
  expect(await findingOf(workspace, true)).toMatchObject({
    state: 'bad',
    params: { count: kinds.length },
    damaged: damaged.map(({ id, state }) => ({ id, state })),
  });

  // Without its text, a file would have to be read again.
  for (const { sha256 } of documents) rmSync(textPath(workspace.files, sha256));
  await resultOf(client.search.train({}));
  for (const { id } of documents) expect((await client.documents.text({ id })).characters).toBe(0);

  const bad = await resultOf(client.backups.create({}));
  expect(bad.damaged).toEqual(damaged);
  expect((await client.backups.list({})).map((one) => one.damaged_documents)).toEqual([kinds.length, 0]);
  const report = await resultOf(client.backups.verify({ id: bad.id }));
  expect(report).toMatchObject({ ok: false, reason: 'documents' });
  // The backup holds bytes in their place, and these are others.
  const inBackup = ({ state }: { state: string }) => (state === 'not_a_file' ? 'different' : state);
  expect(report.documents).toEqual(damaged.map((one) => ({ ...one, state: inBackup(one) })));
  expect((await resultOf(client.backups.verify({ id: good.id }))).ok).toBe(true);

  const repair = await resultOf(client.documents.repair({}));
  expect(repair).toMatchObject({ damaged: [], problem: null });
  expect(repair.repaired).toEqual(damaged.map((document) => ({ ...document, from: good.id })));
  for (const { id } of documents)
    expect(await client.documents.text({ id })).toMatchObject({ file: 'intact' });
  for (const { name, path } of documents)
    expect(readFileSync(path, 'utf8')).toBe(`The valve that is ${name}.`);
  expect((await verified(workspace)).ok).toBe(true);
  expect((await client.search.find({ text: 'valve' })).total).toBe(kinds.length);
  expect(await resultOf(client.documents.repair({}))).toMatchObject({ repaired: [], damaged: [] });
});

test('a file that no backup has stays damaged, and attaching it again repairs it', async () => {
  const workspace = await testWorkspace({ template });
  const { record } = await attach(workspace, 'handover.pdf', handover);
  const path = storedPath(workspace, record);
  flip(path);
  expect(await resultOf(workspace.as().documents.repair({ id: record.id }))).toMatchObject({
    repaired: [],
    damaged: [{ id: record.id, state: 'different' }],
  });
  expect(await attach(workspace, 'handover.pdf', handover)).toMatchObject({ change: 'unchanged' });
  expect(readFileSync(path).equals(handover)).toBe(true);
  expect((await verified(workspace)).documents).toMatchObject({ ok: true, files: 1 });
});

test('the former version of a document is checked too, and a file that nothing names is removed', async () => {
  const workspace = await testWorkspace({ template });
  const { record } = await attach(workspace, 'notes.md', 'The old valve.');
  const former = storedPath(workspace, record);
  await attach(workspace, 'notes.md', 'The new valve.', { document: record.id });
  flip(former);
  const stray = join(workspace.files.documents, 'ab', 'ab'.repeat(32));
  mkdirSync(join(stray, '..'), { recursive: true });
  writeFileSync(stray, 'Nobody named me.');
  expect((await verified(workspace)).documents.damaged).toMatchObject([
    { id: '', sha256: 'ab'.repeat(32) },
    { id: record.id, name: 'notes', state: 'different' },
  ]);
  expect((await resultOf(workspace.as().documents.repair({}))).damaged).toMatchObject([{ id: record.id }]);
  expect(existsSync(stray)).toBe(false);
});

test('a truncated file is found by the quick health check, and an intact one named as present', async () => {
  const workspace = await testWorkspace({ template });
  expect(await findingOf(workspace, false)).toBeUndefined();
  const { record } = await attach(workspace, 'handover.pdf', handover);
  expect(await findingOf(workspace, false)).toMatchObject({ state: 'good', code: 'documents.present' });
  expect(await findingOf(workspace, true)).toMatchObject({ state: 'good', code: 'documents.whole' });
  truncateSync(storedPath(workspace, record), 100);
  expect(await findingOf(workspace, false)).toMatchObject({ state: 'bad', code: 'documents.damaged' });
});

test('a wrong file is named after its document in live, in a sandbox and in the past', async () => {
  const workspace = await testWorkspace({ template });
  const at = (await workspace.as().history.list({ limit: 1 })).rows[0]?.id ?? 0;
  const { id: sandbox } = await take(workspace.as(), 'What if');
  const { record } = await attach(workspace, 'handover.pdf', handover);
  const inLive = { id: record.id, name: 'handover' };
  const play = await workspace.another({ target: { kind: 'sandbox', id: sandbox } });
  const path = join(workspace.folder, '..', 'plan.md');
  writeFileSync(path, 'Only in the sandbox.');
  const grant = play.grants.issue(path, 'read');
  const planned = await resultOf(clientOf(play).documents.attach({ grant, record_ids: [] }));
  const inSandbox = { id: planned.record.id, name: 'plan' };
  for (const one of [record, planned.record]) flip(storedPath(workspace, one));
  const past = await workspace.another({ target: { kind: 'moment', at, sandbox: null } });
  for (const client of [workspace.as(), clientOf(play), clientOf(past)]) {
    const { documents } = await resultOf(client.workspace.verify({}));
    const byName = documents.damaged.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName).toMatchObject([inLive, inSandbox]);
  }
});

test('restoring a backup replaces a wrong stored file', async () => {
  const workspace = await testWorkspace({ template });
  const { record } = await attach(workspace, 'handover.pdf', handover);
  const { id } = await resultOf(workspace.as().backups.create({}));
  const path = storedPath(workspace, record);
  flip(path);
  await workspace.core.close();
  await restoreHere(workspace.folder, id, { actor: null });
  expect(readFileSync(path).equals(handover)).toBe(true);
});

test('an imported document whose file never was here is not damaged', async () => {
  const workspace = await testWorkspace({ template });
  const file = { sha256: 'cd'.repeat(32), name: 'a.pdf', bytes: 10, media_type: 'application/pdf' };
  const path = join(workspace.folder, '..', 'records.json');
  writeFileSync(path, JSON.stringify({ documents: [{ id: 'doc_far', name: 'Far away', file }] }));
  const grant = workspace.core.grants.issue(path, 'read');
  await resultOf(workspace.as().transfer.importFile({ grant, force: true }));
  const { ok, documents } = await verified(workspace);
  const unfetched = [{ id: 'doc_far', name: 'Far away' }];
  expect({ ok, documents }).toMatchObject({
    ok: true,
    documents: { damaged: [], elsewhere: 1, unfetched, joined: false },
  });
  expect(await findingOf(workspace, false)).toMatchObject({
    state: 'good',
    code: 'documents.unattached',
    params: { documents: 'Far away' },
  });
  await joinAsOwner(workspace);
  expect((await verified(workspace)).documents).toMatchObject({ unfetched, joined: true });
  expect(await findingOf(workspace, true)).toMatchObject({ code: 'documents.elsewhere' });
});

test('a file that goes missing is damage if it was here when a document got it, whatever brought the record', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const { record: here } = await attach(workspace, 'here.md', 'Attached here.');
  const { file } = here.payload as { file: StoredFile };
  const { op_id } = await client.entities.remove({ type: 'document', id: here.id });
  await client.history.undo({ expect: op_id ?? '' });
  const far = { ...file, sha256: 'cd'.repeat(32) };
  await client.entities.create({ type: 'document', id: 'doc_far', data: { name: 'Far away', file: far } });
  await client.entities.create({ type: 'document', id: 'doc_same', data: { name: 'Same file', file } });
  const { id: sandbox } = await take(client, 'Plan');
  const core = await openSandbox(workspace, sandbox);
  const path = join(workspace.folder, '..', 'promoted.md');
  writeFileSync(path, 'Attached in a sandbox.');
  const grant = core.grants.issue(path, 'read');
  const { record: promoted } = await resultOf(clientOf(core).documents.attach({ grant }));
  await resultOf(client.sandboxes.promote({ id: sandbox }));
  rmSync(workspace.files.documents, { recursive: true });
  const { documents } = await verified(workspace);
  expect(documents.damaged.map(({ id }) => id).toSorted()).toEqual(
    [here.id, 'doc_same', promoted.id].toSorted(),
  );
  expect(documents.elsewhere).toBe(1);
});

test.each(smallDisks())('a disk that gets full leaves no part (%s)', async () => {
  const workspace = await testWorkspace({ template });
  await attach(workspace, 'small.md', 'The first valve.');
  const { documents } = workspace.files;
  const kept = filesIn(workspace);
  rmSync(documents, { recursive: true });
  mkdirSync(documents);
  onTestFinished(mountSmall(documents, 3_000_000));
  for (const bytes of [2_500_000, 8_000_000]) {
    const filler = fillUp(documents);
    truncateSync(filler, 1_000_000);
    const fault = await refused('BAD_FILE', attach(workspace, 'large.txt', Buffer.alloc(bytes, 'valve ')));
    expect([fault.data.reason, filesIn(workspace)]).toEqual(['unwritable', ['filler']]);
  }
  expect(kept.length).toBeGreaterThan(0);
});
