import { describe, expect, it } from 'vitest';
import { hereText, partOfDay } from '#renderer/features/home/greeting.ts';
import { lookAt } from '../support/target.ts';

const morning = new Date(2026, 10, 20, 9, 12);

describe('what is here, in a line', () => {
  it('names universities, teams, students and links', () => {
    const counts = { universities: 5, teams: 64, students: 0, interfaces: 173, outcomes: 3 };
    expect(hereText('Pathfinder 2026', counts, morning)).toBe(
      'Good morning. Pathfinder 2026 · 5 universities, 64 teams and 173 links',
    );
  });

  it('names what there is when there is none of these', () => {
    expect(hereText('W', { outcomes: 1 }, morning)).toBe('Good morning. W · 1 outcome');
  });

  it('says so when there is nothing', () => {
    expect(hereText('W', { teams: 0 }, morning)).toBe('Good morning. W has no records yet');
    lookAt('then-live');
    expect(hereText('W', { teams: 0 }, morning)).toBe('Good morning. W had no records then');
  });

  it.each([
    [0, 'night'],
    [5, 'morning'],
    [11, 'morning'],
    [12, 'afternoon'],
    [18, 'evening'],
    [23, 'evening'],
  ])('at %i it is %s', (hour, part) => {
    expect(partOfDay(hour)).toBe(part);
  });
});
