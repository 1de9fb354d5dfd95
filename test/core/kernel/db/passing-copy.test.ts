import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reserveTemporaryCopy, sweepTemporaryCopies } from '#core/kernel/db/temporary-copy.ts';
import { testFolder } from '#test/support/folder.ts';

test('a reserved copy is not swept before it is written, and the last one leaves nothing behind', () => {
  const folder = testFolder();
  const mine = reserveTemporaryCopy(folder, 'a');
  reserveTemporaryCopy(folder, 'b').remove();
  sweepTemporaryCopies(folder);
  writeFileSync(mine.data, 'what is retrieved', { flag: 'wx' });
  mine.remove();
  expect(existsSync(mine.folder)).toBe(false);
});

test('reservations of ended processes are swept', () => {
  const folder = testFolder();
  const mine = reserveTemporaryCopy(folder, 'a');
  for (const end of ['', '.held']) writeFileSync(join(mine.folder, `${2 ** 22 + 1}-ab.sqlite${end}`), '');
  sweepTemporaryCopies(folder);
  expect(readdirSync(mine.folder).every((name) => name.startsWith(`${process.pid}-a`))).toBe(true);
});
