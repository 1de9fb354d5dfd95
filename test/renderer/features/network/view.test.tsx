import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import NetworkView from '#renderer/features/network/NetworkView.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { networkOfList } from '#renderer/stores/network.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { networkOf } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

async function team(name: string) {
  return (await api.entities.create({ type: 'team', data: { name, lifecycle: 'incoming' } })).record;
}

describe('the network without a drawing context', () => {
  it('tells a viewer why no link can be drawn', async () => {
    await serveCore();
    await team('Thermal');
    const vic = await api.workspace.createProfile({ name: 'Vic', role: 'viewer', university_id: null });
    await actAs(vic.id);
    navigate(networkOf());
    draw(<NetworkView />);
    const button = await screen.findByRole('button', { name: 'Draw link' });
    await waitFor(() => expect(button.title).toBe('Viewers cannot change records.'));
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });

  it('opens the lists with its filters', async () => {
    await serveCore();
    await team('Thermal');
    const filter = { field: 'lifecycle', op: 'is' as const, value: 'incoming' };
    navigate(networkOf({ filters: [{ type: 'team', filter }] }));
    const { hands } = draw(<NetworkView />);
    await hands.click(await screen.findByRole('button', { name: 'More' }));
    await hands.click(await screen.findByRole('menuitem', { name: 'Show as list' }));
    expect(currentAddress().view).toEqual({ ...listOf('team'), filters: [filter] });
    expect(networkOfList({ ...listOf('team'), filters: [filter], search: 'therm' }).filters).toEqual([
      { type: 'team', filter },
      { type: 'team', filter: { field: 'name', op: 'contains', value: 'therm' } },
    ]);
    expect(networkOfList(listOf('interface'))).toEqual(networkOf());
  });
});
