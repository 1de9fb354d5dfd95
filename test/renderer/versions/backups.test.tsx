import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import BackupsHost from '#renderer/features/versions/BackupsHost.tsx';
import VersionsView from '#renderer/features/versions/VersionsView.tsx';
import { here } from '#renderer/stores/address.ts';
import { bytesText } from '#renderer/text/bytes.ts';
import { momentToSecond } from '#renderer/text/formats.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { keepHead, readHead } from '#core/log/audit/head.ts';
import { placeFile } from '#core/kernel/backups-folder.ts';
import { testFolder } from '#test/support/folder.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import { DailyBackups } from '#core/versions/daily.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';
import { layOut } from '../support/layout.ts';

const backUp = () => follow(api.backups.create({}), () => {});

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
  it('begin with what they are, and are made and checked', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    const { hands } = show();
    expect(await screen.findByText(/^Backups will be here/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Back up now' }));
    expect(await screen.findByText('The backup is made')).toBeTruthy();
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.getByText('Manual')).toBeTruthy();
    expect(screen.getByText('1 team')).toBeTruthy();
    expect(screen.getByText('checked when it was made')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: /^Check the backup of/ }));
    expect(await screen.findByText('The backup is whole')).toBeTruthy();
    expect(await screen.findByText('whole')).toBeTruthy();
  });

  it('say how large they are, and how much of the disk they take', async () => {
    await serveCore();
    await backUp();
    const [made] = await api.backups.list({});
    show();
    await waitFor(() => expect(rows()).toHaveLength(1));
    const [row] = within(screen.getByRole('list', { name: 'Versions' })).getAllByRole('listitem');
    const [whole, stored] = [bytesText(made?.bytes ?? 0), bytesText(made?.stored ?? 0)];
    expect(row?.querySelector('.copy-size')?.textContent).toBe(`${whole}${stored} on the disk`);
  });

  it('of one minute are told apart, in the list and when one is to be restored', async () => {
    const { workspace } = await serveCore();
    await backUp();
    workspace.clock.time += 7000;
    await backUp();
    const made = (await api.backups.list({})).map((one) => momentToSecond(one.made ?? ''));
    const { hands } = show();
    await waitFor(() => expect(rows().map(({ textContent }) => textContent)).toEqual(made));
    const [dots] = screen.getAllByRole('button', { name: /^More for the backup of/ });
    await hands.click(dots as HTMLElement);
    await hands.click(await screen.findByRole('menuitem', { name: 'Restore…' }));
    expect(await screen.findByRole('dialog', { name: `Restore the backup made ${made[0]}?` })).toBeTruthy();
  });

  it('of records that were replaced since say so', async () => {
    const { workspace } = await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    await backUp();
    const { id } = (await api.backups.list({}))[0] ?? { id: '' };
    await api.entities.create({ type: 'team', data: { name: 'Optics' } });
    const head = readHead(workspace.core.services.read);
    await backUp();
    const note = 'From before a restore';
    const [begun, hash] = ['9999-01-01T00:00:00.000Z', 'f'.repeat(64)];
    const begins = [{ id: head.id, hash, created_at: begun, previous: null }];
    keepHead(workspace.files.head, { ...head, begins });
    show();
    const pill = await screen.findByText(note);
    const [newest] = within(screen.getByRole('list', { name: 'Versions' })).getAllByRole('listitem');
    expect(newest?.contains(pill)).toBe(true);
    expect((await api.backups.list({})).map((one) => [one.id === id, one.replaced])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('that nobody asked for stand in the list as soon as they are made', async () => {
    const { workspace } = await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    const shell = await serveShell();
    show();
    expect(await screen.findByText(/^Backups will be here/)).toBeTruthy();
    const { core, clock } = workspace;
    clock.time += 86_400_000;
    expect(await new DailyBackups().check(core.context(core.session()))).toBe('made');
    shell.tell({ kind: 'backedUp' });
    expect(await screen.findByText('Daily')).toBeTruthy();
  });

  it('whose drive is not connected are not said to be none', async () => {
    const template = await makeTemplate((workspace) => {
      const folder = join(workspace.folder, 'away', 'frames-backups-one');
      writeFileSync(placeFile(workspace.folder), JSON.stringify({ format: 1, folder }));
      return Promise.resolve();
    });
    await serveCore({ template });
    const { hands } = show();
    const said = await screen.findByText(/^The place of backups, .*frames-backups-one, is not there/);
    expect(said.title).toMatch(/workspace\/away\/frames-backups-one$/);
    await hands.click(screen.getByRole('button', { name: 'Open Health' }));
    await waitFor(() => expect(here().view).toEqual({ kind: 'care' }));
  });

  it('are tried in Play', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    const { id } = await backUp();
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: /^More for the backup of/ }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Try in Play…' }));
    const dialog = await screen.findByRole('dialog', { name: 'New sandbox' });
    const from = within(dialog).getByRole('combobox', { name: 'Copy of' });
    expect((from as HTMLInputElement).value).toMatch(/^The backup of /);
    await hands.click(within(dialog).getByRole('button', { name: 'Create' }));
    await waitFor(async () =>
      expect(await api.sandboxes.list({})).toMatchObject([{ from: `backup:${id}`, problem: null }]),
    );
  });

  it('that need not stay are shown before they go, and nothing goes unasked', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    await api.backups.setRetention({ last: 1, daily: 0, weekly: 0, monthly: 0 });
    for (let n = 0; n < 3; n += 1) await backUp();
    const { hands } = show();
    await waitFor(() => expect(rows()).toHaveLength(3));
    const ask = () => hands.click(screen.getByRole('button', { name: 'Remove old backups…' }));
    await ask();
    const asked = within(await screen.findByRole('dialog', { name: 'Remove old backups?' }));
    expect(await asked.findByText(/^2 backups would be removed for good/)).toBeTruthy();
    expect(asked.getByText(/which frees [1-9]/)).toBeTruthy();
    const stays = '1 backup stays. The rule: the last one. The newest that was found whole always stays.';
    expect(asked.getByText(stays)).toBeTruthy();
    const [, ...old] = await api.backups.list({});
    const going = asked.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(going.toSorted()).toEqual(
      old.map(({ made }) => `${momentToSecond(made ?? '')}Manual1 team`).toSorted(),
    );
    await hands.click(asked.getByRole('button', { name: 'Cancel' }));
    expect(await api.backups.list({})).toHaveLength(3);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await api.backups.setRetention({ weekly: 1, monthly: 2 });
    await ask();
    expect(
      await screen.findByText(/The rule: the last one, and the newest of 1 week and 2 months\./),
    ).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await api.backups.setRetention({ weekly: 0, monthly: 0 });
    await ask();
    const again = within(await screen.findByRole('dialog', { name: 'Remove old backups?' }));
    await again.findByText(/^2 backups would be/);
    await hands.click(again.getByRole('button', { name: 'Remove for good' }));
    expect(await screen.findByText('2 backups were removed')).toBeTruthy();
    await waitFor(() => expect(rows()).toHaveLength(1));
  });

  it('are not removed by who is no admin, and says why', async () => {
    await serveCore();
    await backUp();
    const editor = await api.workspace.createProfile({ name: 'Ed', role: 'editor', university_id: null });
    await actAs(editor.id);
    show();
    const button = await screen.findByRole('button', { name: 'Remove old backups…' });
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
    expect(button.title).toMatch(/admin/i);
  });

  it.each([
    ['Write as one file…', 'Write this backup as one file'],
    ['Restore records…', /^Restore records/],
    ['Restore…', /^Restore the backup made/],
  ])('give the focus back to their dots when the dialog of “%s” is closed', async (entry, title) => {
    await serveCore();
    await backUp();
    const { hands } = show();
    const dots = await screen.findByRole('button', { name: /^More for the backup of/ });
    await hands.click(dots);
    await hands.click(await screen.findByRole('menuitem', { name: entry }));
    const dialog = await screen.findByRole('dialog', { name: title });
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    await hands.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(dots));
  });

  it('are taken in from an encrypted file with its passphrase; while that is asked for nothing says that work goes on', async () => {
    const { workspace } = await serveCore();
    await backUp();
    const [backup] = await api.backups.list({});
    const path = join(testFolder(), 'one.frames');
    const { grants } = workspace.core.services;
    const to = grants.issue(path, 'write');
    const asked = { id: backup?.id ?? '', grant: to, passphrase: 'correct horse' };
    await follow(api.backups.exportFile(asked), () => {});
    const handle = () => ({ grant: grants.issue(path, 'read'), name: 'one.frames', bytes: 1 });
    await serveShell([handle(), handle()]);
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Add backup from file…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'This file is encrypted' }));
    await hands.type(dialog.getByLabelText('Passphrase'), 'battery staple');
    await hands.click(dialog.getByRole('button', { name: 'Add to versions' }));
    expect(await screen.findByText('Reading one.frames')).toBeTruthy();
    const again = await screen.findByText('That was not its passphrase.', {}, { timeout: 20_000 });
    await waitFor(() => expect(screen.queryByText('Reading one.frames')).toBeNull());
    const box = within(again.closest('[role=dialog]') as HTMLElement);
    await hands.type(box.getByLabelText('Passphrase'), 'correct horse');
    await hands.click(box.getByRole('button', { name: 'Add to versions' }));
    expect(await screen.findByText('That backup is here already', {}, { timeout: 20_000 })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Add backup from file…' }));
    const given = within(await screen.findByRole('dialog', { name: 'This file is encrypted' }));
    await hands.click(given.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(screen.queryByText('Reading one.frames')).toBeNull());
  }, 60_000);

  it('are restored only when somebody has seen what that does and types the name, and undone', async () => {
    await serveCore();
    // As a folder may be called: its ü in two parts, and two blanks.
    await api.workspace.rename({ name: 'Zürich  Nord'.normalize('NFD') });
    await api.entities.create({ type: 'team', data: { name: 'Radio' } });
    await backUp();
    for (const name of ['Optics', 'Power']) await api.entities.create({ type: 'team', data: { name } });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: /^More for the backup of/ }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Restore…' }));
    const asked = within(await screen.findByRole('dialog', { name: /^Restore the backup made/ }));
    expect(await asked.findByText('Deletes 2 teams')).toBeTruthy();
    const yes = asked.getByRole('button', { name: 'Restore' }) as HTMLButtonElement;
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
