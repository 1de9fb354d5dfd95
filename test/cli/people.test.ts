import { writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { ErasureResult, Occurrences } from '#shared/contract/people.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

async function createPerson(name: string): Promise<string> {
  const data = JSON.stringify({ name });
  const { record } = await json<{ record: { id: string } }>(
    'entities create',
    'student',
    '--data',
    data,
    ...w,
  );
  return record.id;
}

beforeAll(async () => {
  await seed();
});

test('an erasure says what was emptied, and apart from it what is left; later finding says that it cannot tell', async () => {
  const id = await createPerson('Zoë Quillfeather');
  writeFileSync(at('notes.md'), 'Ask Zoe Quillfeather.\n');
  await json('documents attach', 'notes.md', ...w);
  const { files } = await json<Occurrences>('people find', id, ...w);
  expect(files).not.toEqual([]);

  const { stdout } = await frames('people erase', id, '--yes', ...w);
  const [emptied = '', left = ''] = stdout.split('What is left:');
  expect(emptied).toContain('live');
  expect(left).not.toContain('live');
  for (const file of files ?? []) expect(left).toContain(file);
  expect(stdout).not.toMatch(/Quillfeather|present/);

  expect((await json<Occurrences>('people find', id, ...w)).files).toBeNull();
  expect((await frames('people find', id, ...w)).stdout).not.toMatch(/^.*name: none$/m);
});

test('the result of an erasure has the person as the workspace knows them now', async () => {
  const id = await createPerson('Quentin Quillfeather');
  const { person, files, versions } = await json<ErasureResult>('people erase', id, '--yes', ...w);
  expect(person).toMatchObject({ id, name: '[erased]', terms: [], state: 'erased' });
  expect([files, versions]).toEqual([[], []]);
});
