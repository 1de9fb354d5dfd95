import { expect, test } from 'vitest';
import { TestRepository, ann, bo } from '#test/core/code-maps/fixture.ts';
import { inFolder } from './frames.ts';

const { frames, json, at } = inFolder();
const W = ['--workspace', 'W'];

test('frames map compares two maps by their values, and has nothing to do without a proposal', async () => {
  await json('init', ...W);
  await json('entities', 'create', 'repository', 'repo_1', '--data', '{"name":"Code"}', ...W);
  const repository = new TestRepository(at('code'));
  repository.write('a.c', '1\n');
  repository.commit(ann, 'one');
  await json('map', 'scan', 'repo_1', '--folder', 'code', ...W);
  repository.write('b.c', '1\n');
  repository.commit(bo, 'two');
  await json('map', 'scan', 'repo_1', ...W);

  const compared = await frames('map compare repo_1 --workspace W');
  expect(compared.stdout).toMatch(/Folder +Rest +Before +After/);
  expect(compared.stdout).toMatch(/\. +no +files 1, .*people 1, .* files 2, .*people 2,/);

  const matched = await frames('map match repo_1 --proposed --workspace W');
  expect(matched).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to change.') as string });

  const shown = await frames('map show repo_1 --workspace W');
  expect(shown.stdout).toMatch(/^Folder: .*code$/m);
});
