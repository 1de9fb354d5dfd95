import { expect, test } from 'vitest';
import { whoIs, whoNamed } from '#renderer/text/who.ts';

test('somebody whose profile is not here is called by no id', () => {
  expect(whoIs({ id: 'prof_1', name: 'prof_1' }, 'prof_2')).toBe('somebody unknown here');
  expect(whoNamed({ id: 'prof_1', name: 'prof_1' }, 'prof_2')).toBe('somebody unknown here');
  expect(whoIs({ id: 'prof_1', name: 'Ada' }, 'prof_2')).toBe('Ada');
});
