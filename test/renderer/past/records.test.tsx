import { act, screen, waitFor } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { runCommand, useRegistry } from '#renderer/commands/registry.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import RecordPanel from '#renderer/features/records/panel/RecordPanel.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { useRestoreRequest } from '#renderer/stores/open-point.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { listOf } from '#shared/address/view.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';
import { lookAt } from '../support/target.ts';

it('a record that is open is not shown at a moment before it was made, and is again at one after', async () => {
  const served = await serveCore();
  const home = clientOf(served.workspace.core);
  await home.entities.create({ type: 'team', id: 't1', data: { name: 'Radio' } });
  await home.entities.create({ type: 'team', id: 't2', data: { name: 'Optics' } });
  served.serve(await openAt(served.workspace, 'now'));
  lookAt('then-live');
  onTestFinished(watchChanges(queryClient));
  draw(<RecordPanel type="team" panel={{ kind: 'record', id: 't2', tab: 'details' }} />);
  await screen.findByRole('heading', { name: 'Optics' });
  const { id } = await api.moments.resolve({ at: 'now' });
  await act(() => api.moments.open({ at: id - 1 }));
  await screen.findByText(/^This record did not exist/);
  expect(screen.queryByRole('heading', { name: 'Optics' })).toBeNull();
  await act(() => api.moments.open({ at: id }));
  await waitFor(() => expect(screen.getByRole('heading', { name: 'Optics' })).toBeTruthy());
});

it('every record of a list in the past is selected by its id, and restored', async () => {
  freshGrid();
  layOut();
  const served = await serveCore();
  const home = clientOf(served.workspace.core);
  const ids = Array.from({ length: 230 }, (_, number) => `t${number}`);
  await home.entities.applyChanges({
    changes: ids.map((id) => ({ kind: 'create' as const, type: 'team' as const, id, data: { name: id } })),
  });
  served.serve(await openAt(served.workspace, 'now'));
  lookAt('then-live');
  navigate(listOf('team'));
  draw(<ListView />);
  await screen.findByText('t0');
  act(() => void runCommand('record.pickAll'));
  const restore = () => useRegistry.getState().commands.find(({ id }) => id === 'record.asThen');
  await waitFor(() => expect(restore()?.label).toMatch(/230 teams/));
  expect(restore()).toMatchObject({ enabled: true });
  act(() => void runCommand('record.asThen'));
  expect(new Set(useRestoreRequest.getState().ids)).toEqual(new Set(ids));
});
