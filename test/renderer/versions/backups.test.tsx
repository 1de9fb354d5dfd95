import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { useRegistry } from '#renderer/commands/registry.ts';
import { DataSafety } from '#renderer/features/home/kept/DataSafety.tsx';
import BackupsHost from '#renderer/features/versions/BackupsHost.tsx';
import GoldenHost from '#renderer/features/versions/golden/GoldenHost.tsx';
import { reportEnd } from '#renderer/features/versions/restore/report.ts';
import VersionsView from '#renderer/features/versions/VersionsView.tsx';
import { dateTimeToSecond } from '#renderer/text/formats.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { testFolder } from '#test/support/folder.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';
import { layOut } from '../support/layout.ts';
import { lookAt } from '../support/target.ts';

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

/** The dialog that restores single records of the only backup. */
async function openRecords() {
  const { hands } = show();
  await hands.click(await screen.findByRole('button', { name: /^More for backup of/ }));
  await hands.click(await screen.findByRole('menuitem', { name: 'Restore records…' }));
  const asked = within(await screen.findByRole('dialog', { name: /^Restore records from/ }));
  return { hands, asked };
}

it('records changed since their preview are previewed again, and restored only then', async () => {
  await serveCore();
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Radio' } });
  await awaitResult(api.backups.create({}), () => {});
  const { id } = record;
  const change = (data: { name?: string; description?: string }) =>
    api.entities.update({ type: 'team', id, data });
  await change({ name: 'Optics' });
  const { hands, asked } = await openRecords();
  await hands.click(await asked.findByRole('checkbox', { name: 'Radio' }));
  await hands.click(asked.getByRole('button', { name: /^Preview/ }));
  expect(await asked.findByText('Optics')).toBeTruthy();
  await change({ description: 'An hour of work' });
  await hands.click(asked.getByRole('button', { name: 'Restore' }));
  expect((await asked.findByRole('alert')).textContent).toBe(
    'Changed since the comparison: Optics. Nothing was changed. The preview above is up to date now.',
  );
  expect(await asked.findByText('An hour of work')).toBeTruthy();
  expect((await api.entities.get({ type: 'team', id })).payload).toMatchObject({ name: 'Optics' });
  await hands.click(asked.getByRole('button', { name: 'Restore' }));
  expect(await screen.findByText('1 record restored from the backup')).toBeTruthy();
  expect((await api.entities.get({ type: 'team', id })).title).toBe('Radio');
});

const whyOf = (command: string): string =>
  useRegistry.getState().commands.find(({ id }) => id === command)?.why ?? '';

it('in the past of a sandbox, actions of live link to live, not to the sandbox', async () => {
  const { workspace, serve } = await serveCore();
  await backUp();
  const { id } = await take(clientOf(workspace.core), 'Spring');
  serve(await openSandbox(workspace, id));
  await serveShell();
  lookAt(`then-${id}`);
  const { hands } = draw(
    <>
      <BackupsHost />
      <GoldenHost />
      <VersionsView />
    </>,
  );
  for (const command of ['data.backup', 'data.prune', 'golden.reset'])
    await waitFor(() => expect(whyOf(command)).toMatch(/live/));
  await hands.click(await screen.findByRole('button', { name: /^More/ }));
  const restore = await screen.findByRole('menuitem', { name: /^Restore…/ });
  expect(restore.textContent).toContain('Go back to live');
});

/** The window of the past, over a workspace with a backup. */
async function past() {
  const { workspace, serve } = await serveCore();
  await api.entities.create({ type: 'team', data: { name: 'Radio' } });
  await backUp();
  serve(await openAt(workspace, 'now'));
  await serveShell();
  lookAt('then-live');
}

it('Home offers no verification in the past, and shows none', async () => {
  await past();
  draw(<DataSafety />);
  expect(await screen.findByText(/^\d+ entr/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Verify/ })).toBeNull();
  expect(screen.queryByText('Not verified yet')).toBeNull();
});

it('the page of backups says in the past that it is about now, not live', async () => {
  await past();
  const { hands } = show();
  await waitFor(() => expect(whyOf('data.backup')).toMatch(/Go back to now/));
  expect(whyOf('data.prune')).toMatch(/Go back to now/);
  const check = await screen.findByRole<HTMLButtonElement>('button', { name: /^Check backup of/ });
  expect(check.disabled).toBe(true);
  expect(check.title).toBe('Not possible in the past. Go back to now first.');
  await hands.click(await screen.findByRole('button', { name: /^More/ }));
  expect((await screen.findAllByText(/Go back to now/)).length).toBeGreaterThan(0);
  expect(screen.getByRole('menuitem', { name: /^Save as file…/ }).textContent).toMatch(
    /Go back to now first\.$/,
  );
  expect(screen.queryByText(/Go back to live/)).toBeNull();
});

const said = async (title: RegExp | string): Promise<string | null | undefined> =>
  (await screen.findByText(title)).closest('[id=restore]')?.textContent;

it('work done while the file was closed is reported after the reload', async () => {
  draw(null);
  reportEnd({ state: 'done', outcome: { what: 'vacuum', before: 4_000_000, after: 1_000_000 } });
  expect(await said('File compacted')).toMatch(/4 MB before, 1 MB now/);
  reportEnd({ state: 'done', outcome: { what: 'place', usual: false } });
  expect(await said('Backup folder changed')).toMatch(/were not moved/);
  const outcome = {
    what: 'restore',
    counts: {},
    safety: null,
    displaced: 'displaced-1',
    missing: null,
  } as const;
  reportEnd({ state: 'done', outcome });
  expect(await said(/^Backup restored/)).toMatch(/corrupt file is kept next to the backups/);
  reportEnd({ state: 'done', outcome: { ...outcome, gone: true } });
  await screen.findByText(/The workspace had no file before/);
  expect(screen.queryByText(/corrupt file is kept/)).toBeNull();
  reportEnd({ state: 'done', outcome: { what: 'accept', until: '2026-01-01T21:17:44.000Z' } });
  expect(await said('File accepted as it is')).toMatch(/Changes until .* are lost/);
});
