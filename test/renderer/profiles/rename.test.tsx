import { act, screen, waitFor, within } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { keywordsOf } from '#renderer/commands/keywords.ts';
import { run, useRegistry } from '#renderer/commands/registry.ts';
import ProfileMenu from '#renderer/features/profiles/ProfileMenu.tsx';
import { watchChanges } from '#renderer/stores/live.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const called = async (): Promise<string[]> => (await api.workspace.profiles({})).map(({ name }) => name);
const commands = () => useRegistry.getState().commands;

async function open() {
  await serveCore();
  onTestFinished(watchChanges(queries));
  const vic = await api.workspace.createProfile({ name: 'Vic', role: 'viewer' });
  const drawn = draw(<ProfileMenu />);
  await screen.findByRole('button', { name: 'You act as Ada' });
  return { ...drawn, vic };
}

async function asked(title: string) {
  const dialog = within(await screen.findByRole('dialog', { name: title }));
  return { dialog, name: dialog.getByRole<HTMLInputElement>('textbox', { name: 'Name' }) };
}

beforeEach(() => {
  notifications.clean();
  useSeat.setState({ items: {} });
});

describe('the own name', () => {
  it('is changed from the menu of who acts, shown at once, and undone from the notice', async () => {
    const { hands } = await open();
    await hands.click(screen.getByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Change your name…' }));
    const { dialog, name } = await asked('Change your name');
    expect(name.value).toBe('Ada');
    expect(dialog.getByText(/^History and saved views show others this name/)).toBeTruthy();
    await hands.clear(name);
    expect(dialog.getByText('A profile needs a name.')).toBeTruthy();
    await hands.type(name, ' Mira Castellano {Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await screen.findByRole('button', { name: 'You act as Mira Castellano' })).toBeTruthy();
    expect(await screen.findByText('You are called Mira Castellano now')).toBeTruthy();
    expect(await called()).toEqual(['Mira Castellano', 'Vic']);
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('button', { name: 'You act as Ada' })).toBeTruthy();
    expect(await screen.findByText('Undid: Renamed the profile Ada to Mira Castellano')).toBeTruthy();
  });

  it('is changed in live, not in a sandbox that is older than the profile', async () => {
    const { workspace, serve } = await serveCore();
    onTestFinished(watchChanges(queries));
    const { id } = await take(clientOf(workspace.core), 'Spring');
    const rosi = await api.workspace.createProfile({ name: 'Rosi', role: 'researcher' });
    serve(await openSandbox(workspace, id));
    queries.clear();
    await actAs(rosi.id);
    draw(<ProfileMenu />);
    await screen.findByRole('button', { name: 'You act as Rosi' });
    const renaming = () => commands().find(({ id: one }) => one === 'profile.rename');
    const why = 'This sandbox is older than your profile: change your name in live.';
    await waitFor(() => expect(renaming()).toMatchObject({ enabled: false, why }));
    await actAs('Ada');
    await screen.findByRole('button', { name: 'You act as Ada' });
    expect(renaming()?.enabled).not.toBe(false);
  });

  it('is a viewer’s to change and to undo too', async () => {
    const { hands, vic } = await open();
    await actAs(vic.id);
    await screen.findByRole('button', { name: 'You act as Vic' });
    act(() => void run('profile.rename'));
    const { name } = await asked('Change your name');
    await hands.clear(name);
    await hands.type(name, 'Victoria{Enter}');
    expect(await screen.findByRole('button', { name: 'You act as Victoria' })).toBeTruthy();
    await hands.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('button', { name: 'You act as Vic' })).toBeTruthy();
    expect(await called()).toEqual(['Ada', 'Vic']);
  });

  it('left as it is, is no change', async () => {
    const { hands } = await open();
    const { total } = await api.history.list({ limit: 1 });
    act(() => void run('profile.rename'));
    const { dialog } = await asked('Change your name');
    await hands.click(dialog.getByRole('button', { name: 'Change name' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect((await api.history.list({ limit: 1 })).total).toBe(total);
    expect(screen.queryByText(/You are called/)).toBeNull();
  });

  it('is found by other words', async () => {
    await open();
    const command = await waitFor(() => {
      const found = commands().find(({ id }) => id === 'profile.rename');
      expect(found).toBeTruthy();
      return found;
    });
    expect(command).toMatchObject({ group: 'file', label: 'Change your name…' });
    expect(keywordsOf(command ?? { id: '' })).toMatch(/rename.*my name/);
  });
});
