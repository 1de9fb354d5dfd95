import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { recordIn } from '#shared/address/view.ts';
import { api } from '#renderer/api/client.ts';
import { closePalette, openPalette } from '#renderer/commands/palette-state.ts';
import { register } from '#renderer/commands/registry.ts';
import Palette from '#renderer/features/search/Palette.tsx';
import { go, here } from '#renderer/stores/address.ts';
import { keep } from '#renderer/stores/seat.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => go({ kind: 'home' }));

async function open(...names: string[]) {
  await serveCore();
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
  return { ...drawn, box, teams };
}

const options = (group: string) =>
  within(screen.getByRole('group', { name: group }))
    .getAllByRole('option')
    .map((option) => option.textContent);

describe('the search box', () => {
  it('has the focus at once, names what Enter takes, and gives the focus back', async () => {
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

  it('says where else to look when nothing is called so', async () => {
    const { hands, box } = await open('Thermal');
    await hands.type(box, 'coffee');
    expect(await screen.findByText(/Records are found by their names, links at/)).toBeTruthy();
    await hands.clear(box);
    await hands.type(box, '>coffee');
    await screen.findByText(/Nothing found/);
    expect(screen.queryByText(/Records are found by their names, links at/)).toBeNull();
  });

  it('lists deleted records last and opens them as such', async () => {
    const { hands, box, teams } = await open('Thermal one', 'Thermal two');
    const [one] = teams;
    await api.entities.remove({ type: 'team', id: one?.id ?? '' });
    await hands.type(box, 'thermal');
    await waitFor(() => expect(options('Records')).toEqual(['Thermal twoTeam', 'Thermal oneTeam · deleted']));
    await hands.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(here().view).toEqual({ ...recordIn('team', one?.id ?? ''), deleted: 'only' }));
  });

  it('goes round with the arrows, and Ctrl Enter opens in a new tab', async () => {
    const { hands, box, teams } = await open('Thermal one', 'Thermal two');
    const before = useTabs.getState().panes[0]?.tabs.length ?? 0;
    await hands.type(box, 'thermal');
    await waitFor(() => expect(options('Records')).toHaveLength(2));
    await hands.keyboard('{ArrowUp}{Control>}{Enter}{/Control}');
    await waitFor(() => expect(here().view).toEqual(recordIn('team', teams[1]?.id ?? '')));
    expect(useTabs.getState().panes[0]?.tabs).toHaveLength(before + 1);
  });

  it('with > shows commands only, also with nothing behind it', async () => {
    onTestFinished(
      register([{ id: 'x.dark', group: 'view', label: 'Dark matter theme', run: () => undefined }]),
    );
    const { hands, box } = await open('Dark matter');
    await hands.type(box, '>dark');
    await waitFor(() => expect(options('Commands')).toEqual(['Dark matter themeView']));
    expect(screen.queryByRole('group', { name: 'Records' })).toBeNull();
  });

  it('shows saved views apart from commands', async () => {
    onTestFinished(
      register([{ id: 'view.open.v1', group: 'go', label: 'Open Summit teams', run: () => undefined }]),
    );
    const { hands, box } = await open();
    await hands.type(box, 'summit');
    await waitFor(() => expect(options('Saved views')).toEqual(['Open Summit teams']));
  });

  it('offers where one was lately, but for what is gone and where one is', async () => {
    await serveCore();
    const { record } = await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    const { id } = await api.workspace.info({});
    keep(`recent:${id}`, [
      'frames://live/home',
      `frames://live/teams?sel=${record.id}`,
      'frames://live/teams?sel=gone',
      'frames://live/history',
      'no address',
    ]);
    onTestFinished(() => keep(`recent:${id}`, null));
    draw(<Palette />);
    act(openPalette);
    onTestFinished(() => act(closePalette));
    await screen.findByRole('combobox');
    await waitFor(() => expect(options('Recent places')).toEqual(['ThermalTeam', 'History']));
  });

  it('goes on with commands when records cannot be reached', async () => {
    const served = await serveCore();
    onTestFinished(register([{ id: 'x.go', group: 'view', label: 'Quite another', run: () => undefined }]));
    const { hands } = draw(<Palette />);
    await served.workspace.core.close();
    act(openPalette);
    onTestFinished(() => act(closePalette));
    await hands.type(await screen.findByRole('combobox'), 'quite');
    expect(await screen.findByText(/Records cannot be searched just now/)).toBeTruthy();
    expect(options('Commands')).toEqual(['Quite anotherView']);
  });
});
