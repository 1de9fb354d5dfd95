import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { at, frames, json, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

/** The only stored file of the workspace. */
function storedFile(): string {
  const documents = at('w/documents');
  const [folder = ''] = readdirSync(documents).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const [file = ''] = readdirSync(join(documents, folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  return join(documents, folder, file);
}

beforeAll(async () => {
  await seed();
  writeFileSync(at('notes.md'), '# Handover\nRestart it with the grey switch.\n');
});

test('a damaged file of a document is named by every check with exit code 1, never saved, and repaired from a backup', async () => {
  const { record } = await json<{ record: { id: string } }>('documents attach', 'notes.md', ...w);
  const { id: good } = await json<{ id: string }>('backup create', ...w);
  writeFileSync(storedFile(), '# Handover\nRestart it with the green switch.\n');

  for (const check of ['verify', 'health --full']) {
    const { code, stdout, stderr } = await frames(check, ...w);
    expect([check, code]).toEqual([check, 1]);
    expect(stdout).toContain('notes');
    expect(stderr).toContain('frames documents repair');
  }
  const saved = await frames('documents save', record.id, ...w, '--out', 'saved.md');
  expect(saved.code).toBe(1);
  expect(readdirSync(at('.'))).not.toContain('saved.md');

  const made = await frames('backup create', ...w);
  expect(made.stdout + made.stderr).toContain('notes');
  const [newest] = await json<{ id: string }[]>('backup list', ...w);
  expect(newest?.id).not.toBe(good);
  const verified = await frames('backup verify', newest?.id ?? '', ...w);
  expect(verified.code).toBe(1);
  expect(verified.stdout).toContain('notes');
  expect((await frames('backup verify', good, ...w)).code).toBe(0);

  expect(await json('documents repair', ...w)).toMatchObject({ repaired: [{ id: record.id }], damaged: [] });
  expect((await frames('verify', ...w)).code).toBe(0);
  mkdirSync(at('out'), { recursive: true });
  await json('documents save', record.id, ...w, '--out', 'out/saved.md');
  expect(readdirSync(at('out'))).toEqual(['saved.md']);
});

test('a document whose file never was here is listed with the way to attach it', async () => {
  await seed('x');
  const x = ['--workspace', 'x'] as const;
  expect((await frames('verify', ...x)).stdout).toContain('✓ Files of documents: none stored');
  const file = { sha256: 'cd'.repeat(32), name: 'a.md', bytes: 10, media_type: 'text/markdown' };
  writeFileSync(at('far.json'), JSON.stringify({ documents: [{ id: 'doc_far', name: 'Far away', file }] }));
  await json('import', 'far.json', ...x, '--force');
  const { code, stdout } = await frames('verify', ...x);
  expect(code).toBe(0);
  expect(stdout).toMatch(/doc_far +Far away/);
  expect(stdout).not.toContain('sync fetch');
  expect(stdout).toContain('"frames documents attach FILE --document ID"');
  await json('documents attach', 'notes.md', '--document', 'doc_far', ...x);
  expect((await frames('verify', ...x)).stdout).not.toContain('doc_far');
});
