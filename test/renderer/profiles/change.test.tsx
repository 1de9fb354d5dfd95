import { act, screen, waitFor, within } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { runCommand, useRegistry } from '#renderer/commands/registry.ts';
import ProfileMenu from '#renderer/features/profiles/ProfileMenu.tsx';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const commands = () => useRegistry.getState().commands;

async function open() {
  const { workspace } = await serveCore();
  const ada = workspace.as();
  await ada.entities.create({ type: 'university', id: 'uni', data: { name: 'Lakeside Institute' } });
  onTestFinished(watchChanges(queryClient));
  const edi = await api.workspace.createProfile({ name: 'Edi', role: 'editor' });
  const vic = await api.workspace.createProfile({ name: 'Vic', role: 'viewer' });
  const { hands } = draw(<ProfileMenu />);
  await screen.findByRole('button', { name: 'You act as Ada' });
  const now = async (id: string) => (await api.workspace.profiles({})).find((one) => one.id === id);
  return { workspace, hands, edi, vic, now };
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const checked = () => screen.getByRole<HTMLInputElement>('radio', { checked: true }).value;

async function asked(id = '') {
  await waitFor(() => expect(commands().some((one) => one.id === `profile.change${id}`)).toBe(true));
  act(() => void runCommand(`profile.change${id}`));
  return within(await screen.findByRole('dialog', { name: 'Change profile' }));
}

beforeEach(() => {
  notifications.clean();
  useSeat.setState({ items: {} });
});

describe('changing a profile', () => {
  it('gives an editor without a university one, from the menu, with Undo', async () => {
    const { hands, edi, now } = await open();
    await hands.click(screen.getByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Change profiles…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change profile' }));
    // The first that is not oneself is chosen, and told as it is.
    expect(dialog.getByRole<HTMLInputElement>('combobox', { name: 'Profile' }).value).toBe('Edi · Editor');
    expect([field('Name').value, checked(), field('University').value]).toEqual(['Edi', 'editor', '']);
    expect(dialog.getByText(/^Editors need a university/).getAttribute('aria-hidden')).toBe('false');
    await hands.click(field('University'));
    await hands.type(field('University'), 'lake{Enter}');
    await waitFor(() => expect(field('University').value).toBe('Lakeside Institute'));
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Profile Edi changed')).toBeTruthy();
    expect(await now(edi.id)).toEqual({ ...edi, university_id: 'uni' });
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    expect(
      await screen.findByText('Undid: Changed profile “Edi”: university Lakeside Institute'),
    ).toBeTruthy();
    expect(await now(edi.id)).toEqual(edi);
  });
});

describe('changing oneself', () => {
  it('as the only admin is warned of and refused, and stays in the form', async () => {
    const { hands } = await open();
    const { id } = (await api.workspace.info({})).actor;
    const dialog = await asked(`.${id}`);
    const warning = () => dialog.getByText(/^You are the only admin/);
    expect(warning().getAttribute('aria-hidden')).toBe('true');
    await hands.click(dialog.getByRole('radio', { name: /^Viewer/ }));
    expect(warning().getAttribute('aria-hidden')).toBe('false');
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect((await dialog.findByRole('alert')).textContent).toMatch(
      /Role is the only admin: make another profile an admin first$/,
    );
    expect((await api.workspace.info({})).actor.role).toBe('admin');
    await hands.click(dialog.getByRole('radio', { name: /^Admin/ }));
    expect(warning().getAttribute('aria-hidden')).toBe('true');
  });
});
