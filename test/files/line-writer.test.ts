import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLineWriter } from '#files/line-writer.ts';
import { testFolder } from '#test/support/folder.ts';

test('a folder that is moved or deleted while its log is open stays away, and lost lines are counted later', () => {
  const folder = testFolder();
  const workspace = join(folder, 'workspace');
  const file = join(workspace, 'logs', 'frames.log');
  const writer = createLineWriter(file, (lost) => `${lost} lost\n`);
  writer.write('first\n');
  expect(readFileSync(file, 'utf8')).toBe('first\n');
  renameSync(workspace, join(folder, 'moved'));
  writer.write('second\n');
  writer.write('third\n');
  expect(existsSync(workspace)).toBe(false);
  renameSync(join(folder, 'moved'), workspace);
  writer.write('fourth\n');
  expect(readFileSync(file, 'utf8')).toBe('first\n\n2 lost\nfourth\n');
  // Also if another workspace is there by now.
  rmSync(workspace, { recursive: true });
  mkdirSync(workspace);
  writer.write('fifth\n');
  expect(existsSync(join(workspace, 'logs'))).toBe(false);
});
