import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ScanControls } from '#renderer/features/records/code/ScanControls.tsx';
import { TestRepository, ann } from '#test/core/code-maps/fixture.ts';
import { testFolder } from '#test/support/folder.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { make } from './panel-hands.tsx';

it('the sign-in of a server is stored in the keyring, and removed from it', async () => {
  const { workspace } = await serveCore();
  const record = await make('repository', { name: 'Flight', url: 'https://git.example.edu/flight.git' });
  const { hands } = draw(<ScanControls record={record} folder={null} hasMap={false} refusal={null} />);
  const open = async () => {
    await hands.click(screen.getByRole('button', { name: 'Sign in…' }));
    return within(await screen.findByRole('dialog', { name: 'Sign in to git.example.edu' }));
  };
  const stored = () => workspace.core.services.home.secrets.get('repositories git.example.edu');
  const dialog = await open();
  expect(await dialog.findByText(/^This computer cannot store the sign-in/)).toBeTruthy();
  expect(dialog.queryByRole('button', { name: 'Remove the stored sign-in' })).toBeNull();
  expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  await hands.type(dialog.getByRole('textbox', { name: 'User name' }), 'ada');
  await hands.type(dialog.getByLabelText('Access token'), 'secret');
  await hands.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(async () => expect(await stored()).toBe(`Basic ${btoa('ada:secret')}`));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await hands.click(await (await open()).findByRole('button', { name: 'Remove the stored sign-in' }));
  await waitFor(async () => expect(await stored()).toBeNull());
});

it('says why the last scan failed until one succeeds, whose notice replaces that of the failure', async () => {
  const { workspace } = await serveCore();
  const record = await make('repository', { name: 'Flight' });
  const folder = testFolder();
  const repository = new TestRepository(folder);
  repository.write('a.c', '1\n');
  repository.commit(ann, 'one');
  const grant = workspace.core.grants.issue(folder, 'read');
  await workspace.as().maps.connect({ repository: record.id, grant });
  const { hands } = draw(<ScanControls record={record} folder={folder} hasMap={false} refusal={null} />);
  renameSync(join(folder, '.git'), join(folder, 'git'));
  await hands.click(screen.getByRole('button', { name: 'Scan' }));
  expect(await screen.findByText(/^The last scan failed: /)).toBeTruthy();
  expect(await screen.findByText('Scanning Flight: failed')).toBeTruthy();
  renameSync(join(folder, 'git'), join(folder, '.git'));
  await hands.click(screen.getByRole('button', { name: 'Scan' }));
  expect(await screen.findByText('Scanned Flight: 1 commit')).toBeTruthy();
  expect(screen.queryByText(/^The last scan failed: /)).toBeNull();
  expect(screen.queryByText('Scanning Flight: failed')).toBeNull();
});
