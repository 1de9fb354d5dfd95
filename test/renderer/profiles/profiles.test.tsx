import { act, screen, waitFor, within } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { runCommand, useRegistry } from '#renderer/commands/registry.ts';
import { initialsOf } from '#renderer/features/profiles/profiles.ts';
import ProfileMenu from '#renderer/features/profiles/ProfileMenu.tsx';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { resumeProfile } from '#renderer/stores/profile.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';

async function open() {
  const served = await serveCore();
  onTestFinished(watchChanges(queryClient));
  return { served, ...draw(<ProfileMenu />) };
}

const actor = async (): Promise<string> => (await api.workspace.info({})).actor.name;

/** As `open`, with an editor and a viewer beside the admin. */
async function openWithOthers() {
  const opened = await open();
  await opened.served.workspace
    .as()
    .entities.create({ type: 'university', id: 'uni', data: { name: 'Lakeside Institute' } });
  const edi = await api.workspace.createProfile({ name: 'Edi', role: 'editor' });
  await api.workspace.createProfile({ name: 'Vic', role: 'viewer' });
  await opened.hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
  return { ...opened, edi };
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

beforeEach(() => {
  notifications.clean();
  useSeat.setState({ items: {} });
});

describe('the actor', () => {
  it('is shown with its permissions, and that it is no lock', async () => {
    const { hands } = await open();
    await hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
    const menu = await screen.findByRole('menu');
    expect(within(menu).getByText('Admin: Can change everything, including profiles.')).toBeTruthy();
    expect(within(menu).getByText(/They don’t restrict access/)).toBeTruthy();
  });

  it('is added, acted as, and remembered for the next start', async () => {
    const { hands } = await open();
    await hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Add profile…' }));
    await hands.click(await screen.findByRole('button', { name: 'Add profile' }));
    expect(await screen.findByText('Enter a name.')).toBeTruthy();
    await hands.type(screen.getByRole('textbox', { name: 'Name' }), 'Vera View');
    await hands.click(screen.getByRole('radio', { name: 'Viewer' }));
    await hands.click(screen.getByRole('button', { name: 'Add profile' }));
    await hands.click(await screen.findByRole('button', { name: 'Act as Vera View' }));
    expect(await screen.findByRole('button', { name: 'You act as Vera View' })).toBeTruthy();
    expect(await actor()).toBe('Vera View');

    const [owner] = await api.workspace.profiles({});
    await api.workspace.actAs({ profile: owner?.id ?? '' });
    expect(await actor()).toBe('Ada');
    await resumeProfile();
    expect(await actor()).toBe('Vera View');
  });

  it('may neither add nor change profiles unless an admin, and sees the reason', async () => {
    const { hands } = await open();
    const viewer = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await api.workspace.actAs({ profile: viewer.id });
    await queryClient.invalidateQueries();
    await hands.click(await screen.findByRole('button', { name: 'You act as Vera' }));
    for (const name of ['Add profile…', 'Change profiles…']) {
      const item = await screen.findByRole<HTMLButtonElement>('menuitem', { name });
      expect(item.disabled).toBe(true);
    }
    expect(screen.getByText(/Only admins can add or change profiles/)).toBeTruthy();
  });

  it('is that of live again after a sandbox without it', async () => {
    await open();
    lookAt('sbx_019a0000-0000-7000-8000-000000000001');
    const { id } = await api.workspace.info({});
    const profiles = { [id]: 'prof_of_live' };
    useSeat.setState({ items: { profiles } });
    await resumeProfile();
    expect(await actor()).toBe('Ada');
    expect(await screen.findByText('You now act as Ada')).toBeTruthy();
    expect(useSeat.getState().items['profiles']).toEqual(profiles);
  });
});

describe('initials', () => {
  it.each([
    ['Rosa Lindqvist', 'RL'],
    ['root', 'R'],
    ['ana maria de souza', 'AS'],
    ['Émile', 'É'],
    ['李 小龙', '李小'],
    ['   ', '?'],
  ])('of %s are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('changing a profile', () => {
  it('gives an editor without a university one, from the menu, with Undo', async () => {
    const { hands, edi } = await openWithOthers();
    const stored = async () => (await api.workspace.profiles({})).find(({ id }) => id === edi.id);
    await hands.click(await screen.findByRole('menuitem', { name: 'Change profiles…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change profile' }));
    // The first that is not oneself is chosen, and told as it is.
    expect(dialog.getByRole<HTMLInputElement>('combobox', { name: 'Profile' }).value).toBe('Edi · Editor');
    const role = screen.getByRole<HTMLInputElement>('radio', { checked: true }).value;
    expect([field('Name').value, role, field('University').value]).toEqual(['Edi', 'editor', '']);
    expect(dialog.getByText(/^Editors need a university/).getAttribute('aria-hidden')).toBe('false');
    await hands.click(field('University'));
    await hands.type(field('University'), 'lake{Enter}');
    await waitFor(() => expect(field('University').value).toBe('Lakeside Institute'));
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Profile Edi changed')).toBeTruthy();
    expect(await stored()).toEqual({ ...edi, university_id: 'uni' });
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    expect(
      await screen.findByText('Undone: Changed profile “Edi”: university Lakeside Institute'),
    ).toBeTruthy();
    expect(await stored()).toEqual(edi);
  });

  it('that is the only admin is warned of and refused, and stays in the form', async () => {
    const { hands } = await openWithOthers();
    const command = `profile.change.${(await api.workspace.info({})).actor.id}`;
    await waitFor(() => expect(useRegistry.getState().commands.some(({ id }) => id === command)).toBe(true));
    act(() => void runCommand(command));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change profile' }));
    const isWarningHidden = () => dialog.getByText(/^You are the only admin/).getAttribute('aria-hidden');
    expect(isWarningHidden()).toBe('true');
    await hands.click(dialog.getByRole('radio', { name: /^Viewer/ }));
    expect(isWarningHidden()).toBe('false');
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect((await dialog.findByRole('alert')).textContent).toMatch(
      /Role is the only admin: make another profile an admin first$/,
    );
    expect((await api.workspace.info({})).actor.role).toBe('admin');
    await hands.click(dialog.getByRole('radio', { name: /^Admin/ }));
    expect(isWarningHidden()).toBe('true');
  });

  it('renames oneself, shown at once, and undone from the notice', async () => {
    const { hands } = await openWithOthers();
    await hands.click(await screen.findByRole('menuitem', { name: 'Change your name…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change your name' }));
    expect(field('Name').value).toBe('Ada');
    expect(dialog.getByText(/^Shown in History and saved views/)).toBeTruthy();
    await hands.clear(field('Name'));
    expect(dialog.getByText('Enter a name.')).toBeTruthy();
    await hands.type(field('Name'), ' Mira Castellano {Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await screen.findByRole('button', { name: 'You act as Mira Castellano' })).toBeTruthy();
    expect(await screen.findByText('Name changed to Mira Castellano')).toBeTruthy();
    expect((await api.workspace.profiles({})).map(({ name }) => name)).toContain('Mira Castellano');
    await hands.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('button', { name: 'You act as Ada' })).toBeTruthy();
    expect(await screen.findByText('Undone: Renamed profile “Ada” to “Mira Castellano”')).toBeTruthy();
  });
});
