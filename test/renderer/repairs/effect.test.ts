import { expect, test } from 'vitest';
import { effectText } from '#renderer/features/repairs/effect-text.ts';
import { dueText, isOverdue } from '#renderer/features/repairs/open-repairs.ts';

const planned = { value_before: 12.4, value_expected: 5 };
const now = (value: number | null) => ({ value, gap: null, university: null });
/** The same with plain blanks. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('an open repair has the former, current and expected value', () => {
  expect(plain(effectText(planned, now(11.94)))).toBe('12.4 % when planned · 11.9 % now · 5 % expected');
  expect(plain(effectText(planned, undefined))).toBe('12.4 % when planned · 5 % expected');
  expect(plain(effectText(planned, now(0)))).toBe('12.4 % when planned · no longer at risk · 5 % expected');
  expect(effectText({}, { value: null, gap: 'unmeasured', university: null })).toBe('');
});

test('a done one has the improvement or decline', () => {
  const done = (value_after: number | null) =>
    plain(effectText({ ...planned, done_on: '2026-03-05', value_after }, undefined));
  expect(done(6.1)).toBe('12.4 % before · 5 % expected · 6.1 % after: 6.3 points better');
  expect(done(11.4)).toBe('12.4 % before · 5 % expected · 11.4 % after: 1 point better');
  expect(done(13)).toBe('12.4 % before · 5 % expected · 13 % after: 0.6 points worse');
  expect(done(12.4)).toBe('12.4 % before · 5 % expected · 12.4 % after: no change');
  expect(done(0)).toBe('12.4 % before · 5 % expected · 0 % after: no longer at risk');
  expect(done(null)).toBe('12.4 % before · 5 % expected');
});

test('a due date is relative while near, and overdue from the next day', () => {
  const today = new Date(2026, 2, 5, 23);
  expect([dueText('2026-03-05', today), isOverdue('2026-03-05', today)]).toEqual(['today', false]);
  expect([dueText('2026-03-04', today), isOverdue('2026-03-04', today)]).toEqual(['yesterday', true]);
  expect(dueText('2026-03-12', today)).toBe('in 7 days');
  expect(dueText('2026-06-12', today)).toBe('12 Jun 2026');
});
