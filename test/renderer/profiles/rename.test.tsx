import { screen, waitFor, within } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ProfileMenu from '#renderer/features/profiles/ProfileMenu.tsx';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const called = async (): Promise<string[]> => (await api.workspace.profiles({})).map(({ name }) => name);

async function open() {
  await serveCore();
  onTestFinished(watchChanges(queryClient));
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
  it('is changed from the profile menu, shown at once, and undone from the notice', async () => {
    const { hands } = await open();
    await hands.click(screen.getByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Change your name…' }));
    const { dialog, name } = await asked('Change your name');
    expect(name.value).toBe('Ada');
    expect(dialog.getByText(/^Shown in History and saved views/)).toBeTruthy();
    await hands.clear(name);
    expect(dialog.getByText('Enter a name.')).toBeTruthy();
    await hands.type(name, ' Mira Castellano {Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await screen.findByRole('button', { name: 'You act as Mira Castellano' })).toBeTruthy();
    expect(await screen.findByText('Name changed to Mira Castellano')).toBeTruthy();
    expect(await called()).toEqual(['Mira Castellano', 'Vic']);
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('button', { name: 'You act as Ada' })).toBeTruthy();
    expect(await screen.findByText('Undid: Renamed profile “Ada” to “Mira Castellano”')).toBeTruthy();
  });
});
