import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import BackupsHost from '#renderer/features/versions/BackupsHost.tsx';
import VersionsView from '#renderer/features/versions/VersionsView.tsx';
import { dateTimeToSecond } from '#renderer/text/formats.ts';
import { testFolder } from '#test/support/folder.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';
import { layOut } from '../support/layout.ts';

const backUp = () => awaitResult(api.backups.create({}), () => {});

function show() {
  return draw(
    <>
      <BackupsHost />
      <VersionsView />
    </>,
  );
}

const rows = () => within(screen.getByRole('list', { name: 'Versions' })).queryAllByRole('heading');

beforeEach(() => layOut());

describe('backups', () => {
  it('are explained, made and checked', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    const { hands } = show();
    expect(await screen.findByText(/^No backups yet/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Back up now' }));
    expect(await screen.findByText('Backup made')).toBeTruthy();
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.getByText('Manual')).toBeTruthy();
    expect(screen.getByText('1 team')).toBeTruthy();
    expect(screen.getByText('checked when made')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: /^Check backup of/ }));
    expect(await screen.findByText('The backup is intact')).toBeTruthy();
    expect(await screen.findByText('intact')).toBeTruthy();
  });

  it('outside of the retention policy are previewed before removal', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    await api.backups.setRetention({ last: 1, daily: 0, weekly: 0, monthly: 0 });
    for (let n = 0; n < 3; n += 1) await backUp();
    const { hands } = show();
    await waitFor(() => expect(rows()).toHaveLength(3));
    const ask = () => hands.click(screen.getByRole('button', { name: 'Remove old backups…' }));
    await ask();
    const asked = within(await screen.findByRole('dialog', { name: 'Remove old backups?' }));
    expect(await asked.findByText(/^Removes 2 backups permanently/)).toBeTruthy();
    expect(asked.getByText(/frees [1-9]/)).toBeTruthy();
    const stays = '1 backup stays. FRAMES keeps the last one and the newest intact one.';
    expect(asked.getByText(stays)).toBeTruthy();
    const [, ...old] = await api.backups.list({});
    const going = asked.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(going.toSorted()).toEqual(
      old.map(({ made }) => `${dateTimeToSecond(made ?? '')}Manual1 team`).toSorted(),
    );
    await hands.click(asked.getByRole('button', { name: 'Cancel' }));
    expect(await api.backups.list({})).toHaveLength(3);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await api.backups.setRetention({ weekly: 1, monthly: 2 });
    await ask();
    expect(
      await screen.findByText(/FRAMES keeps the last one, the newest of 1 week and 2 months/),
    ).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await api.backups.setRetention({ weekly: 0, monthly: 0 });
    await ask();
    const again = within(await screen.findByRole('dialog', { name: 'Remove old backups?' }));
    await again.findByText(/^Removes 2 backups/);
    await hands.click(again.getByRole('button', { name: 'Remove permanently' }));
    expect(await screen.findByText('2 backups removed')).toBeTruthy();
    await waitFor(() => expect(rows()).toHaveLength(1));
  });

  it.each([
    ['Save as file…', 'Save backup as file'],
    ['Restore records…', /^Restore records/],
    ['Restore…', /^Restore the backup of/],
  ])('give the focus back to their dots when the dialog of “%s” is closed', async (entry, title) => {
    await serveCore();
    await backUp();
    const { hands } = show();
    const dots = await screen.findByRole('button', { name: /^More for backup of/ });
    await hands.click(dots);
    await hands.click(await screen.findByRole('menuitem', { name: entry }));
    const dialog = await screen.findByRole('dialog', { name: title });
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    await hands.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(dots));
  });

  it('are added from an encrypted file with its passphrase; the prompt shows no progress', async () => {
    const { workspace } = await serveCore();
    await backUp();
    const [backup] = await api.backups.list({});
    const path = join(testFolder(), 'one.frames');
    const { grants } = workspace.core.services;
    const to = grants.issue(path, 'write');
    const asked = { id: backup?.id ?? '', grant: to, passphrase: 'correct horse' };
    await awaitResult(api.backups.exportFile(asked), () => {});
    const handle = () => ({ grant: grants.issue(path, 'read'), name: 'one.frames', bytes: 1 });
    await serveShell([handle(), handle()]);
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Add backup from file…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'This file is encrypted' }));
    await hands.type(dialog.getByLabelText('Passphrase'), 'battery staple');
    await hands.click(dialog.getByRole('button', { name: 'Add to versions' }));
    expect(await screen.findByText('Reading “one.frames”')).toBeTruthy();
    const again = await screen.findByText('Wrong passphrase. Try again.', {}, { timeout: 20_000 });
    await waitFor(() => expect(screen.queryByText('Reading “one.frames”')).toBeNull());
    const box = within(again.closest('[role=dialog]') as HTMLElement);
    await hands.type(box.getByLabelText('Passphrase'), 'correct horse');
    await hands.click(box.getByRole('button', { name: 'Add to versions' }));
    expect(
      await screen.findByText('This backup is already in the list', {}, { timeout: 20_000 }),
    ).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Add backup from file…' }));
    const given = within(await screen.findByRole('dialog', { name: 'This file is encrypted' }));
    await hands.click(given.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(screen.queryByText('Reading “one.frames”')).toBeNull());
  }, 60_000);

  it('are restored after a preview and the typed name, and undone', async () => {
    await serveCore();
    // As a folder may be called: its ü in two parts, and two blanks.
    await api.workspace.rename({ name: 'Zürich  Nord'.normalize('NFD') });
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    await backUp();
    for (const name of ['Optics', 'Power']) await api.entities.create({ type: 'team', data: { name } });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: /^More for backup of/ }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Restore…' }));
    const asked = within(await screen.findByRole('dialog', { name: /^Restore the backup of/ }));
    expect(await asked.findByText('Deletes 2 teams')).toBeTruthy();
    const yes = asked.getByRole<HTMLButtonElement>('button', { name: 'Restore' });
    expect(yes.disabled).toBe(true);
    await waitFor(() => expect(document.activeElement).toBe(asked.getByRole('textbox')));
    await hands.type(asked.getByRole('textbox'), 'Zürich Nord');
    expect(yes.disabled).toBe(false);
    await hands.click(yes);
    await hands.click(await screen.findByRole('button', { name: 'Undo' }));
    const total = async () => (await api.entities.list({ type: 'team' })).total;
    await waitFor(async () => expect(await total()).toBe(3));
  });
});
