import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { holdsWorkspace, isFree } from '#main/workspace-folder.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

it('a new workspace may be made in a missing or an empty folder only', () => {
  expect(isFree(join(folder, 'missing'))).toBe(true);
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect(isFree(empty)).toBe(true);
  writeFileSync(join(empty, '.DS_Store'), '');
  expect(isFree(empty)).toBe(true);
  writeFileSync(join(empty, 'notes.txt'), '');
  expect(isFree(empty)).toBe(false);
  expect(isFree(join(empty, 'notes.txt'))).toBe(false);
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
  expect(holdsWorkspace(folder)).toBe(true);
});

it('a folder with common files only has none', () => {
  for (const one of ['logs', 'backups', join('backups', 'Holiday')])
    mkdirSync(join(folder, one), { recursive: true });
  writeFileSync(join(folder, 'notes.txt'), '');
  expect(holdsWorkspace(folder)).toBe(false);
  expect(holdsWorkspace(join(folder, 'notes.txt'))).toBe(false);
});

it('a folder with the file of a workspace holds one', () => {
  expect(holdsWorkspace(folder)).toBe(false);
  writeFileSync(join(folder, 'frames.sqlite'), '');
  expect(holdsWorkspace(folder)).toBe(true);
});
