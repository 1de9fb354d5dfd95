import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import AboutView from '#renderer/features/about/AboutView.tsx';
import HelpView from '#renderer/features/help/HelpView.tsx';
import PreferencesView from '#renderer/features/preferences/PreferencesView.tsx';
import ShortcutsView from '#renderer/features/shortcuts/ShortcutsView.tsx';
import { currentAddress } from '#renderer/stores/address.ts';
import { useFrontStatus } from '#renderer/stores/view-status.ts';
import { layoutAt } from '#renderer/stores/tabs/layout.ts';
import { setScroll } from '#renderer/stores/tabs/scroll.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { Page } from '#renderer/ui/Page.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => useTabs.setState(layoutAt(), true));

function Said() {
  return <output>{useFrontStatus().summary}</output>;
}

describe('a page', () => {
  it('has its title above and as its name, and restores its scroll position', () => {
    setScroll(currentAddress(), 240);
    draw(
      <Page
        title="Words"
        titleNote={<input aria-label="Find" />}
        actions={<button type="button">Print</button>}
      >
        <p>Many</p>
      </Page>,
    );
    expect(screen.getByRole('heading', { name: 'Words', level: 1 })).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Find' })).toBeTruthy();
    const region = screen.getByRole('region', { name: 'Words' });
    expect(region.scrollTop).toBe(240);
    expect(region.tabIndex).toBe(-1);
    expect(region.contains(screen.getByRole('button', { name: 'Print' }))).toBe(false);
  });

  it.each([
    ['About FRAMES', AboutView],
    ['Help', HelpView],
    ['Preferences', PreferencesView],
    ['Keyboard shortcuts', ShortcutsView],
  ])('%s is one, and says nothing in the status bar', async (title, View) => {
    await serveCore();
    draw(
      <>
        <View />
        <Said />
      </>,
    );
    const region = await screen.findByRole('region', { name: title });
    expect(region.className).toBe('page');
    expect(screen.getByRole('status').textContent).toBe('');
  });
});
