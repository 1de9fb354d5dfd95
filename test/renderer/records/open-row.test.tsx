import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { adjustList, go, here, openRecord } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf, recordIn } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';

const names = ['Avionics', 'Comms', 'Orbit analysis', 'Thermal'];

async function open(view: 'list' | 'orbit' = 'list') {
  const served = await serveCore();
  const ids = new Map<string, string>();
  for (const name of names) {
    ids.set(name, (await api.entities.create({ type: 'team', data: { name, size: 4 } })).record.id);
  }
  go(view === 'list' ? listOf('team') : recordIn('team', ids.get('Orbit analysis') ?? ''));
  onTestFinished(watchChanges(queries));
  const drawn = draw(<ListView />);
  await screen.findByRole('gridcell', { name: 'Avionics' });
  const grid = screen.getByRole('grid');
  return { served, grid, ids, ...drawn };
}

/** The row of the cell that the keys are for. */
const rowMeant = (): HTMLElement | null =>
  document
    .getElementById(screen.getByRole('grid').getAttribute('aria-activedescendant') ?? '')
    ?.closest<HTMLElement>('[role=row]') ?? null;

/** The name in that row. */
const meant = (): string | null => {
  const row = rowMeant();
  return row && (within(row).getAllByRole('gridcell')[1]?.textContent ?? null);
};

const panelTitle = (): string => screen.getByRole('heading', { level: 2 }).textContent;

beforeEach(() => {
  freshGrid();
  layOut();
  useSeat.setState({ items: { 'columns:team': { shown: ['size'] } } });
});

describe('the record that is open and the row of the cursor', () => {
  it('a record that is opened from elsewhere takes the cursor to its row, and Ctrl Delete means it', async () => {
    const { grid, hands } = await open('orbit');
    await waitFor(() => expect(meant()).toBe('Orbit analysis'));
    expect(gridOf().getState().cursor.row).toBe(2);
    act(() => grid.focus());
    await hands.keyboard('{Control>}{Delete}{/Control}');
    expect(await screen.findByText('Deleted Orbit analysis')).toBeTruthy();
    await waitFor(() => expect(openRecord()).toBeNull());
    expect((await api.entities.list({ type: 'team' })).matched).toBe(3);
  });

  it('one that the list does not hold leaves no row meant: Delete does nothing until the cursor is moved', async () => {
    const { grid, hands } = await open('orbit');
    act(() => adjustList({ search: 'comms' }));
    await waitFor(() => expect(screen.queryByRole('gridcell', { name: 'Avionics' })).toBeNull());
    await waitFor(() => expect(meant()).toBeNull());
    act(() => grid.focus());
    await hands.keyboard('{Delete}{Control>}{Delete}{/Control}{Backspace}{F2}');
    expect((await api.entities.list({ type: 'team' })).matched).toBe(4);
    await hands.keyboard('{ArrowDown}');
    await waitFor(() => expect(panelTitle()).toBe('Comms'));
  });

  it('a record that comes above does not change what is open, nor what is being typed', async () => {
    const { served, hands, ids } = await open('orbit');
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await hands.clear(name);
    await hands.type(name, 'Orbit and more');
    const other = served.workspace.as();
    await other.entities.create({ type: 'team', data: { name: 'Aaa first' } });
    await screen.findByRole('gridcell', { name: 'Aaa first' });
    await waitFor(() => expect(gridOf().getState().cursor.row).toBe(3));
    expect(openRecord()).toBe(ids.get('Orbit analysis'));
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Orbit and more');
  });

  it('the panel follows the keys, and closes with the record that is deleted', async () => {
    const { grid, hands } = await open('orbit');
    await waitFor(() => expect(meant()).toBe('Orbit analysis'));
    act(() => grid.focus());
    await hands.keyboard('{ArrowDown}');
    await waitFor(() => expect(panelTitle()).toBe('Thermal'));
    await hands.keyboard('{Control>}{Delete}{/Control}');
    await waitFor(() => expect(here().view).toMatchObject({ panel: null }));
  });
});
