import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { currentAddress } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { begin, bring, open, paste, settled } from './hands.tsx';

beforeEach(begin);

describe('a column of dates', () => {
  const table =
    'Team name\tStart\nRadio\t2025-01-10\nPower\t2025-02-01\nArm\t2025-02-02\nBus\t03/04/2025\nHull\tsoon\n';

  it('asks for the order of day and month once, and links to values left unchanged', async () => {
    const { hands } = await open();
    await paste(table);
    await settled();
    expect(screen.getByText('Stored as custom field. Dates: 3, other values: 2.')).toBeTruthy();
    // The first rows show days as this seat writes them.
    expect(screen.getByRole('cell', { name: '10 Jan 2025' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Month first: 03/04/2025 is 4 Mar 2025' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Day first: 03/04/2025 is 3 Apr 2025' }));
    await settled();
    expect(screen.getByText('Stored as custom field. Dates: 4, other values: 1.')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: /^Undo: Date order of “Start”/ }));
    await settled();
    await hands.click(screen.getByRole('button', { name: 'Import 5 teams' }));
    await screen.findByText(/counts and samples/);
    await hands.click(screen.getByRole('button', { name: /^Show: “03\/04\/2025”/ }));
    const { view } = currentAddress();
    expect(view).toMatchObject({ filters: [{ field: 'own:Start', op: 'contains', value: '/' }, {}] });
    if (view.kind !== 'list') throw new Error('no list');
    const { rows } = await api.entities.list({ type: 'team', filters: [...view.filters] });
    expect(rows.map(({ title }) => title)).toEqual(['Bus']);
  });
});

describe('custom columns of a table', () => {
  const table = 'Team name\tStage\tMembers\tRoom\nRadio\tBuild\t4\tB1\n';

  it('are shown in the list of imported records', async () => {
    const { hands } = await open();
    await bring(hands, table);
    const brought = ['name', 'own:Stage', 'size', 'own:Room'];
    expect(useSeat.getState().items['columns:team']).toEqual({ brought });
    await bring(hands, 'Team name\tDocking\nPower\tyes\n');
    expect(useSeat.getState().items['columns:team']).toEqual({
      brought: ['name', 'own:Docking', 'own:Stage', 'size', 'own:Room'],
    });
  });
});
