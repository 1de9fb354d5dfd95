import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Pages } from '#core/salvage/pages.ts';
import { readWal } from '#core/salvage/wal.ts';

/** Files whose beginning the system refuses with EIO, as a disk does with bad sectors: there is one on Linux. */
const refusing = ['/proc/self/mem'].filter((file) => existsSync(file));

test.each(refusing)('a beginning that the disk does not give out is a page less: %s', (file) => {
  const pages = new Pages(file);
  expect({ bytes: pages.pageBytes, first: pages.page(1) }).toEqual({ bytes: 4096, first: null });
  pages.close();
  expect(readWal(file)).toBeNull();
});

test('without a file there are no pages and no log', () => {
  const pages = new Pages('/nowhere/frames.sqlite');
  expect([pages.pageCount, pages.page(1), readWal('/nowhere/frames.sqlite-wal')]).toEqual([0, null, null]);
  pages.close();
});
