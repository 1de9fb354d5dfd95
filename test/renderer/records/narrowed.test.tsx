import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { adjustList, currentAddress } from '#renderer/stores/address.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList, makeTeams } from '../support/list.tsx';

const size: Filter = { field: 'size', op: 'lte', value: 5 };

beforeEach(() => freshList(['size']));

describe('a search that finds no name', () => {
  it('says that only names are searched, and offers other places of the words', async () => {
    await serveCore();
    const { record } = await api.entities.create({ type: 'university', data: { name: 'Summit State' } });
    await makeTeams(['Avionics', 'Thermal'], { size: 4, university_id: record.id });
    const { hands } = await drawList('Thermal', { ...listOf('team'), filters: [size] });
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
