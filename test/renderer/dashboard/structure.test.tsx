import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import StructureView from '#renderer/features/dashboard/structure/StructureView.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { listWithRecord } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

/** Two triangles of teams, and one link between them; nothing is known of what passes but over that one. */
async function twoTriangles(): Promise<ReadonlyMap<string, string>> {
  await serveCore();
  const ids = new Map<string, string>();
  for (const name of ['Radio', 'Power', 'Camera', 'Orbit', 'Thermal', 'Ground'])
    ids.set(name, (await api.entities.create({ type: 'team', data: { name } })).record.id);
  for (const [from, to, energy_loss] of [
    ['Radio', 'Power', null],
    ['Power', 'Camera', null],
    ['Camera', 'Radio', null],
    ['Orbit', 'Thermal', null],
    ['Thermal', 'Ground', null],
    ['Ground', 'Orbit', null],
    ['Radio', 'Orbit', 20],
  ] as const)
    await api.entities.create({
      type: 'interface',
      data: { from: ids.get(from) ?? '', to: ids.get(to) ?? '', energy_loss },
    });
  return ids;
}

/** Workers take their time to start on a busy machine. */
const patience = { timeout: 10_000 };

beforeEach(() => queryClient.clear());

describe('the structure of the network', () => {
  it('has a number, its records, and the number that could not be judged', async () => {
    const ids = await twoTriangles();
    navigate({ kind: 'structure' });
    const { hands } = draw(<StructureView />);
    const heading = { name: 'Removing 1 of 6 linked records splits the network in half' };
    await screen.findByRole('heading', heading, patience);
    const part = (name: string) => within(screen.getByRole('region', { name }));
    expect(screen.getByRole('button', { name: '1 component' })).toBeDefined();
    const cuts = part('Single points of failure');
    expect(await cuts.findAllByRole('button', { name: 'Radio' })).toHaveLength(2);
    expect(cuts.getByText('Losing any of 2 records cuts others off:')).toBeDefined();
    const spread = part('Widest spread of failure');
    expect(spread.getAllByText('80 %')).toHaveLength(2);
    expect(spread.getByText(/^6 links are left out/)).toBeDefined();
    expect(part('Densest core').getByText(/^6 records have at least 2 links/)).toBeDefined();
    await hands.click(screen.getByRole('button', { name: 'Show as table' }));
    expect(screen.getByRole('rowheader', { name: '3' })).toBeDefined();
    await hands.click(await part('Most central').findByRole('button', { name: 'Orbit' }));
    expect(currentAddress().view).toEqual(listWithRecord('team', ids.get('Orbit') ?? ''));
  });

  it('explains the empty page without links', async () => {
    await serveCore();
    draw(<StructureView />);
    expect(await screen.findByText(/^No links yet/, {}, patience)).toBeDefined();
  });
});
