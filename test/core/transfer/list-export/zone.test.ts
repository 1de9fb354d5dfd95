import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock, localTimeText } from '#core/export/cells.ts';

const zones = [
  'UTC',
  'Asia/Tokyo',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
];
const moment = fc.date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2040-01-01') });

describe('a clock on the wall', () => {
  it('shows local times of the zone, whatever was formatted before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(moment, { minLength: 1 }), (zone, all) => {
        const clock = createClock(zone);
        const shown = new Intl.DateTimeFormat('sv-SE', {
          dateStyle: 'short',
          timeStyle: 'medium',
          timeZone: zone,
        });
        for (const at of all) {
          const wall = clock(at.toISOString());
          if (wall === null) throw new Error('no wall');
          expect(localTimeText(wall)).toBe(shown.format(at));
        }
      }),
    );
  });

  it('is UTC for an unknown zone, and keeps other texts', () => {
    const at = '2026-11-20T11:34:35.123Z';
    expect(createClock('Mars/Olympus')(at)).toBe(Date.parse(at));
    expect(createClock('Asia/Tokyo')('soon')).toBeNull();
  });

  it('follows clocks that are put forward', () => {
    const clock = createClock('Europe/Berlin');
    const shown = ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'].map((at) => localTimeText(clock(at) ?? 0));
    expect(shown).toEqual(['2026-03-29 01:59:59', '2026-03-29 03:00:00']);
    // Not at a full hour.
    expect(localTimeText(createClock('America/St_Johns')('1998-10-25T02:31:00Z') ?? 0)).toBe(
      '1998-10-24 23:01:00',
    );
  });
});
