import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import AdministrationView from '#renderer/features/administration/AdministrationView.tsx';
import SyncHost from '#renderer/features/sync/SyncHost.tsx';
import { useSync } from '#renderer/features/sync/state.ts';
import { currentAddress, openView } from '#renderer/stores/address.ts';
import { administrationOf } from '#shared/address/view.ts';
import type { AdministrationView as View } from '#shared/address/view.ts';
import { person, serveAdministration } from '../support/administration.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { notShared, sharedStatus } from '../support/sync.ts';

function show(part: View['part'] = 'people') {
  openView(administrationOf(part));
  return draw(
    <>
      <SyncHost />
      <AdministrationView />
    </>,
  );
}

const tom = person({ id: 'user_2', name: 'Tom Okafor', email: 'tom@example.org', role: 'researcher' });
const at = '2026-11-20T08:00:00.000Z';

beforeEach(() => {
  layOut();
  useSync.setState({ status: null, work: null, comparison: null, failure: null });
});

describe('permission to administer a server', () => {
  it('requires an admin: others see that, with a link to Sync', async () => {
    await serveAdministration({}, sharedStatus());
    const { hands } = show();
    expect(await screen.findByText(/^Only admins of the server/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Open Sync' }));
    expect(currentAddress().view).toEqual({ kind: 'sync' });
  });

  it('needs a server', async () => {
    await serveAdministration({}, notShared);
    show();
    expect(await screen.findByText(/^This workspace is not on a server\./)).toBeTruthy();
  });
});

describe('people of a server', () => {
  it('are in a table with their rights in words, and arrow keys move in it', async () => {
    await serveAdministration({ users: [person(), { ...tom, active: false, sees: 'university' }] });
    const { hands } = show();
    const row = within(await screen.findByRole('row', { name: /^Tom Okafor/ }));
    expect(row.getByText('Researcher')).toBeTruthy();
    expect(row.getByText('Own university')).toBeTruthy();
    expect(row.getByText('Disabled')).toBeTruthy();
    expect(within(screen.getByRole('row', { name: /^Ines Moreau/ })).getByText('you')).toBeTruthy();
    screen.getByRole('button', { name: 'Sessions of Ines Moreau' }).focus();
    await hands.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(row.getByRole('button', { name: 'Sessions of Tom Okafor' }));
    await hands.keyboard('{Home}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Sessions of Ines Moreau');
  });

  it('are searched by name or email if there are many', async () => {
    const users = Array.from({ length: 12 }, (_, n) =>
      person({ id: `u${n}`, name: `Person ${n}`, email: `p${n}@example.org` }),
    );
    await serveAdministration({ users });
    const { hands } = show();
    await hands.type(await screen.findByLabelText('Find person'), 'P11@');
    expect(screen.getAllByRole('row')).toHaveLength(2);
    await hands.type(screen.getByLabelText('Find person'), 'x');
    expect(screen.getByText(/^Nobody matches/)).toBeTruthy();
  });

  it('are added; missing values and errors of the server appear at their field', async () => {
    const { asked } = await serveAdministration({ users: [person(), tom] });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Add person…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add person' }));
    await hands.click(dialog.getByRole('button', { name: 'Add person' }));
    expect(dialog.getAllByText('Fill in this field.')).toHaveLength(2);
    for (const text of [/^Enter an email/, /^Use at least 12/]) expect(dialog.getByText(text)).toBeTruthy();
    expect(document.activeElement).toBe(dialog.getByLabelText('Name'));
    await hands.type(dialog.getByLabelText('Name'), 'Lea Novak');
    await hands.type(dialog.getByLabelText('Email'), 'Tom@example.org');
    await hands.click(dialog.getByLabelText(/^Researcher/));
    await hands.click(dialog.getByRole('button', { name: 'Generate' }));
    const made = dialog.getByLabelText<HTMLInputElement>('Password');
    expect(made.value).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(made.type).toBe('text');
    await hands.click(dialog.getByRole('button', { name: 'Add person' }));
    expect(await dialog.findByText('This email is taken. Enter another one.')).toBeTruthy();
    await hands.clear(dialog.getByLabelText('Email'));
    await hands.type(dialog.getByLabelText('Email'), 'lea@example.org');
    await hands.click(dialog.getByRole('button', { name: 'Add person' }));
    expect(await screen.findByRole('row', { name: /^Lea Novak/ })).toBeTruthy();
    expect(asked.at(-1)).toBe(
      'createUser 23 {"name":"Lea Novak","email":"lea@example.org","role":"researcher","university_id":null,"sees":"all"}',
    );
  });

  it('are changed only in edited values', async () => {
    const { asked } = await serveAdministration({ users: [person(), tom] });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Edit Tom Okafor' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit Tom Okafor' }));
    await hands.click(dialog.getByLabelText(/^Viewer/));
    await hands.click(dialog.getByLabelText('Can sign in'));
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Disabled')).toBeTruthy();
    expect(asked).toEqual(['updateUser {"role":"viewer","id":"user_2","active":false}']);
  });

  it('keep an admin: removing the last one is refused here and by the server', async () => {
    await serveAdministration();
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Edit Ines Moreau' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit Ines Moreau' }));
    await hands.click(dialog.getByLabelText(/^Viewer/));
    expect(dialog.getByText(/^You will no longer manage this server/)).toBeTruthy();
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect((await dialog.findByRole('alert')).textContent).toBe(
      'The server needs an admin who can sign in. Make someone else an admin first.',
    );
  });

  it('have sessions, which can be revoked except the current one', async () => {
    const session = (id: string, current: boolean) => ({
      id,
      device: `FRAMES on ${id}`,
      created_at: at,
      used_at: at,
      expires_at: at,
      current,
    });
    const { asked } = await serveAdministration({
      sessions: [session('desk', true), session('laptop', false)],
    });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Sessions of Ines Moreau' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Sessions of Ines Moreau' }));
    expect(
      within(await dialog.findByRole('row', { name: /on desk/ })).getByText('this computer'),
    ).toBeTruthy();
    await hands.click(dialog.getByRole('button', { name: /^Revoke session on FRAMES on laptop/ }));
    await waitFor(() => expect(dialog.queryByRole('row', { name: /on laptop/ })).toBeNull());
    expect(asked).toEqual(['revokeSession {"id":"laptop"}']);
  });

  it('stay on the page if the server is unreachable, marked as older', async () => {
    const { held } = await serveAdministration({ users: [person(), tom] });
    const { hands } = show();
    await screen.findByRole('row', { name: /^Tom Okafor/ });
    held.refuses = 'unreachable';
    await hands.click(screen.getByText('Audit'));
    expect(await screen.findByRole('heading', { name: 'The server cannot be reached' })).toBeTruthy();
    await hands.click(screen.getByText('People'));
    expect(await screen.findByText(/This is the last known state\.$/)).toBeTruthy();
    expect(screen.getByRole('row', { name: /^Tom Okafor/ })).toBeTruthy();
    held.refuses = null;
    await hands.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/This is the last known state/)).toBeNull());
  });
});
