import { expect, test } from 'vitest';
import { say } from '#renderer/i18n/setup.ts';

test('a text is found by its namespace and key, with its values in place', () => {
  expect(say('network:released', { count: 2 })).toBe('Reset 2 positions');
  expect(say('network:saved', { count: 1, title: 'Avionics' })).toBe('Saved the position of “Avionics”');
  expect(say('close')).toBe(say('common:close'));
});

test('the compiler refuses unknown keys, missing values and unknown values', () => {
  // @ts-expect-error -- no text has this key
  expect(say('common:noSuchText')).toBe('noSuchText');
  // @ts-expect-error -- a plural needs its count
  expect(say('network:released')).not.toBe('Reset 1 position');
  // @ts-expect-error -- the form for one position shows the record
  expect(say('network:saved', { count: 1 })).toContain('{{title}}');
  // @ts-expect-error -- the text shows the name of a language
  expect(say('commands:view.language')).toContain('{{name}}');
  // @ts-expect-error -- the text shows no title
  expect(say('network:released', { count: 1, title: 'Avionics' })).toBe('Reset 1 position');
});
