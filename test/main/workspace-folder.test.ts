import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasWorkspace, isEmptyOrMissing } from '#main/workspace-folder.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

it('a new workspace may be made in a missing or an empty folder only', () => {
  expect(isEmptyOrMissing(join(folder, 'missing'))).toBe(true);
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect(isEmptyOrMissing(empty)).toBe(true);
  writeFileSync(join(empty, '.DS_Store'), '');
  expect(isEmptyOrMissing(empty)).toBe(true);
  writeFileSync(join(empty, 'notes.txt'), '');
  expect(isEmptyOrMissing(empty)).toBe(false);
  expect(isEmptyOrMissing(join(empty, 'notes.txt'))).toBe(false);
});

it.each([
  ['an audit head', 'head.json'],
  ['a note of a restore', 'restoring.json'],
  ['a note where backups lie', 'backups.place.json'],
  ['sandboxes', join('sandboxes', 'x')],
  ['a backup', join('backups', '20260304T050607009Z.frames')],
])('a folder in which %s was left holds a workspace whose file is gone', (_, left) => {
  mkdirSync(dirname(join(folder, left)), { recursive: true });
  writeFileSync(join(folder, left), '');
  expect(hasWorkspace(folder)).toBe(true);
});

it('a folder with common files only has none', () => {
  for (const one of ['logs', 'backups', join('backups', 'Holiday')])
    mkdirSync(join(folder, one), { recursive: true });
  writeFileSync(join(folder, 'notes.txt'), '');
  expect(hasWorkspace(folder)).toBe(false);
  expect(hasWorkspace(join(folder, 'notes.txt'))).toBe(false);
});

it('a folder with the file of a workspace holds one', () => {
  expect(hasWorkspace(folder)).toBe(false);
  writeFileSync(join(folder, 'frames.sqlite'), '');
  expect(hasWorkspace(folder)).toBe(true);
});
