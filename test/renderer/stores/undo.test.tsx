import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { notifications } from '@mantine/notifications';
import { api } from '#renderer/api/client.ts';
import { takeStep, undoOp } from '#renderer/stores/undo.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const sizeOf = async (id: string) => (await api.entities.get({ type: 'team', id })).payload.size;

async function makeTeam() {
  return (await api.entities.create({ type: 'team', data: { name: 'Thermal', size: 4, experience: 12 } }))
    .record;
}

/** Begins to undo a change of a team of which Grace has changed the size since. */
async function undoAfterGrace(change: { size: number; experience: number }) {
  const { workspace } = await serveCore();
  const { hands } = draw(null);
  const team = await makeTeam();
  await api.workspace.createProfile({ name: 'Grace', role: 'researcher' });
  await api.entities.update({ type: 'team', id: team.id, data: change });
  await workspace.as('Grace').entities.update({ type: 'team', id: team.id, data: { size: 9 } });
  return { workspace, hands, team, done: takeStep('undo') };
}

beforeEach(() => notifications.clean());

describe('undo', () => {
  it('names the undone change, and offers to redo it', async () => {
    await serveCore();
    const { hands } = draw(null);
    const team = await makeTeam();
    await api.entities.update({ type: 'team', id: team.id, data: { size: 6 } });
    await takeStep('undo');
    expect(await screen.findByText('Undone: Changed “Size” of “Thermal”')).toBeTruthy();
    expect(await sizeOf(team.id)).toBe(4);
    await hands.click(screen.getByRole('button', { name: 'Redo' }));
    expect(await screen.findByText('Redone: Changed “Size” of “Thermal”')).toBeTruthy();
    expect(await sizeOf(team.id)).toBe(6);
  });

  it.each([
    ['Overwrite', 4],
    ['Undo the rest', 9],
    ['Cancel', 9],
  ])('asks where somebody else changed the same: %s', async (choice, size) => {
    const { hands, team, done } = await undoAfterGrace({ size: 6, experience: 40 });
    expect(await screen.findByText(/Size was changed since/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: choice }));
    await done;
    await waitFor(async () => expect(await sizeOf(team.id)).toBe(size));
    const { payload } = await api.entities.get({ type: 'team', id: team.id });
    expect(payload.experience).toBe(choice === 'Cancel' ? 40 : 12);
  });

  it('names who changed it since and how, and if nothing else is left offers the change before', async () => {
    const { workspace } = await serveCore();
    const { hands } = draw(null);
    const team = await makeTeam();
    await api.workspace.createProfile({ name: 'Grace', role: 'researcher' });
    // Every test workspace has the same ids: what is passed over here must be no change of the other tests.
    for (let count = 0; count < 8; count++) await makeTeam();
    await api.entities.update({ type: 'team', id: team.id, data: { size: 6 } });
    await workspace.as('Grace').entities.update({ type: 'team', id: team.id, data: { size: 9 } });
    const done = takeStep('undo');
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Close' })).toBeTruthy();
    const line = dialog.getByText(/Size was changed since/);
    expect(line.textContent).toContain('6 people → 9 people');
    expect(line.textContent).toContain('by Grace · ');
    expect(dialog.queryByRole('button', { name: 'Undo the rest' })).toBeNull();
    await hands.click(dialog.getByRole('button', { name: 'Skip this change' }));
    await done;
    expect(await sizeOf(team.id)).toBe(9);
    expect(await screen.findByText(/^Undone: /)).toBeTruthy();
  });

  it.each(['Overwrite', 'Undo the rest'])(
    'takes back nothing when another change came in between, and says so: %s',
    async (choice) => {
      const { workspace, hands, team, done } = await undoAfterGrace({ size: 6, experience: 40 });
      await screen.findByText(/Size was changed since/);
      // The same profile in another window.
      await workspace.as('Ada').entities.update({ type: 'team', id: team.id, data: { experience: 50 } });
      await hands.click(screen.getByRole('button', { name: choice }));
      await done;
      expect(await screen.findByText(/another change was made since/)).toBeTruthy();
      expect(screen.getByText(/Nothing was changed/)).toBeTruthy();
      const { payload } = await api.entities.get({ type: 'team', id: team.id });
      expect(payload).toMatchObject({ size: 9, experience: 50 });
    },
  );

  it('takes one step after the other, however fast they are requested', async () => {
    await serveCore();
    draw(null);
    const team = await makeTeam();
    await api.entities.update({ type: 'team', id: team.id, data: { size: 6 } });
    await api.entities.update({ type: 'team', id: team.id, data: { size: 7 } });
    await Promise.all([takeStep('undo'), takeStep('undo')]);
    expect(await sizeOf(team.id)).toBe(4);
    await Promise.all([takeStep('redo'), takeStep('redo')]);
    expect(await sizeOf(team.id)).toBe(7);
  });

  it('a notice undoes its own change only', async () => {
    await serveCore();
    draw(null);
    const team = await makeTeam();
    const { op_id } = await api.entities.update({ type: 'team', id: team.id, data: { size: 6 } });
    await api.entities.update({ type: 'team', id: team.id, data: { experience: 40 } });
    await undoOp(op_id ?? '');
    expect(await screen.findByText('Can’t undo: a later change exists')).toBeTruthy();
    expect(await sizeOf(team.id)).toBe(6);
  });
});
