import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { rangeText } from '#renderer/features/history/HistoryFilters.tsx';
import { isFiltered, edgeOfDay, noFilters, queryOf } from '#renderer/features/history/query.ts';
import { localDay } from '#renderer/text/local-day.ts';
import { historyOf } from '#shared/address/view.ts';

describe('the query of a history address', () => {
  it('covers everything by default', () => {
    expect(queryOf(historyOf({ open: 'op_1' }))).toEqual({});
    expect(isFiltered(queryOf(historyOf()))).toBe(false);
  });

  it('has actor, type, action and record', () => {
    const view = historyOf({ actor: 'p1', type: 'team', action: 'delete', university: 'u1', record: 't1' });
    expect(queryOf(view)).toEqual({
      actor: 'p1',
      type: 'team',
      action: 'delete',
      university_id: 'u1',
      entity_id: 't1',
      with_links: true,
    });
    expect(queryOf({ ...view, ...noFilters })).toEqual({});
  });

  it('a day ranges from its first to its last moment in local time', () => {
    const { from, until } = queryOf(historyOf({ from: '2026-11-20', until: '2026-11-20' }));
    expect(Date.parse(until ?? '') - Date.parse(from ?? '')).toBe(24 * 3600 * 1000 - 1);
    expect(localDay(new Date(from ?? ''))).toBe('2026-11-20');
  });

  const day = fc.date({ min: new Date(2000, 0, 1), max: new Date(2100, 0, 1), noInvalidDate: true });
  test.prop([day])('a day is found again in its first moment', (time) => {
    const text = localDay(time);
    expect(localDay(new Date(edgeOfDay(text, 'start') ?? ''))).toBe(text);
  });
});

describe('a range of days in words', () => {
  it.each([
    ['2026-11-03', '', 'since 3 Nov 2026'],
    ['', '2026-11-03', 'until 3 Nov 2026'],
    ['2026-11-03', '2026-11-03', '3 Nov 2026'],
    ['2026-11-01', '2026-11-03', '1 Nov 2026 – 3 Nov 2026'],
  ])('%s to %s', (from, until, text) => {
    expect(rangeText({ from, until })).toBe(text);
  });
});
