import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  unambiguousDay,
  dayInOrder,
  daysAfter,
  numericFormat,
  isDay,
  parseDay,
} from '#shared/domain/days.ts';

const date = fc.date({
  noInvalidDate: true,
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2069-12-31T00:00:00Z'),
});
const partsOf = (day: Date) => {
  const iso = day.toISOString().slice(0, 10);
  const [y = '', m = '', d = ''] = iso.split('-');
  return { iso, y, m, d };
};

describe('a day', () => {
  it('exists in the calendar, in the form of FRAMES', () => {
    for (const day of ['2025-03-15', '2024-02-29', '1900-02-28', '2000-02-29', '0000-02-29'])
      expect(isDay(day)).toBe(true);
    for (const none of [
      '2025-02-29',
      '1900-02-29',
      '0050-02-31',
      '2025-13-01',
      '2025-3-15',
      '2025-03-15 ',
      '2025-00-01',
      'soon',
    ])
      expect(isDay(none)).toBe(false);
  });

  test.prop([date, fc.constantFrom('-', '.', '/')])(
    'is read however it is written, and never as another',
    (day, sign) => {
      const { iso, y, m, d } = partsOf(day);
      for (const text of [
        iso,
        `${iso}T00:00:00.000Z`,
        `${iso} 00:00`,
        ` ${y}${sign}${Number(m)}${sign}${Number(d)} `,
      ])
        expect(parseDay(text)).toEqual({ day_first: iso, month_first: iso });
      expect(parseDay(`${d}${sign}${m}${sign}${y}`)?.day_first).toBe(iso);
      expect(parseDay(`${Number(m)}${sign}${Number(d)}${sign}${y.slice(2)}`)?.month_first).toBe(iso);
    },
  );

  test.prop([date, fc.constantFrom('en-GB', 'en-US', 'de'), fc.constantFrom('short', 'long')])(
    'is certain where its month has a name',
    (day, language, month) => {
      const text = new Intl.DateTimeFormat(language, {
        day: 'numeric',
        month,
        year: 'numeric',
        timeZone: 'UTC',
      }).format(day);
      expect(unambiguousDay(text)).toBe(partsOf(day).iso);
    },
  );

  it('is ambiguous if day and month are numbers that could both be months', () => {
    expect(parseDay('03/04/2025')).toEqual({ day_first: '2025-04-03', month_first: '2025-03-04' });
    expect(unambiguousDay('03/04/2025')).toBeNull();
    expect(parseDay('15.03.25')).toEqual({ day_first: '2025-03-15', month_first: null });
    expect(unambiguousDay('15.03.25')).toBe('2025-03-15');
    expect(unambiguousDay('04/04/2025')).toBe('2025-04-04');
  });

  it('does not exist in a word, a number, a time or a version', () => {
    for (const text of [
      'soon',
      '',
      '2025',
      '12.5',
      '45731',
      '2025-03-15 13:30',
      '31/02/2025',
      '1.2.3.4',
      '10-2025',
      '15 Foo 2025',
    ])
      expect(parseDay(text)).toBeNull();
  });
});

describe('a typed day', () => {
  it('is read in the order that they write days in, with dots always the day first', () => {
    expect(dayInOrder('03/04/2025', 'day_first')).toBe('2025-04-03');
    expect(dayInOrder('03/04/2025', 'month_first')).toBe('2025-03-04');
    expect(dayInOrder('03-04-2025', 'month_first')).toBe('2025-03-04');
    expect(dayInOrder('12.11.2023', 'month_first')).toBe('2023-11-12');
    expect(dayInOrder('12.11.23', null)).toBe('2023-11-12');
    for (const order of ['day_first', 'month_first', null] as const) {
      expect(dayInOrder('1 Sep 2024', order)).toBe('2024-09-01');
      expect(dayInOrder('2024-09-01', order)).toBe('2024-09-01');
      // Where one order cannot be, the other one is meant.
      expect(dayInOrder('15/03/2025', order)).toBe('2025-03-15');
      expect(dayInOrder('03.15.2025', order)).toBe('2025-03-15');
      expect(dayInOrder('2024-02-30', order)).toBeNull();
      expect(dayInOrder('Fall 2024', order)).toBeNull();
    }
  });

  it('stays as it is if ambiguous, also in its year', () => {
    expect(dayInOrder('03/04/2025', null)).toBeNull();
    expect(dayInOrder('25-03-04', 'day_first')).toBeNull();
  });

  it('has an order if its month is a number', () => {
    expect(numericFormat('3/4/25')).toEqual({ separator: '/', hasShortYear: true });
    expect(numericFormat(' 03.04.2025 00:00')).toEqual({ separator: '.', hasShortYear: false });
    for (const other of ['2025-03-04', '3 Apr 2025', 'soon']) expect(numericFormat(other)).toBeNull();
  });
});

describe('days of a year, a month or a day', () => {
  test.prop([date, fc.integer({ min: -400, max: 400 })])('are counted on', (day, count) => {
    const { iso } = partsOf(day);
    expect(daysAfter(daysAfter(iso, count), -count)).toBe(iso);
  });
});
