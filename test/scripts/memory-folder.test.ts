import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeAbandoned } from '#scripts/lib/memory-folder.ts';
import { makeReadOnly, readOnlyPlaces } from '#test/support/disk.ts';
import { testFolder } from '#test/support/folder.ts';

const ended = (): number => spawnSync(process.execPath, ['--version']).pid;

test('the folders of runs that were killed are removed, and those of runs at work stay', () => {
  const place = testFolder();
  const names = [`frames-tests-${ended()}-a`, `frames-tests-${process.pid}-b`, 'frames-tests-c', 'other'];
  for (const name of names) mkdirSync(join(place, name));
  removeAbandoned(place);
  expect(names.map((name) => existsSync(join(place, name)))).toEqual([false, true, true, true]);
});

test.each(readOnlyPlaces())('what a killed run left and cannot be removed stops no run: %s', () => {
  const place = testFolder();
  const [stuck, free] = [1, 2].map((n) => join(place, `frames-tests-${ended()}-${n}`)) as [string, string];
  for (const folder of [stuck, free]) mkdirSync(folder);
  writeFileSync(join(stuck, 'file'), 'held');
  const release = makeReadOnly(stuck);
  try {
    removeAbandoned(place);
    expect([existsSync(stuck), existsSync(free)]).toEqual([true, false]);
  } finally {
    release();
  }
});
