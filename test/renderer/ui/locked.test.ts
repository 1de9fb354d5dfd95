import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { speak } from '#renderer/i18n/setup.ts';
import { clearNotices, useNotices } from '#renderer/stores/notices.ts';
import { tellUndeletable } from '#renderer/features/records/data/refused.ts';
import { tellAllLocked } from '#renderer/ui/locked.ts';
import { layOut } from '../support/layout.ts';

const told = () => useNotices.getState().list.map(({ title }) => title);
const viewer = { id: 'p', name: 'Vera', role: 'viewer', university_id: null, created_at: '' } as const;

const all = { kind: 'matching' as const };

beforeEach(() => {
  layOut();
  clearNotices();
});
afterEach(() => speak('en'));

describe('what cannot be changed is told', () => {
  it.each([
    ['en', 1, '1 team is read-only for you'],
    ['en', 2, '2 teams are read-only for you'],
    ['de', 1, '1 Team darf dieses Profil nur lesen'],
    ['de', 2, '2 Teams darf dieses Profil nur lesen'],
  ])('in %s of %i', async (language, count, title) => {
    await speak(language);
    expect(tellUndeletable(viewer, 'team', { records: null, count, which: all })).toBe(true);
    expect(told()).toEqual([title]);
  });

  it('of several things without their number', () => {
    tellAllLocked('Positions', 'Because.');
    expect(told()).toEqual(['Positions are read-only for you']);
  });
});
