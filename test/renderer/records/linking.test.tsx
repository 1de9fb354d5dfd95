import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { LinkForm } from '#renderer/features/records/linking/LinkForm.tsx';
import type { EntityRecord } from '#shared/contract/record.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

async function team(name: string): Promise<EntityRecord> {
  return (await api.entities.create({ type: 'team', data: { name } })).record;
}

/** A record that the form only has to name. */
const end = (id: string) => ({ id, type: 'team', title: id, university_id: null }) as const;

describe('the form of a link between two records', () => {
  it('creates it with its bond, the usual loss of that, and turned around if asked', async () => {
    await serveCore();
    const [from, to] = [await team('Thermal'), await team('Avionics')];
    const done = vi.fn<(created: string | null) => void>();
    const { hands } = draw(<LinkForm from={from} to={to} onDone={done} />);
    await hands.click(screen.getByRole('button', { name: 'Swap' }));
    await hands.click(screen.getByRole('radio', { name: /fragile/ }));
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Energy lost' }).value).toBe('60');
    await hands.click(screen.getByRole('button', { name: 'Create link' }));
    await waitFor(() => expect(done).toHaveBeenCalled());
    const created = await api.entities.find({ id: done.mock.calls[0]?.[0] ?? '' });
    expect(created.payload).toMatchObject({
      from: to.id,
      to: from.id,
      bond_type: 'fragile-temporary',
      energy_loss: 60,
      interface_type: 'team-to-team',
    });
  });

  it('refuses a loss that cannot be, and is given up with Esc', async () => {
    await serveCore();
    const done = vi.fn<(created: string | null) => void>();
    const { hands } = draw(<LinkForm from={end('a')} to={end('b')} onDone={done} />);
    const loss = screen.getByRole('textbox', { name: 'Energy lost' });
    // What stands there is replaced by what is typed.
    await hands.tab();
    expect(document.activeElement).toBe(loss);
    await hands.keyboard('20');
    expect(loss).toHaveProperty('value', '20');
    await hands.clear(loss);
    await hands.type(loss, '130');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Create link' }).disabled).toBe(true);
    await hands.type(loss, '{Escape}');
    expect(done).toHaveBeenCalledWith(null);
  });
});
