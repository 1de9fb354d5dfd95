import { fireEvent, screen, within } from '@testing-library/react';
import { readdirSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { follow } from '#renderer/api/stream.ts';
import BackupsHost from '#renderer/features/versions/BackupsHost.tsx';
import VersionsView from '#renderer/features/versions/VersionsView.tsx';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

beforeEach(() => layOut());

/** The dialog that restores single records of the only backup. */
async function openRecords() {
  const { hands } = draw(
    <>
      <BackupsHost />
      <VersionsView />
    </>,
  );
  await hands.click(await screen.findByRole('button', { name: /^More for the backup of/ }));
  await hands.click(await screen.findByRole('menuitem', { name: 'Restore records…' }));
  const asked = within(await screen.findByRole('dialog', { name: /^Restore records from/ }));
  return { hands, asked };
}

it('records that were changed since their preview are shown anew, and restored only then', async () => {
  await serveCore();
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Radio' } });
  await follow(api.backups.create({}), () => {});
  const { id } = record;
  const change = (data: { name?: string; description?: string }) =>
    api.entities.update({ type: 'team', id, data });
  await change({ name: 'Optics' });
  const { hands, asked } = await openRecords();
  await hands.click(await asked.findByRole('checkbox', { name: 'Radio' }));
  await hands.click(asked.getByRole('button', { name: /^Show what that does/ }));
  expect(await asked.findByText('Optics')).toBeTruthy();
  await change({ description: 'An hour of work' });
  await hands.click(asked.getByRole('button', { name: 'Restore' }));
  expect((await asked.findByRole('alert')).textContent).toBe(
    'Changed meanwhile: Optics. What would be overwritten now is newer. Nothing was done. Above is what it would do now.',
  );
  expect(await asked.findByText('An hour of work')).toBeTruthy();
  expect((await api.entities.get({ type: 'team', id })).payload).toMatchObject({ name: 'Optics' });
  await hands.click(asked.getByRole('button', { name: 'Restore' }));
  expect(await screen.findByText('1 record was restored from the backup')).toBeTruthy();
  expect((await api.entities.get({ type: 'team', id })).title).toBe('Radio');
});

it('restoring records can be given up while it goes on', async () => {
  await serveCore();
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Radio' } });
  const { id } = record;
  await follow(api.backups.create({}), () => {});
  await api.entities.update({ type: 'team', id, data: { name: 'Optics' } });
  const { hands, asked } = await openRecords();
  await hands.click(await asked.findByRole('checkbox', { name: 'Radio' }));
  await hands.click(asked.getByRole('button', { name: /^Show what that does/ }));
  await asked.findByText('Optics');
  fireEvent.click(asked.getByRole('button', { name: 'Restore' }));
  fireEvent.click(asked.getByRole('button', { name: 'Cancel' }));
  expect(await asked.findByRole('button', { name: 'Back' })).toBeTruthy();
  expect(asked.queryByRole('alert')).toBeNull();
  expect((await api.entities.get({ type: 'team', id })).title).toBe('Optics');
});

it('records of one name are told apart by their university: to choose from, in the preview and when it is done', async () => {
  await serveCore();
  for (const [id, name] of Object.entries({ u1: 'Summit', u2: 'Basin' }))
    await api.entities.create({ type: 'university', id, data: { name } });
  for (const [id, name, university_id] of [
    ['t1', 'Deployables', 'u1'],
    ['t2', 'Deployables', 'u2'],
    ['t3', 'Radio', 'u1'],
  ] as const)
    await api.entities.create({ type: 'team', id, data: { name, university_id, size: 3 } });
  await follow(api.backups.create({}), () => {});
  for (const id of ['t1', 't2', 't3']) await api.entities.update({ type: 'team', id, data: { size: 9 } });
  const { hands, asked } = await openRecords();
  const list = within(await asked.findByRole('list', { name: 'Records of the backup' }));
  expect(list.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'DeployablesTeam · Summit · different: Size',
    'DeployablesTeam · Basin · different: Size',
    'RadioTeam · Summit · different: Size',
  ]);
  expect(list.getByRole('checkbox', { name: 'Radio' })).toBeTruthy();
  await hands.click(list.getByRole('checkbox', { name: 'Deployables (Basin)' }));
  await hands.click(asked.getByRole('button', { name: /^Show what that does/ }));
  expect(await asked.findByRole('heading', { name: 'Deployables Team · Basin' })).toBeTruthy();
  await hands.click(asked.getByRole('button', { name: 'Restore' }));
  const done = await screen.findByText('Deployables (Basin)');
  expect(done.parentElement?.textContent).toBe('1 record was restored from the backup Deployables (Basin)');
});

/** Copies of backups that are being read. */
const copies = ({ files }: TestWorkspace): string[] =>
  readdirSync(files.backups).filter((name) => name.startsWith('.verify-'));

/** The form that says what restoring Radio and its link would do, while the backup is still read. */
async function looking() {
  const { workspace } = await serveCore();
  for (const [id, name] of Object.entries({ t1: 'Radio', t2: 'Optics' }))
    await api.entities.create({ type: 'team', id, data: { name } });
  await api.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't2' } });
  await follow(api.backups.create({}), () => {});
  await api.entities.remove({ type: 'team', id: 't1' });
  const { hands, asked } = await openRecords();
  await hands.click(await asked.findByRole('checkbox', { name: 'Radio' }));
  fireEvent.click(asked.getByRole('button', { name: /^Show what that does/ }));
  return { asked, workspace };
}

it('looking at what restoring would do says how far it is, and can be given up: what was chosen stays', async () => {
  const { asked, workspace } = await looking();
  expect(asked.getByRole('progressbar', { name: 'Looking at what that would do' })).toBeTruthy();
  await vi.waitFor(() => expect(asked.getByRole('status').textContent).not.toBe('Working…'));
  fireEvent.click(asked.getByRole('button', { name: 'Cancel' }));
  const box = await asked.findByRole('checkbox', { name: 'Radio' });
  expect((box as HTMLInputElement).checked).toBe(true);
  expect(asked.queryByRole('alert')).toBeNull();
  await vi.waitFor(() => expect(copies(workspace)).toEqual([]));
});
