import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { currentAddress } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { openTeam } from './panel-hands.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

describe('the history of a record', () => {
  it('links each change to History, and undoes it by itself', async () => {
    const { hands, id, stored } = await openTeam({ size: 4 }, 'history');
    const { op_id } = await api.entities.update({ type: 'team', id, data: { size: 6 } });
    await api.entities.update({ type: 'team', id, data: { experience: 3 } });
    const panel = within(await screen.findByRole('tabpanel'));
    const menuOf = async (at: number) =>
      hands.click((await panel.findAllByRole('button', { name: 'Actions for this change' }))[at]!);
    await panel.findByText('3 months');
    await menuOf(1);
    await hands.click(await screen.findByRole('menuitem', { name: 'Undo this change' }));
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
