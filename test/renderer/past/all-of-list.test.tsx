import { act, screen, waitFor } from '@testing-library/react';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand, useRegistry } from '#renderer/commands/registry.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { useRestoreRequest } from '#renderer/stores/open-point.ts';
import { listOf } from '#shared/address/view.ts';
import { openAt } from '#test/support/moments.ts';
import { clientOf } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';

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
  document.documentElement.dataset['target'] = 'then-live';
  onTestFinished(() => {
    delete document.documentElement.dataset['target'];
  });
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
