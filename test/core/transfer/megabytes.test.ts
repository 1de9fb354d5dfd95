import { expect, test } from 'vitest';
import { megabytes } from '#core/kernel/files/refusal.ts';

test('sizes are rounded up to whole megabytes', () => {
  expect([0, 1, 1024 * 1024, 1024 * 1024 + 1].map(megabytes)).toEqual(['0 MB', '1 MB', '1 MB', '2 MB']);
});
