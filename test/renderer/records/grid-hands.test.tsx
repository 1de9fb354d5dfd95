import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList, makeTeams } from '../support/list.tsx';

async function open(names: readonly string[] = ['Avionics', 'Thermal'], data = {}) {
  await serveCore();
  await makeTeams(names, data);
  return drawList('Thermal');
}

beforeEach(() => freshList(['size']));

describe('the selection', () => {
  it('can have two rows that are not adjacent, by keys alone', async () => {
    const { hands } = await open(['Avionics', 'Optics', 'Power', 'Thermal']);
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
    expect(gridOf().getState().allExcept).toBeNull();
    await hands.keyboard('{Control>}{ArrowDown}{/Control}');
    expect(gridOf().getState().cursor.row).toBe(3);
  });
});

describe('Del', () => {
  const sizes = async () =>
    (await api.entities.list({ type: 'team' })).rows.map(({ payload }) => payload.size);

  it('empties values as in a spreadsheet, one or several, and leaves the records', async () => {
    const { hands } = await open(undefined, { size: 4 });
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
