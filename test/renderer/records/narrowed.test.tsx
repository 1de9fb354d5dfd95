import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { adjustList, navigate, currentAddress } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';

const size: Filter = { field: 'size', op: 'lte', value: 5 };

async function open(filters: readonly Filter[] = []) {
  await serveCore();
  onTestFinished(watchChanges(queryClient));
  const { record } = await api.entities.create({ type: 'university', data: { name: 'Summit State' } });
  for (const [id, name] of [
    ['t1', 'Avionics'],
    ['t2', 'Thermal'],
  ] as const) {
    const data = { name, size: 4, university_id: record.id, 'Lead email': `${id}@ortiz.example` };
    await api.entities.create({ type: 'team', id, data });
  }
  useSeat.setState({ items: { 'columns:team': { columns: ['name', 'size'] } } });
  navigate({ ...listOf('team'), filters });
  const drawn = draw(<ListView />);
  await screen.findByText('Thermal');
  act(() => screen.getByRole('grid').focus());
  return drawn;
}

beforeEach(() => {
  freshGrid();
  layOut();
});

describe('a search that finds no name', () => {
  it('says that only names are searched, and offers other places of the words', async () => {
    const { hands } = await open([size]);
    const box = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search teams' });
    expect(box.placeholder).toBe('Find by name');
    act(() => adjustList({ search: 'summit' }));
    await hands.click(await screen.findByRole('button', { name: 'University contains “summit” (2)' }));
    expect(await screen.findByText('Thermal')).toBeTruthy();
    expect(currentAddress().view).toMatchObject({
      search: '',
      filters: [size, { field: 'university_id', op: 'contains', value: 'summit' }],
    });
  });
});
