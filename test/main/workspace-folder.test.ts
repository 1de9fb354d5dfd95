import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

it('a folder with the file of a workspace holds one', () => {
  expect(holdsWorkspace(folder)).toBe(false);
  writeFileSync(join(folder, 'frames.sqlite'), '');
  expect(holdsWorkspace(folder)).toBe(true);
});
