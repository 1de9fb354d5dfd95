import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import SyncChip from '#renderer/features/sync/SyncChip.tsx';
import SyncHost from '#renderer/features/sync/SyncHost.tsx';
import SyncView from '#renderer/features/sync/SyncView.tsx';
import { storeStatus, useSync } from '#renderer/features/sync/state.ts';
import { currentAddress, openView } from '#renderer/stores/address.ts';
import type { QuarantinedChange, SyncConflict } from '#shared/contract/sync.ts';
import { serveAdministration } from '../support/administration.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { notShared, serveSync, sharedStatus } from '../support/sync.ts';

function show() {
  return draw(
    <>
      <SyncHost />
      <SyncChip />
      <SyncView />
    </>,
  );
}

const team = { type: 'team' as const, id: 'team_1', title: 'Radio' };
const at = '2026-11-20T08:00:00.000Z';
const conflict: SyncConflict = {
  id: 'c1',
  record: team,
  field: 'size',
  kind: 'older',
  lost: 4,
  won: 5,
  lost_by: 'Ines Moreau',
  won_by: 'Tom Okafor',
  at,
  state: 'open',
};
const refused: QuarantinedChange = {
  op_id: 'op_1',
  label: 'team.update',
  params: { title: 'Radio', fields: ['size'] },
  code: 'forbidden:viewers_read_only',
  message: '',
  at,
  made_at: at,
  by: 'Ines Moreau',
  records: [{ ...team, action: 'update', before: { size: 5 }, after: { size: 44 } }],
  changes: 6,
  state: 'open',
};

beforeEach(() => {
  layOut();
  openView({ kind: 'sync' });
  useSync.setState({ status: null, work: null, comparison: null, failure: null });
});

describe('a workspace that is not shared', () => {
  it('is shown in the status bar, which links to the page by keyboard', async () => {
    await serveSync(notShared);
    openView({ kind: 'home' });
    const { hands } = draw(
      <>
        <SyncHost />
        <SyncChip />
      </>,
    );
    const chip = await screen.findByRole('button', { name: 'Not shared' });
    chip.focus();
    await hands.keyboard('{Enter}');
    expect(currentAddress().view).toEqual({ kind: 'sync' });
  });

  it('joins a server, and shows problems at their fields', async () => {
    const { asked, tell } = await serveSync(notShared, { refuses: 'unreachable' });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Join server' }));
    expect(screen.getByText(/^Enter an address/)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Server address'));
    expect(asked).toEqual([]);

    await hands.type(screen.getByLabelText('Server address'), 'frames.example.org');
    await hands.type(screen.getByLabelText('Email'), 'ines@example.org');
    await hands.type(screen.getByLabelText('Password'), 'secret');
    await hands.click(screen.getByRole('button', { name: 'Join server' }));
    expect(await screen.findByText(/^The server cannot be reached/)).toBeTruthy();
    expect(screen.getByLabelText('Server address').getAttribute('aria-invalid')).toBe('true');

    tell(notShared, { refuses: 'locked' });
    await hands.click(screen.getByRole('button', { name: 'Join server' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Sign-in is locked/);

    tell(notShared, { refuses: null });
    await hands.click(screen.getByRole('button', { name: 'Join server' }));
    expect(await screen.findByText('Up to date', { selector: 'p' })).toBeTruthy();
    expect(asked.at(-1)).toContain('"url":"https://frames.example.org"');
    expect(asked.at(-1)).not.toContain('bootstrap');
  });

  it('shares one university by an unknown name, and reports at its field if the server does not know it', async () => {
    const { asked } = await serveSync(notShared, { refuses: 'unknown_university' });
    const { hands } = show();
    await hands.type(await screen.findByLabelText('Server address'), 'frames.example.org');
    await hands.type(screen.getByLabelText('Email'), 'ines@example.org');
    await hands.type(screen.getByLabelText('Password'), 'secret');
    await hands.click(screen.getByLabelText('One university'));
    await hands.click(screen.getByRole('button', { name: 'Join server' }));
    const field = screen.getByRole('combobox', { name: 'University' });
    expect(document.activeElement).toBe(field);
    await hands.type(field, 'Radio Institute');
    await hands.click(screen.getByRole('button', { name: 'Join server' }));
    expect(await screen.findByText(/^The server has no such university/)).toBeTruthy();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(asked.at(-1)).toContain('"share":"Radio Institute"');
  });

  it('makes the first admin of a new server, and shows how far it is with a way to give up', async () => {
    const { asked } = await serveSync(notShared);
    const { hands } = show();
    await hands.type(await screen.findByLabelText('Server address'), 'http://127.0.0.1:8080');
    await hands.type(screen.getByLabelText('Email'), 'ines@example.org');
    await hands.type(screen.getByLabelText('Password'), 'slow');
    await hands.click(screen.getByLabelText('First admin of a new server'));
    await hands.type(screen.getByLabelText('First-admin token'), 'token');
    await hands.type(screen.getByLabelText('Your name'), 'Ines');
    await hands.click(screen.getByRole('button', { name: 'Join server' }));
    expect(await screen.findByText('12 of 48')).toBeTruthy();
    expect(asked[0]).toContain('"bootstrap":{"token":"token","name":"Ines"}');
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByRole('button', { name: 'Join server' })).toBeTruthy();
    expect(screen.queryByText(/^Cancelled/)).toBeNull();
    expect(screen.getByLabelText<HTMLInputElement>('Email').value).toBe('ines@example.org');
  });
});

describe('a workspace that shares with a server', () => {
  it('shows its state, is paused and continues', async () => {
    const { asked, tell } = await serveSync(sharedStatus());
    const { hands } = show();
    expect(await screen.findByRole('button', { name: 'Up to date' })).toBeTruthy();
    const overview = within(screen.getByRole('region', { name: 'Sync status' }));
    expect(overview.getByText('frames.example.org')).toBeTruthy();
    expect(overview.getByText('Researcher')).toBeTruthy();
    expect(overview.getByText('Everything')).toBeTruthy();

    tell(sharedStatus({ state: 'offline', in_step: false, pending: 3 }));
    expect(await screen.findByRole('button', { name: 'Offline · 3 pending' })).toBeTruthy();
    expect(overview.getByText('Pending changes').nextSibling?.textContent).toBe('3');
    await hands.click(screen.getByRole('button', { name: 'Pause' }));
    expect(await screen.findByText('Sync paused', { selector: 'p' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Resume' }));
    await hands.click(await screen.findByRole('button', { name: 'Sync now' }));
    await waitFor(() => expect(asked.at(-1)).toBe('now {}'));
    expect(asked.slice(0, 2)).toEqual(['pause {"paused":true}', 'pause {"paused":false}']);
  });

  it('is left only after an explanation about the records', async () => {
    const { asked } = await serveSync(sharedStatus({ in_step: false, pending: 2 }));
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Leave server…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Leave frames.example.org?' }));
    expect(dialog.getByText(/^All records stay .* 2 unsent changes stay only here\.$/)).toBeTruthy();
    expect(asked).toEqual([]);
    await hands.click(dialog.getByRole('button', { name: 'Leave server' }));
    expect(await screen.findByRole('button', { name: 'Join server' })).toBeTruthy();
    expect(asked).toEqual(['leave {"keep_unsent":true,"delete_remote":false}']);
  });

  it('signs in again with the password alone', async () => {
    const { asked } = await serveSync(sharedStatus({ state: 'signed_out', problem: 'signed_out' }), {
      refuses: 'credentials',
    });
    const { hands } = show();
    expect(await screen.findByText(/Sign in as ines@example\.org/)).toBeTruthy();
    await hands.type(screen.getByLabelText('Password'), 'wrong{Enter}');
    expect(await screen.findByText(/^Wrong email or password/)).toBeTruthy();
    await hands.clear(screen.getByLabelText('Password'));
    await hands.type(screen.getByLabelText('Password'), 'secret{Enter}');
    expect(await screen.findByText('Up to date', { selector: 'p' })).toBeTruthy();
    expect(asked).toEqual(['signIn {"password":"wrong"}', 'signIn {"password":"secret"}']);
  });

  it('changes the password of a person who signed in with one, and shows problems at the field', async () => {
    const { asked, tell } = await serveSync(sharedStatus());
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Change password…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change password' }));
    const [current, next] = [
      dialog.getByLabelText('Current password'),
      dialog.getByLabelText('New password'),
    ];
    await hands.type(current, 'wrong');
    await hands.type(next, 'short{Enter}');
    expect(await dialog.findByText('Use at least 12 characters.')).toBeTruthy();
    await hands.clear(next);
    await hands.type(next, 'a longer password{Enter}');
    expect(await dialog.findByText('That is not your current password.')).toBeTruthy();
    await hands.clear(current);
    await hands.type(current, 'secret{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked).toEqual([
      'changePassword {"current":"wrong","password":"a longer password"}',
      'changePassword {"current":"secret","password":"a longer password"}',
    ]);
    const { server } = sharedStatus();
    tell(sharedStatus({ server: server && { ...server, by_university: true } }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Change password…' })).toBeNull());
  });

  it('shows non-admins their sessions, and ends them', async () => {
    const session = { created_at: at, used_at: at, expires_at: at };
    const { asked } = await serveAdministration(
      {
        sessions: [
          { ...session, id: 'desk', device: 'FRAMES on desk', current: true },
          { ...session, id: 'laptop', device: 'FRAMES on laptop', current: false },
        ],
      },
      sharedStatus(),
    );
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Sessions…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Sessions of Ines Moreau' }));
    await hands.click(await dialog.findByRole('button', { name: /^Revoke session on FRAMES on laptop/ }));
    await waitFor(() => expect(dialog.queryByRole('row', { name: /on laptop/ })).toBeNull());
    expect(asked).toEqual(['revokeSession {"id":"laptop"}']);
  });

  it('reports that a sign-in is not stored without a keyring', async () => {
    await serveSync(sharedStatus({ problem: 'no_keyring' }));
    show();
    expect(
      await screen.findByText(/^This computer cannot store the sign-in.* Sign in after each start/),
    ).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Up to date' })).toBeTruthy();
  });

  it('shows both values of a conflict, and takes the other one', async () => {
    const { asked, served } = await serveSync(sharedStatus({ in_step: false, conflicts: 1 }), {
      conflicts: [conflict],
    });
    await api.entities.create({ type: 'team', id: team.id, data: { name: 'Radio' } });
    expect(served.workspace).toBeTruthy();
    const { hands } = show();
    const list = within(await screen.findByRole('list', { name: 'Conflicts' }));
    expect(list.getByText('Tom Okafor’s value (current)')).toBeTruthy();
    expect(list.getByText('5 people')).toBeTruthy();
    expect(list.getByText('Ines Moreau’s value (replaced)')).toBeTruthy();
    expect(list.getByText('4 people')).toBeTruthy();
    await hands.click(list.getByRole('button', { name: 'Use replaced value: Radio, Size' }));
    expect(await screen.findByText(/^No conflicts\./)).toBeTruthy();
    expect(asked).toEqual(['resolve {"id":"c1","choose":"lost"}']);
    await hands.click(screen.getByText('Differences'));
    expect(screen.queryByRole('list', { name: 'Conflicts' })).toBeNull();
  });

  it('names who deleted a record whose changed value was lost', async () => {
    await serveSync(sharedStatus({ in_step: false, conflicts: 1 }), {
      conflicts: [{ ...conflict, kind: 'deleted' }],
    });
    show();
    const list = within(await screen.findByRole('list', { name: 'Conflicts' }));
    expect(list.getByText('Deleted by Tom Okafor')).toBeTruthy();
    expect(list.getByText('4 people')).toBeTruthy();
  });

  it('opens on conflicts, also if the first one appears while the page is open', async () => {
    await serveSync(sharedStatus({ in_step: false }), { conflicts: [conflict] });
    show();
    expect(await screen.findByRole('radio', { name: 'Differences', checked: true })).toBeTruthy();
    act(() => storeStatus(sharedStatus({ in_step: false, conflicts: 1 })));
    expect(await screen.findByRole('list', { name: 'Conflicts' })).toBeTruthy();
    act(() => storeStatus(sharedStatus({ in_step: false, conflicts: 0 })));
    expect(screen.getByRole('radio', { name: 'Conflicts', checked: true })).toBeTruthy();
  });

  it('shows why a change was rejected and its input, and makes it again', async () => {
    const { asked } = await serveSync(sharedStatus({ in_step: false, quarantined: 1 }), {
      operations: [refused],
    });
    const { hands } = show();
    const list = within(await screen.findByRole('list', { name: 'Rejected changes' }));
    expect(list.getByRole('heading', { name: 'Changed “Size” of “Radio”' })).toBeTruthy();
    expect(list.getByText('Viewers cannot change records.')).toBeTruthy();
    expect(list.getByText('44 people')).toBeTruthy();
    expect(list.getByText('and 5 more')).toBeTruthy();
    await hands.click(list.getByRole('button', { name: 'Try again: Changed “Size” of “Radio”' }));
    expect(await screen.findByText(/^No rejected changes\./)).toBeTruthy();
    expect(asked).toEqual(['settle {"op_id":"op_1","as":"retry"}']);
  });

  it('shows differences with reasons, and repairs after confirmation', async () => {
    const differences = [
      { record: team, kind: 'differs' as const, fields: ['size'], reason: 'pending' as const },
      { record: { ...team, id: 'team_2' }, kind: 'only_there' as const, fields: [], reason: null },
    ];
    const comparison = { in_step: false, compared: 1234, round_trips: 3, differences };
    const { asked, tell } = await serveSync(sharedStatus({ in_step: false }), { comparison });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Compare with server' }));
    expect(await screen.findByText('2 of 1,234 records differ.')).toBeTruthy();
    const list = within(screen.getByRole('list', { name: 'Differences' }));
    expect(list.getByText('Differs in size')).toBeTruthy();
    expect(list.getByText('Pending')).toBeTruthy();
    expect(list.getByText('Only on the server')).toBeTruthy();
    tell(sharedStatus(), { comparison: { ...comparison, in_step: true, differences: [] } });
    await hands.click(screen.getByRole('button', { name: 'Repair…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Repair from server?' }));
    expect(asked).toEqual([]);
    await hands.click(dialog.getByRole('button', { name: 'Repair' }));
    expect(await screen.findByText('All 1,234 records match the server.')).toBeTruthy();
    expect(asked).toEqual(['repair {}']);
  });

  it('explains that the server’s history has changed, and offers to repair', async () => {
    await serveSync(sharedStatus({ state: 'diverged', in_step: false, problem: 'other_history' }));
    show();
    expect(await screen.findByText(/^The server’s history has changed/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Repair…' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Sync needs repair' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Sync now' }).getAttribute('aria-disabled')).toBe('true');
  });
});

it('is of live alone', async () => {
  document.documentElement.dataset['target'] = 'sbx_1';
  try {
    await serveSync(notShared);
    draw(<SyncView />);
    expect(screen.getByText('Not possible in a sandbox. Go back to live first.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Join server' })).toBeNull();
  } finally {
    delete document.documentElement.dataset['target'];
  }
});
