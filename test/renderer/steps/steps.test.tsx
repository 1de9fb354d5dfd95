import { notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import StepsPanel from '#renderer/features/steps/StepsPanel.tsx';
import { showSteps } from '#renderer/features/steps/state.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { takeStepsTo } from '#renderer/stores/undo.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => {
  notifications.clean();
  showSteps(false);
});

const sizeOf = async (id: string) => (await api.entities.get({ type: 'team', id })).payload.size;

/** A team whose size was changed once for each of the figures. */
async function changed(...sizes: number[]) {
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Thermal', size: 1 } });
  const ops: string[] = [];
  for (const size of sizes) {
    const { op_id } = await api.entities.update({ type: 'team', id: record.id, data: { size } });
    ops.push(op_id ?? '');
  }
  return { id: record.id, ops };
}

describe('several steps at once', () => {
  it('go back to the chosen change and not beyond, and forward again', async () => {
    await serveCore();
    const { hands } = draw(null);
    const { id, ops } = await changed(2, 3, 4);
    await act(() => takeStepsTo('undo', ops[1] as string));
    expect(await sizeOf(id)).toBe(2);
    expect(await screen.findByText('Undid 2 changes')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Redo' }));
    await waitFor(async () => expect(await sizeOf(id)).toBe(4));
    expect(await screen.findByText('Redid 2 changes')).toBeTruthy();
  });

  it('ask if somebody else changed the same; doing nothing stops there', async () => {
    const { workspace } = await serveCore();
    const { hands } = draw(null);
    await api.workspace.createProfile({ name: 'Grace', role: 'researcher' });
    const { id } = await changed();
    const { op_id } = await api.entities.update({ type: 'team', id, data: { size: 6 } });
    const other = await api.entities.create({ type: 'team', data: { name: 'Comms' } });
    await workspace.as('Grace').entities.update({ type: 'team', id, data: { size: 9 } });
    const done = takeStepsTo('undo', op_id as string);
    expect(await screen.findByText(/Size was changed since/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    await act(() => done);
    expect(await sizeOf(id)).toBe(9);
    // What came before the question was taken, and is told.
    expect(await screen.findByText(/Stopped as requested/)).toBeTruthy();
    expect((await api.entities.find({ id: other.record.id })).deleted_at).not.toBeNull();
  });
});

describe('the list of steps', () => {
  async function open() {
    const drawn = draw(<StepsPanel />);
    act(() => showSteps(true));
    const panel = await screen.findByRole('dialog', { name: 'Undo history' });
    return { ...drawn, panel: within(panel) };
  }

  it('show the actor’s changes by name, the current position, and those to redo', async () => {
    await serveCore();
    await changed(2, 3);
    await api.history.undo({});
    const { panel } = await open();
    const lines = (await panel.findAllByRole('listitem')).map((line) => line.textContent);
    expect(lines[0]).toMatch(/^Changed “Size” of “Thermal”.*undone.*Redo this$/);
    expect(lines[1]).toBe('You are here');
    expect(lines[2]).toMatch(/^Changed “Size” of “Thermal”.*Undo this$/);
    expect(lines[3]).toMatch(/^Created “Thermal”.*Undo these 2$/);
  });

  it('takes several at once, and follows', async () => {
    await serveCore();
    const { id } = await changed(2, 3, 4);
    const { hands, panel } = await open();
    await hands.click(await panel.findByRole('button', { name: /^Undo these 3: / }));
    await waitFor(async () => expect(await sizeOf(id)).toBe(1));
    await act(() => queryClient.invalidateQueries());
    expect(await panel.findByRole('button', { name: /^Redo these 3: / })).toBeTruthy();
  });
});
