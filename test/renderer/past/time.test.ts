import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAndTime, parseTime } from '#renderer/features/past/GoToTime.tsx';

const minutes = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));

describe('a day and time that are typed', () => {
  it('mean the end of the minute or day in local time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), minutes, (date, [hour, minute]) => {
        const day = `2026-11-${String(date).padStart(2, '0')}`;
        const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const time = parseTime(day, clock);
        expect(time).not.toBeNull();
        expect(dayAndTime(time ?? '')).toEqual({ day, clock: `${clock}:59` });
        expect(new Date(time ?? '').getSeconds()).toBe(59);
      }),
    );
    expect(parseTime('2026-11-12', '14:03:22')).toBe(new Date(2026, 10, 12, 14, 3, 22, 999).toISOString());
    expect(parseTime('2026-11-12', '')).toBe(parseTime('2026-11-12', '23:59'));
  });

  it('are read as people write them, and nothing else is', () => {
    const at = parseTime('2026-11-12', '14:03');
    expect(['14.03', '2:03 pm', '14:03 Uhr', '14h03'].map((clock) => parseTime('2026-11-12', clock))).toEqual(
      [at, at, at, at],
    );
    expect(
      ['24:00', '12:60', '12:30:60', '13:00 pm', 'noon', '1:2'].map((clock) =>
        parseTime('2026-11-12', clock),
      ),
    ).toEqual([null, null, null, null, null, null]);
  });
});
