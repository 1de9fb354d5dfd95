import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import RecordView from '#renderer/features/records/alone/RecordView.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { layoutAt } from '#renderer/stores/tabs/layout.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { recordPage } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => {
  useSeat.setState({ items: {} });
  useTabs.setState(layoutAt(), true);
});

async function open() {
  await serveCore();
  const make = async (name: string) =>
    (await api.entities.create({ type: 'team', data: { name, size: 4 } })).record.id;
  const [thermal, comms] = [await make('Thermal'), await make('Comms')];
  await api.entities.create({
    type: 'interface',
    data: { from: thermal, to: comms, energy_loss: 30 },
  });
  act(() => navigate(recordPage('team', thermal)));
  const drawn = draw(<RecordView />);
  await screen.findByRole('heading', { name: 'Thermal', level: 1 });
  return { ...drawn, thermal, comms };
}

describe('a record in its own tab', () => {
  it('shows one section at a time if there is little room, and remembers which', async () => {
    const { hands, thermal } = await open();
    expect(screen.getByRole('textbox', { name: 'Size' })).toBeTruthy();
    await hands.click(screen.getByRole('tab', { name: /^Links/ }));
    expect(currentAddress().view).toEqual(recordPage('team', thermal, 'links'));
    expect(await screen.findByRole('button', { name: 'Comms' })).toBeTruthy();
    await hands.click(screen.getByRole('tab', { name: /^History/ }));
    expect(await within(screen.getByRole('tabpanel')).findByText(/Created/)).toBeTruthy();
  });
});
