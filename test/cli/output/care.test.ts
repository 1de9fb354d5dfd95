import { expect, test } from 'vitest';
import { findingText } from '#cli/output/care.ts';

test.each([
  [1, 'Checked backups: backup b1 cannot be used or was found damaged'],
  [2, 'Checked backups: 2 backups cannot be used or were found damaged, for example b1'],
])('%i damaged backups are told in the right number', (count, said) => {
  const params = { count, id: 'b1' };
  expect(findingText({ id: 'verified', state: 'warn', code: 'verified.damaged', params })).toBe(said);
});
