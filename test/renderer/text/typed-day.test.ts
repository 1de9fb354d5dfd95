import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { speak } from '#renderer/i18n/setup.ts';
import { formatDay, useFormats } from '#renderer/text/formats.ts';
import { parseTypedDay, parseTypedSpan } from '#renderer/text/typed-day.ts';

afterEach(async () => {
  useFormats.setState({ dates: 'day-month' });
  await speak('en');
});

const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

it.each(['en', 'de'])('reads every day that it shows, in each way of writing (%s)', async (language) => {
  await speak(language);
  fc.assert(
    fc.property(days, fc.constantFrom('day-month', 'month-day', 'iso'), (day, dates) => {
      useFormats.setState({ dates });
      expect(parseTypedDay(formatDay(day))).toBe(day);
      expect(parseTypedSpan(formatDay(day))).toEqual({ from: day, until: day });
    }),
  );
});

it('follows the preferred order, and refuses ambiguous days', () => {
  expect(parseTypedDay('01.07.2026')).toBe('2026-07-01');
  expect(parseTypedDay('1/7/2026')).toBe('2026-07-01');
  useFormats.setState({ dates: 'month-day' });
  expect(parseTypedDay('1/7/2026')).toBe('2026-01-07');
  useFormats.setState({ dates: 'iso' });
  expect(parseTypedDay('1/7/2026')).toBeNull();
  expect(parseTypedSpan('2026-02')).toEqual({ from: '2026-02-01', until: '2026-02-28' });
  expect(parseTypedSpan('soon')).toBeNull();
});
