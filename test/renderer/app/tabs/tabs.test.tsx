import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { Rail } from '#renderer/app/Window.tsx';
import { Panes } from '#renderer/app/tabs/Panes.tsx';
import { useTabCommands } from '#renderer/app/tabs/useTabCommands.ts';
import { useFrameCommands } from '#renderer/app/useFrameCommands.ts';
import { CommandHost } from '#renderer/commands/CommandHost.tsx';
import { useRegistry } from '#renderer/commands/registry.ts';
import { navigate, currentAddress, openRecordTab, openTab } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { trackClicks } from '#renderer/stores/tabs/new-tab-click.ts';
import { layoutAt } from '#renderer/stores/tabs/layout.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';
import { layOut } from '../../support/layout.ts';

function Frame() {
  useFrameCommands();
  useTabCommands();
  return (
    <>
      <CommandHost />
      <Rail />
      <Panes />
    </>
  );
}

async function open() {
  await serveCore();
  onTestFinished(trackClicks());
  onTestFinished(watchChanges(queryClient));
  const drawn = draw(<Frame />);
  await screen.findByRole('tab', { name: 'Home' });
  return drawn;
}

/** In the strips; a record that is shown has tabs of its own. */
const titles = (): string[] =>
  [...document.querySelectorAll('.tab-strip [role=tab]')].map((tab) => tab.textContent);
const inRail = (name: RegExp) =>
  within(screen.getByRole('navigation', { name: 'Main' })).getByRole('button', { name });

beforeEach(() => {
  layOut();
  useSeat.setState({ items: {} });
  useTabs.setState(layoutAt(), true);
});

describe('the strip of tabs', () => {
  it('have the title of their view, or of the record in its own tab', async () => {
    await open();
    const { id } = (await api.entities.create({ type: 'team', data: { name: 'Thermal' } })).record;
    act(() => openTab(listOf('student')));
    act(() => openRecordTab('team', id));
    await screen.findByRole('tab', { name: 'Thermal' });
    expect(titles()).toEqual(['Home', 'Students', 'Thermal']);
    expect(document.querySelector('.tab-strip [role=tab][aria-selected=true]')?.textContent).toBe('Thermal');
    act(() => navigate({ kind: 'home' }));
    act(() => openTab(listOf('team')));
    act(() => openRecordTab('team', id));
    expect(titles()).toEqual(['Home', 'Students', 'Home', 'Teams', 'Thermal']);
  });

  it('a click with Ctrl or the middle button on a link opens it behind', async () => {
    const { hands } = await open();
    await hands.keyboard('{Control>}');
    await hands.click(inRail(/^Teams/));
    await hands.keyboard('{/Control}');
    fireEvent(
      inRail(/^Students/),
      new MouseEvent('auxclick', { bubbles: true, cancelable: true, button: 1 }),
    );
    expect(titles()).toEqual(['Home', 'Students', 'Teams']);
    expect(currentAddress().view).toEqual({ kind: 'home' });
    await hands.click(inRail(/^History/));
    expect(titles()).toEqual(['History', 'Students', 'Teams']);
  });

  it('is walked with the arrow keys, shows with Enter, closes with Delete', async () => {
    const { hands } = await open();
    act(() => openTab(listOf('team'), { behind: true }));
    act(() => openTab(listOf('student'), { behind: true }));
    act(() => screen.getByRole('tab', { name: 'Home' }).focus());
    await hands.keyboard('{ArrowRight}');
    expect(document.activeElement?.textContent).toBe('Students');
    expect(currentAddress().view).toEqual({ kind: 'home' });
    await hands.keyboard('{End}');
    expect(document.activeElement?.textContent).toBe('Teams');
    await hands.keyboard('{Enter}');
    expect(currentAddress().view).toEqual(listOf('team'));
    act(() => screen.getByRole('tab', { name: 'Students' }).focus());
    await hands.keyboard('{Delete}');
    expect(titles()).toEqual(['Home', 'Teams']);
  });

  it('keys open, close, reopen and go from tab to tab', async () => {
    const { hands } = await open();
    await hands.keyboard('{Control>}t{/Control}');
    act(() => navigate(listOf('team')));
    await hands.keyboard('{Control>}1{/Control}');
    expect(currentAddress().view).toEqual({ kind: 'home' });
    await hands.keyboard('{Control>}{Tab}{/Control}');
    expect(currentAddress().view).toEqual(listOf('team'));
    await hands.keyboard('{Control>}w{/Control}');
    expect(titles()).toEqual(['Home']);
    await hands.keyboard('{Control>}{Shift>}t{/Shift}{/Control}');
    expect(currentAddress().view).toEqual(listOf('team'));
    await hands.keyboard('{Control>}{Shift>}{Tab}{/Shift}{/Control}');
    expect(currentAddress().view).toEqual({ kind: 'home' });
  });

  it('the menu of a tab acts on that tab, whatever is in front', async () => {
    const { hands } = await open();
    act(() => openTab(listOf('team'), { behind: true }));
    const pick = async (item: string): Promise<void> => {
      await hands.pointer({ keys: '[MouseRight]', target: screen.getByRole('tab', { name: /^Teams/ }) });
      await hands.click(await screen.findByRole('menuitem', { name: item }));
      await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    };
    await pick('Pin tab');
    expect(titles()).toEqual(['Teams', 'Home']);
    await pick('Unpin tab');
    await pick('Duplicate tab');
    expect(titles()).toEqual(['Teams', 'Teams', 'Home']);
    await hands.pointer({ keys: '[MouseRight]', target: screen.getByRole('tab', { name: 'Home' }) });
    await hands.click(await screen.findByRole('menuitem', { name: 'Close other tabs' }));
    expect(titles()).toEqual(['Home']);
  });
});

describe('two panes', () => {
  it('keys and commands act on the pane used last', async () => {
    const { hands, container } = await open();
    await hands.keyboard('{Control>}\\{/Control}');
    const [left, right] = screen.getAllByRole('tabpanel');
    if (!left || !right) throw new Error('no two panes');
    act(() => navigate(listOf('team')));
    expect(titles()).toEqual(['Home', 'Teams']);
    await waitFor(() =>
      expect(useRegistry.getState().commands.some(({ id }) => id === 'list.search')).toBe(true),
    );
    await hands.pointer({ keys: '[MouseLeft]', target: left });
    expect(container.querySelector('[data-front]')?.contains(left)).toBe(true);
    expect(useRegistry.getState().commands.some(({ id }) => id === 'list.search')).toBe(false);
    act(() => navigate(listOf('student')));
    expect(titles()).toEqual(['Students', 'Teams']);
    await hands.keyboard('{F6}');
    expect(currentAddress().view).toEqual(listOf('team'));
  });
});
