import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { closePalette, openPalette } from '#renderer/commands/palette-state.ts';
import { registerCommands } from '#renderer/commands/registry.ts';
import Palette from '#renderer/features/search/Palette.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { listWithRecord } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => navigate({ kind: 'home' }));

async function open() {
  await serveCore();
  let ran = 0;
  onTestFinished(
    registerCommands([
      { id: 'view.dark', group: 'view', label: 'Dark theme', shortcut: 'mod+shift+D', run: () => (ran += 1) },
      { id: 'off', group: 'view', label: 'Darker still', enabled: false, run: () => (ran += 10) },
    ]),
  );
  const team = (await api.entities.create({ type: 'team', data: { name: 'Dark matter' } })).record;
  const drawn = draw(<Palette />);
  act(openPalette);
  onTestFinished(() => act(closePalette));
  const box = await screen.findByPlaceholderText('Search or run a command');
  return { ...drawn, box, team, ran: () => ran };
}

describe('the palette', () => {
  it('finds records by name and commands by word, with their shortcut', async () => {
    const { hands, box } = await open();
    await hands.type(box, 'dark');
    expect(await screen.findByText('Dark matter')).toBeTruthy();
    expect(screen.getByText('Dark theme')).toBeTruthy();
    expect(screen.getByText('Ctrl Shift D')).toBeTruthy();
    expect(screen.queryByText('Darker still')).toBeNull();
  });

  it('shows the reasons of forbidden commands last', async () => {
    const { hands, box, ran } = await open();
    const refused = {
      id: 'no',
      group: 'view',
      label: 'Dark room',
      enabled: false,
      why: 'Not for you.',
    } as const;
    onTestFinished(registerCommands([{ ...refused, run: () => {} }]));
    expect(screen.queryByText('Dark room')).toBeNull();
    await hands.type(box, 'dark');
    const option = (await screen.findByText('Dark room')).closest('[role=option]');
    expect(option?.getAttribute('aria-disabled')).toBe('true');
    expect(option?.textContent).toContain('Not for you.');
    expect(screen.getAllByRole('option').at(-1)).toBe(option);
    await hands.click(option as HTMLElement);
    expect(await screen.findByText('Not possible: Dark room')).toBeTruthy();
    expect(ran()).toBe(0);
  });

  it('Enter runs the first result', async () => {
    const { hands, box, ran } = await open();
    await hands.type(box, 'dark theme');
    await waitFor(() =>
      expect(document.querySelector('[data-selected]')?.textContent).toContain('Dark theme'),
    );
    await hands.keyboard('{Enter}');
    await waitFor(() => expect(ran()).toBe(1));
  });

  it('Enter counts at once, also while results are loading', async () => {
    const { hands, box, team } = await open();
    await hands.type(box, 'matter{Enter}');
    await waitFor(() => expect(currentAddress().view).toEqual(listWithRecord('team', team.id)));
  });
});
