import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { nextTimestamp } from '#shared/sync/clock.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const replica = '019b8d62-0000-7000-8000-000000000000';
const moment = fc.oneof(fc.integer({ min: 0, max: Date.UTC(2500, 0) }), fc.constantFrom(0, 1));
const anyMoment = fc.oneof(moment, fc.integer({ min: -Date.UTC(2500, 0), max: 0 }));

test('readings rise as text, however the clock jumps about', () => {
  fc.assert(
    fc.property(fc.array(anyMoment, { minLength: 2, maxLength: 50 }), (moments) => {
      const readings: string[] = [];
      for (const now of moments) readings.push(nextTimestamp(readings.at(-1) ?? null, now, replica));
      for (const reading of readings) expect(reading).toMatch(/^[0-9a-f]{12}-[0-9a-f]{4}-/);
      expect(readings).toEqual(readings.toSorted());
      expect(new Set(readings).size).toBe(readings.length);
    }),
  );
});

test('a machine with its clock at or before 1970 starts at zero', () => {
  for (const now of [0, -1, -Date.UTC(2500, 0)]) {
    expect(nextTimestamp(null, now, replica)).toBe(`000000000000-0000-${replica}`);
  }
});

test('it follows the wall clock as soon as that is ahead', () => {
  fc.assert(
    fc.property(moment, moment, (last, now) => {
      fc.pre(now > last);
      const reading = nextTimestamp(nextTimestamp(null, last, replica), now, replica);
      expect(Number.parseInt(reading.slice(0, 12), 16)).toBe(now);
      expect(reading.slice(13, 17)).toBe('0000');
    }),
  );
});

test('in the log they rise although the clock is set back', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  const days = 24 * 3600 * 1000;
  for (const jump of [0, -10 * days, 1, -days, 20 * days, -40 * days]) {
    workspace.clock.time += jump;
    await ada.entities.create({ type: 'university', data: { name: 'N' } });
  }
  const readings = workspace.raw(
    (db) => db.prepare('SELECT hlc FROM audit_transactions ORDER BY id').pluck().all() as string[],
  );
  expect(readings).toEqual(readings.toSorted());
  expect(new Set(readings).size).toBe(7);
  expect(new Set(readings.map((reading) => reading.slice(18))).size).toBe(1);
  expect((await workspace.verify()).ok).toBe(true);
});
