import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { navigate } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';

async function open() {
  await serveCore();
  for (const name of ['Avionics', 'Thermal']) await api.entities.create({ type: 'team', data: { name } });
  navigate(listOf('team'));
  const drawn = draw(<ListView />);
  await screen.findByText('Thermal');
  const grid = screen.getByRole('grid');
  act(() => grid.focus());
  return { grid, ...drawn };
}

beforeEach(() => {
  freshGrid();
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
  useSeat.setState({ items: { 'columns:team': { shown: ['size'] } } });
});

describe('the selection', () => {
  it('can have two rows that are not adjacent, by keys alone', async () => {
    await serveCore();
    for (const name of ['Avionics', 'Optics', 'Power', 'Thermal'])
      await api.entities.create({ type: 'team', data: { name } });
    navigate(listOf('team'));
    const { hands } = draw(<ListView />);
    await screen.findByText('Thermal');
    act(() => screen.getByRole('grid').focus());
    const picked = () => [...gridOf().getState().picked.values()].map(({ title }) => title);
    const selected = (role: 'row' | 'gridcell') => screen.queryAllByRole(role, { selected: true });
    // Where the cursor is, is said of the grid, and by no row that it is selected.
    expect(screen.getByRole('grid').getAttribute('aria-activedescendant')).toBe('cell-0-0');
    expect(selected('row')).toEqual([]);
    await hands.keyboard(' {Control>}{ArrowDown}{ArrowDown}{/Control}');
    expect(gridOf().getState().cursor.row).toBe(2);
    expect(picked()).toEqual(['Avionics']);
    expect(screen.getByRole('grid').getAttribute('aria-activedescendant')).toBe('cell-2-0');
    expect(selected('row').map((row) => row.getAttribute('aria-rowindex'))).toEqual(['2']);
    // The cells, by which one goes, say it too.
    expect(selected('gridcell').map(({ id }) => id)).toEqual(['cell-0-0', 'cell-0-1']);
    await hands.keyboard(' {Control>}{ArrowDown}{/Control}{Control>} {/Control}');
    expect(picked()).toEqual(['Avionics', 'Power', 'Thermal']);
    expect(selected('row').map((row) => row.getAttribute('aria-rowindex'))).toEqual(['2', '4', '5']);
    await hands.keyboard('{Control>}{ArrowUp} {/Control}');
    expect(picked()).toEqual(['Avionics', 'Thermal']);
    expect(screen.getByText('2 selected', { selector: 'output' })).toBeTruthy();

    // All but one, and so on: what is not picked is kept too.
    await hands.keyboard('{Control>}a{ArrowUp}{/Control} ');
    expect(gridOf().getState().cursor.row).toBe(1);
    expect(screen.getByText('3 selected', { selector: 'output' })).toBeTruthy();
    await hands.keyboard('{Control>}{Home}{/Control}');
    expect(screen.getByText('3 selected', { selector: 'output' })).toBeTruthy();

    // With nothing selected Ctrl goes to the end, and an arrow alone lets go, as before.
    await hands.keyboard('{ArrowDown}');
    expect(gridOf().getState().allBut).toBeNull();
    await hands.keyboard('{Control>}{ArrowDown}{/Control}');
    expect(gridOf().getState().cursor.row).toBe(3);
  });
});

describe('Del', () => {
  const sizes = async () =>
    (await api.entities.list({ type: 'team' })).rows.map(({ payload }) => payload.size);

  async function sized() {
    const drawn = await open();
    for (const { id } of (await api.entities.list({ type: 'team' })).rows)
      await api.entities.update({ type: 'team', id, data: { size: 4 } });
    return drawn;
  }

  it('empties values as in a spreadsheet, one or several, and leaves the records', async () => {
    const { hands } = await sized();
    await hands.keyboard('{ArrowRight}{Delete}');
    await waitFor(async () => expect(await sizes()).toEqual([null, 4]));
    await hands.keyboard('{Shift>}{ArrowDown}{/Shift}{Delete}');
    await waitFor(async () => expect(await sizes()).toEqual([null, null]));
  });
});

describe('two that are picked', () => {
  it('are linked, the first with the second', async () => {
    const { hands } = await open();
    await hands.keyboard('{Shift>}{ArrowDown}{/Shift}');
    await hands.click(screen.getByRole('button', { name: 'Link…' }));
    await hands.click(await screen.findByRole('button', { name: 'Add link' }));
    expect(await screen.findByText('Created “Avionics → Thermal”')).toBeTruthy();
    const { rows } = await api.entities.list({ type: 'interface' });
    expect(rows.map(({ payload }) => payload.interface_type)).toEqual(['team-to-team']);
  });
});
