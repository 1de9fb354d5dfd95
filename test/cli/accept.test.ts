import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder('here');
const w = ['--workspace', 'w'] as const;

test('an older file is refused until when changes are missing, and taken as it is with a yes', async () => {
  await json('seed', '--size', 'small', ...w);
  const old = readFileSync(at('w/frames.sqlite'));
  await json('entities', 'create', 'team', '--data', '{"name":"Late"}', ...w);
  writeFileSync(at('w/frames.sqlite'), old);
  const { error } = await refused('entities', 'list', 'team', ...w);
  expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'behind' } });
  expect(error.message).toMatch(/newest changes, until [\d: -]+ \(UTC\), are missing/);
  const { stdout } = await frames('salvage', ...w, '--dry');
  expect(stdout).toMatch(/Lost: the changes after [\d: -]+ until [\d: -]+ \(UTC\)\./);
  expect(stdout).not.toContain('nothing is known to be lost');
  expect((await frames('accept', ...w)).code).toBe(2);
  expect((await frames('accept', ...w, '--yes')).stdout).toMatch(/changes until .* are missing in it/);
  expect((await frames('audit', 'list', ...w)).stdout).toContain('Took the file as it was put there');
  expect((await frames('accept', ...w, '--yes')).stdout).toContain('Nothing was changed');
});
