import { act, screen, waitFor, within } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { run, useRegistry } from '#renderer/commands/registry.ts';
import ProfileMenu from '#renderer/features/profiles/ProfileMenu.tsx';
import { watchChanges } from '#renderer/stores/live.ts';
import { stepBack } from '#renderer/stores/undo.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const commands = () => useRegistry.getState().commands;

async function open() {
  const { workspace } = await serveCore();
  const ada = workspace.as();
  await ada.entities.create({ type: 'university', id: 'uni', data: { name: 'Lakeside Institute' } });
  onTestFinished(watchChanges(queries));
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
  act(() => void run(`profile.change${id}`));
  return within(await screen.findByRole('dialog', { name: 'Change a profile' }));
}

beforeEach(() => {
  notifications.clean();
  useSeat.setState({ items: {} });
});

describe('changing a profile', () => {
  it('gives the editor who had none a university, from the menu, with Undo', async () => {
    const { hands, edi, now } = await open();
    await hands.click(screen.getByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Change profiles…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change a profile' }));
    // The first that is not oneself is chosen, and told as it is.
    expect(dialog.getByRole<HTMLInputElement>('combobox', { name: 'Profile' }).value).toBe('Edi · Editor');
    expect([field('Name').value, checked(), field('University').value]).toEqual(['Edi', 'editor', '']);
    expect(dialog.getByText(/^An editor without a university/).getAttribute('aria-hidden')).toBe('false');
    await hands.click(field('University'));
    await hands.type(field('University'), 'lake{Enter}');
    await waitFor(() => expect(field('University').value).toBe('Lakeside Institute'));
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Changed the profile Edi')).toBeTruthy();
    expect(await now(edi.id)).toEqual({ ...edi, university_id: 'uni' });
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    expect(
      await screen.findByText('Undid: Changed the profile Edi: university Lakeside Institute'),
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
      /Role must stay admin.*Nothing was changed\.$/,
    );
    expect((await api.workspace.info({})).actor.role).toBe('admin');
    await hands.click(dialog.getByRole('radio', { name: /^Admin/ }));
    expect(warning().getAttribute('aria-hidden')).toBe('true');
  });

  it('to something less says what is lost, offers no Undo, and the window follows', async () => {
    const { hands, vic } = await open();
    await api.workspace.changeProfile({ profile: vic.id, role: 'admin' });
    const { id } = (await api.workspace.info({})).actor;
    const dialog = await asked(`.${id}`);
    await hands.click(dialog.getByRole('radio', { name: /^Viewer/ }));
    expect(await dialog.findByText(/^You could then change nothing but your own name/)).toBeTruthy();
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Changed the profile Ada')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    await waitFor(() => expect(commands().find((one) => one.id === 'profile.change')?.enabled).toBe(false));
    expect(commands().filter((one) => one.id.startsWith('profile.change.'))).toEqual([]);
    await hands.click(screen.getByRole('button', { name: 'You act as Ada' }));
    expect(await screen.findByText('Viewer: reads everything, changes no record.')).toBeTruthy();
  });

  it('to less leaves undo a way past what one may no longer change', async () => {
    const { workspace, hands } = await open();
    const rea = await api.workspace.createProfile({ name: 'Rea', role: 'researcher' });
    await actAs(rea.id);
    await screen.findByRole('button', { name: 'You act as Rea' });
    await api.views.create({ name: 'Mine', address: 'frames://live/teams' });
    await api.entities.update({ type: 'university', id: 'uni', data: { name: 'Lakeside' } });
    await workspace.as('Ada').workspace.changeProfile({ profile: rea.id, role: 'editor' });
    await act(() => stepBack('undo'));
    expect(await screen.findByText('You may not change this')).toBeTruthy();
    await hands.click(await screen.findByRole('button', { name: 'Go on to the one before' }));
    expect(await screen.findByText('Undid: Saved the view Mine')).toBeTruthy();
    expect(await api.views.list({})).toEqual([]);
    expect((await api.entities.get({ type: 'university', id: 'uni' })).title).toBe('Lakeside');
  });
});
