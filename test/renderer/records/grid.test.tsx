import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList, makeTeams } from '../support/list.tsx';

/** More than one page. */
const count = 260;

async function open(many = 3) {
  await serveCore();
  const names = Array.from({ length: many }, (_, number) => `Team ${String(number).padStart(3, '0')}`);
  await makeTeams(names, { size: 1 });
  return drawList('Team 000');
}

const rowsShown = (): string[] =>
  screen.getAllByRole('row').flatMap((row) => within(row).queryByText(/^Team \d+$/)?.textContent ?? []);

beforeEach(() => freshList(['size']));

describe('the grid', () => {
  it('renders visible rows, shows the count, and moves with the keys', async () => {
    const { grid, hands } = await open(count);
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
