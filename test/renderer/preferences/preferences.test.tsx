import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import PreferencesView from '#renderer/features/preferences/PreferencesView.tsx';
import { i18n, speak } from '#renderer/i18n/setup.ts';
import {
  followPreferences,
  setPreference,
  preferenceOf,
  resetPreferences,
} from '#renderer/stores/preferences.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { exactTime } from '#renderer/text/time.ts';
import { numberText, shortNumber } from '#renderer/text/values.ts';
import { defaultSeat } from '#shared/shell/seat-defaults.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const root = document.documentElement;

beforeEach(async () => {
  useSeat.setState(defaultSeat, true);
  await followPreferences();
});

async function open() {
  await serveCore();
  return draw(<PreferencesView />);
}

describe('preferences', () => {
  it('count at once', async () => {
    const { hands } = await open();
    expect(root.dataset).toMatchObject({ density: 'comfortable', motion: 'system' });
    await hands.click(screen.getByRole('radio', { name: 'Compact' }));
    await hands.click(screen.getByRole('radio', { name: 'Reduced' }));
    expect(root.dataset).toMatchObject({ density: 'compact', motion: 'reduced' });
    await hands.click(screen.getByRole('radio', { name: 'Dark' }));
    expect(useSeat.getState().theme).toBe('dark');
    await hands.click(screen.getByRole('radio', { name: 'Open Home' }));
    expect(preferenceOf('start')).toBe('home');
  });

  it('dates and numbers are written as one likes', async () => {
    const { hands } = await open();
    expect(numberText(1250.5)).toBe('1,250.5');
    await hands.click(screen.getByRole('radio', { name: '1.250,5' }));
    expect(numberText(1250.5)).toBe('1.250,5');
    expect(i18n.t('common:count', { count: 1250 })).toBe('1.250 records');
    expect(shortNumber(9999)).toBe('9.999');
    await hands.click(screen.getByRole('radio', { name: 'Year first (ISO 8601)' }));
    expect(exactTime('2026-11-20T10:00:00Z')).toMatch(/^2026-11-20 \d\d:00:00$/);
    await hands.click(screen.getByRole('radio', { name: 'Month first' }));
    expect(exactTime('2026-11-20T10:00:00Z')).toMatch(/^Friday, November 20, 2026/);
  });

  it('go back to the defaults, and that can be undone', async () => {
    const { hands } = await open();
    act(() => setPreference('density', 'compact'));
    useSeat.setState({ theme: 'dark' });
    let bringBack: (() => Promise<void>) | undefined;
    // No shell is there to answer; what the window itself shows is changed before it would.
    void resetPreferences().then((back) => (bringBack = back));
    expect(root.dataset.density).toBe('comfortable');
    expect(useSeat.getState().theme).toBe('system');
    expect(bringBack).toBeUndefined();
    expect(screen.getByRole('button', { name: 'Reset to defaults' })).toBeTruthy();
    await hands.click(screen.getByRole('radio', { name: 'Compact' }));
    expect(root.dataset.density).toBe('compact');
  });

  it('a language that is not there is English', async () => {
    await speak('xx');
    expect(i18n.language).toBe('en');
    await waitFor(() => expect(i18n.t('common:close')).toBe('Close'));
  });
});
