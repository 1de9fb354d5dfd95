import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { tableNow } from '#renderer/features/transfer/sheet/state.ts';
import { begin, open, paste, settled } from './sheet-hands.tsx';

beforeEach(begin);

describe('the focus after something was mended', () => {
  it('goes to the next thing itself where that has no field: a second Enter leaves no row out', async () => {
    const { hands } = await open();
    await api.entities.create({ type: 'university', data: { name: 'Summit State' } });
    await paste('Team name\tSchool\nRadio\tSumit State\nOrbit\tSummit State\nOrbit\tSummit State\n');
    await settled();
    act(() => screen.getByRole('button', { name: 'Read it as “Summit State”' }).focus());
    await hands.keyboard('{Enter}');
    await settled();
    const card = screen.getByRole('listitem', { name: /“Orbit” stands in the table more than once/ });
    await waitFor(() => expect(document.activeElement).toBe(card));
    await hands.keyboard('{Enter}');
    await settled();
    expect(tableNow()?.choices.skip).toEqual([]);
    expect(screen.getByRole('heading', { name: '1 thing to look at' })).toBeTruthy();
    await hands.tab();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Leave this row out' }));
  });
});
