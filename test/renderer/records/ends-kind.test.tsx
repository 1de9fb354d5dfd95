import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { go } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { recordIn } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { Beside, make } from './panel-hands.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

async function crew() {
  await serveCore();
  const [power, thermal] = [await make('team', { name: 'Power' }), await make('team', { name: 'Thermal' })];
  const orbit = await make('project', { name: 'Orbit' });
  const sam = await make('student', { name: 'Sam' });
  return { power: power.id, thermal: thermal.id, orbit: orbit.id, sam: sam.id };
}

const kindOf = async (id: string) =>
  (await api.entities.get({ type: 'interface', id })).payload.interface_type ?? null;

describe('a kind of link that its ends contradict', () => {
  it('is told of in its field, and set right by a click', async () => {
    const { power, orbit } = await crew();
    const link = await make('interface', { from: power, to: orbit, interface_type: 'team-to-team' });
    go(recordIn('interface', link.id));
    const { hands } = draw(<Beside />);
    await screen.findByText(/The ends are team and project\./);
    await hands.click(screen.getByRole('button', { name: 'Set “team – project”' }));
    await waitFor(async () => expect(await kindOf(link.id)).toBe('team-to-project'));
    await waitFor(() => expect(screen.queryByText(/The ends are/)).toBeNull());
  });
});
