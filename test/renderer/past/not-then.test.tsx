import { act, screen, waitFor } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import RecordPanel from '#renderer/features/records/panel/RecordPanel.tsx';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
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
