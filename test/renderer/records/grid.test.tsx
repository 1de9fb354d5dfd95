import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { navigate } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';

const count = 260;

/** A document without layout gives the grid no height: say how much fits. */
function layOut(): void {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
}

async function open() {
  const served = await serveCore();
  for (let number = 0; number < count; number += 1) {
    const name = `Team ${String(number).padStart(3, '0')}`;
    await api.entities.create({ type: 'team', data: { name, size: 1 + (number % 9) } });
  }
  navigate(listOf('team'));
  const stop = watchChanges(queryClient);
  onTestFinished(stop);
  const drawn = draw(<ListView />);
  await screen.findByText('Team 000');
  const grid = screen.getByRole('grid');
  act(() => grid.focus());
  return { served, grid, ...drawn };
}

const rowsShown = (): string[] =>
  screen.getAllByRole('row').flatMap((row) => within(row).queryByText(/^Team \d+$/)?.textContent ?? []);

beforeEach(() => {
  freshGrid();
  layOut();
  useSeat.setState({ items: { 'columns:team': { shown: ['size'] } } });
});

describe('the grid', () => {
  it('renders visible rows, shows the count, and moves with the keys', async () => {
    const { grid, hands } = await open();
    expect(rowsShown().length).toBeLessThan(40);
    await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe(String(count + 2)));
    await hands.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
    expect(gridOf().getState().cursor).toEqual({ row: 2, column: 1 });
    expect(grid.getAttribute('aria-activedescendant')).toBe('cell-2-1');
    await hands.keyboard('{Control>}{End}{/Control}');
    expect(gridOf().getState().cursor.row).toBe(count - 1);
  });

  it('edits a cell in place, moves on, and refuses invalid values', async () => {
    const { hands } = await open();
    await hands.keyboard('{ArrowRight}7{Enter}');
    expect(gridOf().getState()).toMatchObject({ editing: null, cursor: { row: 1, column: 1 } });
    await waitFor(async () => {
      const { rows } = await api.entities.list({ type: 'team', limit: 1 });
      expect(rows[0]?.payload.size).toBe(7);
    });
    await hands.keyboard('0{Enter}');
    expect(gridOf().getState().editing).not.toBeNull();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Size' }).value).toBe('0');
    await hands.keyboard('{Escape}');
    expect(gridOf().getState().editing).toBeNull();
  });

  it('an invalid value stays in its cell, flagged with the reason', async () => {
    const { hands } = await open();
    await hands.keyboard('{ArrowRight}six{Enter}');
    expect(gridOf().getState().editing).not.toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Columns' }));
    const cell = await screen.findByText('six');
    expect(cell.title).toContain('Size must be a number.');
    // Corrected, nothing is left to say.
    await hands.keyboard('{Escape}');
    act(() => screen.getByRole('grid').focus());
    await hands.keyboard('6{Enter}');
    await waitFor(() => expect(screen.queryByText('six')).toBeNull());
  });

  it('saves the input of a cell that is unmounted without blur', async () => {
    const { hands, unmount } = await open();
    await hands.keyboard('{ArrowRight}7');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Size' }).value).toBe('7');
    unmount();
    await waitFor(async () => {
      const { rows } = await api.entities.list({ type: 'team', limit: 1 });
      expect(rows[0]?.payload.size).toBe(7);
    });
    expect(gridOf().getState().editing).toBeNull();
  });
});
