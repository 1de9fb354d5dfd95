import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { actor as who } from '#renderer/api/actor.ts';
import { api } from '#renderer/api/client.ts';
import { connection } from '#renderer/api/connection.ts';
import { register } from '#renderer/commands/registry.ts';
import { ConnectionNotice } from '#renderer/app/ConnectionNotice.tsx';
import { initialsOf } from '#renderer/features/profiles/initials.ts';
import ProfileMenu from '#renderer/features/profiles/ProfileMenu.tsx';
import { watchChanges } from '#renderer/stores/live.ts';
import { actAs, resumeProfile } from '#renderer/stores/profile.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import BackupsHost from '#renderer/features/backups/BackupsHost.tsx';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import type { Served } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { lookAt } from '../support/target.ts';
import { serveShell } from '../support/shell.ts';

async function open() {
  const served = await serveCore();
  onTestFinished(watchChanges(queries));
  return { served, ...draw(<ProfileMenu />) };
}

const actor = async (): Promise<string> => (await api.workspace.info({})).actor.name;

beforeEach(() => useSeat.setState({ items: {} }));

describe('who acts', () => {
  it('is told with what it allows, and that it is no lock', async () => {
    const { hands } = await open();
    await hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
    const menu = await screen.findByRole('menu');
    expect(within(menu).getByText('Admin: changes everything, profiles too.')).toBeTruthy();
    expect(within(menu).getByText(/They are no lock/)).toBeTruthy();
  });

  it('has the preferences and the help there, where the menu bar is hidden', async () => {
    let chosen = '';
    const command = (id: string, label: string) => ({
      id,
      group: 'file' as const,
      label,
      run: () => void (chosen = id),
    });
    onTestFinished(register([command('file.preferences', 'Preferences'), command('help.terms', 'Help')]));
    const { hands } = await open();
    await hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
    expect(await screen.findByRole('menuitem', { name: 'Help' })).toBeTruthy();
    await hands.click(screen.getByRole('menuitem', { name: 'Preferences' }));
    expect(chosen).toBe('file.preferences');
  });

  it('is added, acted as, and remembered for the next start', async () => {
    const { hands } = await open();
    await hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Add profile…' }));
    await hands.click(await screen.findByRole('button', { name: 'Add profile' }));
    expect(await screen.findByText('A profile needs a name.')).toBeTruthy();
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

  it('keeps a place for the warning that an editor needs a university, so that nothing jumps when it comes', async () => {
    const { hands } = await open();
    await hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Add profile…' }));
    const dialog = within(await screen.findByRole('dialog'));
    const warning = dialog.getByText(/^An editor without a university/);
    expect(warning.getAttribute('aria-hidden')).toBe('true');
    await hands.type(dialog.getByRole('textbox', { name: 'Name' }), 'Edi');
    expect(dialog.getByText(/^An editor without a university/)).toBe(warning);
    expect(warning.getAttribute('aria-hidden')).toBe('false');
    await hands.click(dialog.getByRole('radio', { name: 'Viewer' }));
    expect(warning.getAttribute('aria-hidden')).toBe('true');
  });

  it('takes the offer to act as somebody away once one does', async () => {
    const { hands } = await open();
    await hands.click(await screen.findByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Add profile…' }));
    await hands.type(screen.getByRole('textbox', { name: 'Name' }), 'Vera View');
    await hands.click(screen.getByRole('radio', { name: 'Viewer' }));
    await hands.click(screen.getByRole('button', { name: 'Add profile' }));
    await screen.findByRole('button', { name: 'Act as Vera View' });
    await hands.click(screen.getByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: /Vera View/ }));
    await screen.findByRole('button', { name: 'You act as Vera View' });
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Act as Vera View' })).toBeNull());
  });

  it('may neither add nor change profiles unless an admin, and is told so', async () => {
    const { hands } = await open();
    const viewer = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await api.workspace.actAs({ profile: viewer.id });
    await queries.invalidateQueries();
    await hands.click(await screen.findByRole('button', { name: 'You act as Vera' }));
    for (const name of ['Add profile…', 'Change profiles…']) {
      const item = await screen.findByRole<HTMLButtonElement>('menuitem', { name });
      expect(item.disabled).toBe(true);
    }
    expect(screen.getByText(/Profiles are added and changed by an admin/)).toBeTruthy();
  });

  it('is the workspace’s first when the one remembered is not there any more', async () => {
    await open();
    const { id } = await api.workspace.info({});
    useSeat.setState({ items: { profiles: { [id]: 'prof_gone' } } });
    await resumeProfile();
    expect(await actor()).toBe('Ada');
    expect(await screen.findByText('The profile that you acted as is not there any more')).toBeTruthy();
    expect(screen.getByText('You act as Ada now')).toBeTruthy();
    await waitFor(async () => {
      const { id: first } = (await api.workspace.info({})).actor;
      expect(useSeat.getState().items['profiles']).toEqual({ [id]: first });
    });
  });

  it('is that of live again, whoever a sandbox that does not know them let act', async () => {
    await open();
    lookAt('sbx_019a0000-0000-7000-8000-000000000001');
    const { id } = await api.workspace.info({});
    const profiles = { [id]: 'prof_of_live' };
    useSeat.setState({ items: { profiles } });
    await resumeProfile();
    expect(await actor()).toBe('Ada');
    expect(await screen.findByText('You act as Ada now')).toBeTruthy();
    expect(useSeat.getState().items['profiles']).toEqual(profiles);
  });
});

describe('who acts in a sandbox', () => {
  it('can be oneself again who is a guest of it, and in live whom live knows', async () => {
    const { workspace, serve } = await serveCore();
    const live = clientOf(workspace.core);
    const { id } = await take(live, 'Spring');
    const rosi = await live.workspace.createProfile({ name: 'Rosi', role: 'researcher' });
    const { id: here, actor: ada } = await live.workspace.info({});
    lookAt(id);
    const core = await openSandbox(workspace, id);
    serve(core);
    queries.clear();
    const kept = () => useSeat.getState().items;
    await actAs(rosi.id);
    const { hands } = draw(<ProfileMenu />);
    await hands.click(await screen.findByRole('button', { name: 'You act as Rosi' }));
    await hands.click(await screen.findByRole('menuitem', { name: /Ada/ }));
    await screen.findByRole('button', { name: 'You act as Ada' });
    // Ada is somebody in live too.
    await waitFor(() => expect(kept()).toEqual({ profiles: { [here]: ada.id } }));
    await hands.click(screen.getByRole('button', { name: 'You act as Ada' }));
    await hands.click(await screen.findByRole('menuitem', { name: /Rosi/ }));
    await screen.findByRole('button', { name: 'You act as Rosi' });
    await waitFor(() => expect(kept()).toEqual({ profiles: { [here]: rosi.id } }));

    const tom = await clientOf(core).workspace.createProfile({ name: 'Tom', role: 'viewer' });
    await actAs(tom.id);
    expect(kept()).toEqual({ profiles: { [here]: rosi.id }, [`profiles:${id}`]: tom.id });
    serve(core);
    await resumeProfile();
    expect(await actor()).toBe('Tom');
    // Who is not there any more is again who acts in live.
    await clientOf(core).history.undo({});
    who.setState({ profile: null, door: null });
    serve(core);
    await resumeProfile();
    expect(await actor()).toBe('Rosi');
    expect(kept()).toEqual({ profiles: { [here]: rosi.id } });
  });

  it('is chosen among those whom live knows when the menu is opened', async () => {
    const { workspace, serve } = await serveCore();
    const live = clientOf(workspace.core);
    const { id } = await take(live, 'Spring');
    const rosi = await live.workspace.createProfile({ name: 'Rosi', role: 'researcher' });
    lookAt(id);
    serve(await openSandbox(workspace, id));
    queries.clear();
    const { hands } = draw(<ProfileMenu />);
    const button = await screen.findByRole('button', { name: 'You act as Ada' });
    await hands.click(button);
    await screen.findByRole('menuitem', { name: /Rosi.*Researcher/ });
    await hands.click(button);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await live.workspace.changeProfile({ profile: rosi.id, role: 'viewer' });
    await live.workspace.createProfile({ name: 'Tom', role: 'researcher' });
    await hands.click(button);
    expect(await screen.findByRole('menuitem', { name: /Tom.*Researcher/ })).toBeTruthy();
    expect(screen.getByRole('menuitem', { name: /Rosi.*Viewer/ })).toBeTruthy();
  });
});

describe('who acts after the data process was started again', () => {
  const team = { type: 'team', data: { name: 'Thermal' } } as const;
  const teams = async (served: Served) =>
    (await served.workspace.as().entities.list({ type: 'team' })).matched;

  async function actAsVera() {
    const served = await serveCore();
    const drawn = draw(<ConnectionNotice />);
    const vera = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await api.workspace.actAs({ profile: vera.id });
    return { served, ...drawn };
  }
  async function restart({ die, revive }: Served) {
    die();
    await waitFor(() => expect(connection.getState().state).toBe('lost'));
    revive();
  }

  it('is who acted before', async () => {
    const { served } = await actAsVera();
    await restart(served);
    await expect(api.entities.create(team)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await actor()).toBe('Vera');
  });

  it('is still the first one, when nobody was chosen', async () => {
    const served = await serveCore();
    const { actor: first } = await api.workspace.info({});
    await restart(served);
    await api.entities.create(team);
    expect(who.getState().profile).toBe(first.id);
  });

  it('is nobody when that profile is gone, until the person chooses', async () => {
    const { served, hands } = await actAsVera();
    await served.workspace.as('Ada').history.undo({});
    await restart(served);
    expect(await screen.findByRole('alertdialog', { name: 'Who acts here?' })).toBeTruthy();
    await expect(api.entities.create(team)).rejects.toMatchObject({ code: 'DISCONNECTED' });
    expect(await teams(served)).toBe(0);

    await hands.click(await screen.findByRole('button', { name: 'Act as Ada (Admin)' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(await actor()).toBe('Ada');
    await api.entities.create(team);
    expect(await teams(served)).toBe(1);
    const { id, actor: chosen } = await api.workspace.info({});
    expect(useSeat.getState().items['profiles']).toEqual({ [id]: chosen.id });
  });
});

describe('what stands over the whole window', () => {
  it('has the focus and keeps everything beneath from being reached, until it goes', async () => {
    const served = await serveCore();
    const shell = await serveShell();
    const { container, hands } = draw(
      <>
        <button type="button">Beneath</button>
        <ConnectionNotice />
        <BackupsHost />
      </>,
    );
    container.id = 'root';
    const beneath = screen.getByRole('button', { name: 'Beneath' });
    beneath.focus();
    const vera = await api.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await api.workspace.actAs({ profile: vera.id });
    await served.workspace.as('Ada').history.undo({});
    served.die();
    await waitFor(() => expect(connection.getState().state).toBe('lost'));
    served.revive();
    const asked = await screen.findByRole('alertdialog', { name: 'Who acts here?' });
    expect(asked.getAttribute('aria-modal')).toBe('true');
    expect(asked.contains(document.activeElement)).toBe(true);
    expect(container.contains(asked)).toBe(false);
    expect(container.hasAttribute('inert')).toBe(true);

    const running = { state: 'running', what: 'vacuum', progress: null } as const;
    shell.tell({ kind: 'restore', restore: running });
    const over = await screen.findByRole('alertdialog', { name: 'Compacting the file' });
    expect(over.contains(document.activeElement)).toBe(true);
    expect([asked, over].map((one) => one.hasAttribute('inert'))).toEqual([true, false]);
    const outcome = { what: 'vacuum', before: 2, after: 1 } as const;
    shell.tell({ kind: 'restore', restore: { state: 'done', outcome } });
    await waitFor(() => expect(over.isConnected).toBe(false));
    expect([container, asked].map((one) => one.hasAttribute('inert'))).toEqual([true, false]);

    await hands.click(await screen.findByRole('button', { name: 'Act as Ada (Admin)' }));
    await waitFor(() => expect(container.hasAttribute('inert')).toBe(false));
    expect(document.activeElement).toBe(beneath);
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
