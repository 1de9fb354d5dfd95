import { screen, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import BackupsHost from '#renderer/features/versions/BackupsHost.tsx';
import VersionsView from '#renderer/features/versions/VersionsView.tsx';
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
