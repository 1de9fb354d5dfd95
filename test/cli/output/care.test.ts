import { expect, test } from 'vitest';
import { findingText } from '#cli/output/care.ts';

test.each([
  [1, 'Checked backups: backup b1 cannot be used or was found damaged'],
  [2, 'Checked backups: 2 backups cannot be used or were found damaged, for example b1'],
])('%i damaged backups are told in the right number', (count, said) => {
  const params = { count, id: 'b1' };
  expect(findingText({ id: 'verified', state: 'warn', code: 'verified.damaged', params })).toBe(said);
});

test.each([
  [59 * 60_000, 'less than an hour'],
  [3_600_000, '1 hour'],
  [72 * 3_600_000, '3 days'],
])('how old a backup is is told in words: %i ms', (age, said) => {
  const finding = { id: 'backup', state: 'good', code: 'backup.recent', params: { id: 'b1', age } } as const;
  expect(findingText(finding)).toBe(`Newest backup: b1, ${said} old; something was written since`);
});
