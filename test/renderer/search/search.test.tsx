import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { printAddress } from '#shared/address/address.ts';
import { listOf, listWithRecord } from '#shared/address/view.ts';
import { meaningIndex } from '#core/search/meaning/meaning-index.ts';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { closePalette, openPalette } from '#renderer/commands/palette-state.ts';
import { registerCommands } from '#renderer/commands/registry.ts';
import Palette from '#renderer/features/search/Palette.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { setSeatItem } from '#renderer/stores/seat.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { HashEmbedder } from '#test/support/hash-embedder.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => navigate({ kind: 'home' }));

async function open(...names: string[]) {
  const { workspace } = await serveCore();
  const teams = [];
  for (const name of names) teams.push((await api.entities.create({ type: 'team', data: { name } })).record);
  const drawn = draw(
    <>
      <button type="button">Outside</button>
      <Palette />
    </>,
  );
  act(() => screen.getByRole('button', { name: 'Outside' }).focus());
  act(openPalette);
  onTestFinished(() => act(closePalette));
  const box = await screen.findByRole('combobox', { name: 'Search everything' });
  return { ...drawn, box, teams, workspace };
}

const options = (group: string) =>
  within(screen.getByRole('group', { name: group }))
    .getAllByRole('option')
    .map((option) => option.textContent);

describe('the search box', () => {
  it('shows records by meaning last, in their own group, once the texts are trained', async () => {
    const { hands, box, workspace } = await open('Battery packs', 'Dish');
    meaningIndex(workspace.core.services, () => new HashEmbedder());
    await hands.type(box, 'battery pack');
    await waitFor(() => expect(options('Records')).toHaveLength(1));
    expect(screen.queryByRole('group', { name: 'By meaning (English)' })).toBeNull();
    await awaitResult(api.search.train({}), () => {});
    await api.entities.create({ type: 'team', data: { name: 'Packs with batteries' } });
    await awaitResult(api.search.train({}), () => {});
    await hands.type(box, 's');
    await waitFor(() => expect(options('By meaning (English)')[0]).toContain('Packs with batteries'));
    expect(options('By meaning (English)')[0]).toMatch(/\d+ % similar · Name: /);
    const groups = screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'));
    expect(groups.at(-1)).toBe('By meaning (English)');
    expect(options('Records')[0]).toContain('Battery packs');
  });

  it('takes the focus at once, names the target of Enter, and returns the focus', async () => {
    const { hands, box } = await open('Thermal');
    expect(document.activeElement).toBe(box);
    await hands.type(box, 'thermal');
    await screen.findByText('Thermal');
    await waitFor(() => {
      const active = document.getElementById(box.getAttribute('aria-activedescendant') ?? '');
      expect(active?.getAttribute('aria-selected')).toBe('true');
      expect(active?.textContent).toContain('Thermal');
    });
    await hands.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Outside' }));
  });

  it('cycles with the arrows, and Ctrl Enter opens in a new tab', async () => {
    const { hands, box, teams } = await open('Thermal one', 'Thermal two');
    const before = useTabs.getState().panes[0]?.tabs.length ?? 0;
    await hands.type(box, 'thermal');
    await waitFor(() => expect(options('Records')).toHaveLength(2));
    // Results of a longer text would select the first again.
    await screen.findByText(/^2 results/);
    await hands.keyboard('{ArrowUp}{Control>}{Enter}{/Control}');
    await waitFor(() => expect(currentAddress().view).toEqual(listWithRecord('team', teams[1]?.id ?? '')));
    expect(useTabs.getState().panes[0]?.tabs).toHaveLength(before + 1);
  });

  it('lists an address once, under recent ones', async () => {
    await serveCore();
    const { id } = await api.workspace.info({});
    setSeatItem(
      `recent:${id}`,
      [listOf('team'), { kind: 'care' as const }].map((view) => printAddress({ target: 'live', view })),
    );
    onTestFinished(() => setSeatItem(`recent:${id}`, null));
    onTestFinished(
      registerCommands(
        ['team', 'care', 'student'].map((place) => ({
          id: `go.${place}`,
          group: 'go' as const,
          label: place,
          run: () => {},
        })),
      ),
    );
    draw(<Palette />);
    act(openPalette);
    onTestFinished(() => act(closePalette));
    await waitFor(() => expect(options('Recent places')).toHaveLength(2));
    expect(options('Commands')).toEqual(['student']);
  });

  it('shows six texts, and the others by the last row, which keeps the box open', async () => {
    const { hands, box } = await open();
    for (let at = 0; at < 8; at++)
      await api.entities.create({ type: 'team', data: { name: `T${at}`, description: 'Gyroscopes' } });
    await hands.type(box, 'gyroscopes');
    await waitFor(() => expect(options('In texts')).toHaveLength(7));
    expect(options('In texts')[6]).toBe('Show 2 more');
    await hands.keyboard('{ArrowUp}{Enter}');
    await waitFor(() => expect(options('In texts')).toHaveLength(8));
    const active = document.getElementById(box.getAttribute('aria-activedescendant') ?? '');
    expect(active?.textContent).toContain('T6');
    expect(document.activeElement).toBe(box);
  });

  it('shows saved views apart from commands', async () => {
    onTestFinished(
      registerCommands([
        { id: 'view.open.v1', group: 'go', label: 'Open Summit teams', run: () => undefined },
      ]),
    );
    const { hands, box } = await open();
    await hands.type(box, 'summit');
    await waitFor(() => expect(options('Saved views')).toEqual(['Open Summit teams']));
  });

  it('finds records by name and enabled commands by word, with their shortcut', async () => {
    const { hands, box } = await open('Dark matter');
    onTestFinished(
      registerCommands([
        { id: 'view.dark', group: 'view', label: 'Dark theme', shortcut: 'mod+shift+D', run: () => {} },
        { id: 'off', group: 'view', label: 'Darker still', enabled: false, run: () => {} },
      ]),
    );
    await hands.type(box, 'dark');
    expect(await screen.findByText('Dark matter')).toBeTruthy();
    expect(screen.getByText('Dark theme')).toBeTruthy();
    expect(screen.getByText('Ctrl Shift D')).toBeTruthy();
    expect(screen.queryByText('Darker still')).toBeNull();
  });

  it('shows the reasons of forbidden commands last', async () => {
    const { hands, box } = await open('Dark matter');
    let ran = 0;
    const refused = { id: 'no', group: 'view', label: 'Dark room', enabled: false } as const;
    onTestFinished(registerCommands([{ ...refused, why: 'Not for you.', run: () => (ran += 1) }]));
    expect(screen.queryByText('Dark room')).toBeNull();
    await hands.type(box, 'dark');
    await screen.findByText('Dark matter');
    const option = (await screen.findByText('Dark room')).closest('[role=option]');
    expect(option?.getAttribute('aria-disabled')).toBe('true');
    expect(option?.textContent).toContain('Not for you.');
    expect(screen.getAllByRole('option').at(-1)).toBe(option);
    await hands.click(option as HTMLElement);
    expect(await screen.findByText('Not possible: Dark room')).toBeTruthy();
    expect(ran).toBe(0);
  });

  it('takes Enter at once, also while results are loading', async () => {
    const { hands, box, teams } = await open('Dark matter');
    await hands.type(box, 'matter{Enter}');
    await waitFor(() => expect(currentAddress().view).toEqual(listWithRecord('team', teams[0]?.id ?? '')));
  });
});
