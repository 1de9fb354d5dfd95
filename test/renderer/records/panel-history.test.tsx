import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listWithRecord } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { OpenPanel, make } from './panel-hands.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

describe('the history of a record', () => {
  it('links each change to History, and undoes it by itself', async () => {
    await serveCore();
    onTestFinished(watchChanges(queryClient));
    const team = await make('team', { name: 'Thermal', size: 4 });
    const { op_id } = await api.entities.update({ type: 'team', id: team.id, data: { size: 6 } });
    await api.entities.update({ type: 'team', id: team.id, data: { experience: 3 } });
    navigate(listWithRecord('team', team.id, 'history'));
    const { hands } = draw(<OpenPanel />);
    const panel = within(await screen.findByRole('tabpanel'));
    const menuOf = async (at: number) =>
      hands.click((await panel.findAllByRole('button', { name: 'Actions for this change' }))[at]!);
    await menuOf(1);
    await hands.click(await screen.findByRole('menuitem', { name: 'Undo this change' }));
    const stored = async () => (await api.entities.get({ type: 'team', id: team.id })).payload;
    await waitFor(async () => expect(await stored()).toMatchObject({ size: 4, experience: 3 }));
    expect(await panel.findByText('undone')).toBeTruthy();
    // The undo is an entry of its own now; what was undone can be redone.
    await menuOf(2);
    expect(await screen.findByRole('menuitem', { name: 'Redo' })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: /Undo this change/ })).toBeNull();
    await hands.click(screen.getByRole('menuitem', { name: 'Show in History' }));
    expect(currentAddress().view).toMatchObject({ kind: 'history', open: op_id });
  });
});
