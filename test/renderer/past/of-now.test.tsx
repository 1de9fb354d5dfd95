import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { useRegistry } from '#renderer/commands/registry.ts';
import BackupsHost from '#renderer/features/versions/BackupsHost.tsx';
import VersionsView from '#renderer/features/versions/VersionsView.tsx';
import { DataSafety } from '#renderer/features/home/kept/DataSafety.tsx';
import { openAt } from '#test/support/moments.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { serveShell } from '../support/shell.ts';
import { lookAt } from '../support/target.ts';

beforeEach(() => layOut());

/** The window of the past, over a workspace with a backup. */
async function past() {
  const { workspace, serve } = await serveCore();
  await api.entities.create({ type: 'team', data: { name: 'Radio' } });
  await awaitResult(api.backups.create({}), () => {});
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
  const { hands } = draw(
    <>
      <BackupsHost />
      <VersionsView />
    </>,
  );
  const why = (id: string) => useRegistry.getState().commands.find((one) => one.id === id)?.why;
  await waitFor(() => expect(why('data.backup')).toMatch(/Go back to now/));
  expect(why('data.prune')).toMatch(/Go back to now/);
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
