import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
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

beforeEach(() => useSeat.setState({ items: {} }));

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
