import { screen, waitFor } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { navigate } from '#renderer/stores/address.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listWithRecord } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { make, OpenPanel } from '../records/panel-hands.tsx';

/** Draws the panel of a new repair with one task. */
async function openRepair(task: JsonObject = {}) {
  await serveCore();
  onTestFinished(watchChanges(queryClient));
  const repair = await make('repair', { name: 'Pair two teams' });
  const { id } = await make('task', { name: 'Pair them', repair_id: repair.id, ...task });
  navigate(listWithRecord('repair', repair.id, 'details'));
  const stored = async () => (await api.entities.get({ type: 'task', id })).payload;
  return { ...draw(<OpenPanel />), stored };
}

beforeEach(() => {
  notifications.clean();
  useSeat.setState({ items: {} });
});

it('a proposer who may not approve can allow that as an admin, and take it back', async () => {
  const { hands } = await openRepair();
  await api.workspace.createProfile({ name: 'Rea', role: 'researcher' });
  const approve = async (): Promise<HTMLButtonElement> =>
    screen.findByRole<HTMLButtonElement>('button', { name: 'Approve' });
  await waitFor(async () => expect((await approve()).disabled).toBe(true));
  await hands.click(await screen.findByRole('button', { name: 'Allow own approval' }));
  await waitFor(async () => expect((await approve()).disabled).toBe(false));
  expect(await api.repairs.approval({})).toMatchObject({ four_eyes: false, is_default: false });
  await hands.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(async () => expect((await approve()).disabled).toBe(true));
});

it('evidence that does not count opens the task again, until it counts', async () => {
  const item = { source: 'scan', ref: 'abc', kind: 'commit', url: null, at: '2026-03-02T10:00:00Z' };
  const { hands, stored } = await openRepair({ evidence: [item] });
  await screen.findByText('done');
  await hands.click(await screen.findByRole('button', { name: /^Does not count/ }));
  await waitFor(() => expect(screen.queryByText('done')).toBeNull());
  expect((await stored())['evidence']).toEqual([{ ...item, dismissed: true }]);
  await hands.click(await screen.findByRole('button', { name: /^Counts/ }));
  await screen.findByText('done');
});
