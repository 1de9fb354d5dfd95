import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { ColumnEdge } from '#renderer/features/records/grid/ColumnEdge.tsx';
import ListView from '#renderer/features/records/ListView.tsx';
import { useGrid } from '#renderer/features/records/grid/state.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { placeColumns } from '#renderer/features/records/layout.ts';
import type { PlacedColumn } from '#renderer/features/records/layout.ts';
import { go } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

async function open() {
  await serveCore();
  for (const name of ['Avionics', 'Thermal']) await api.entities.create({ type: 'team', data: { name } });
  go(listOf('team'));
  const drawn = draw(<ListView />);
  await screen.findByText('Thermal');
  const grid = screen.getByRole('grid');
  act(() => grid.focus());
  return { grid, ...drawn };
}

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
  useSeat.setState({ items: { 'columns:team': { shown: ['size'] } } });
});

describe('what is picked', () => {
  it('is counted in the toolbar, and let go there', async () => {
    const { grid, hands } = await open();
    await hands.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(screen.getByText('2 selected', { selector: 'output' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'New team' })).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Clear' }));
    expect(useGrid.getState().picked.size).toBe(0);
    expect(screen.getByRole('button', { name: 'New team' })).toBeTruthy();
    expect(document.activeElement).toBe(grid);
  });

  it('is deleted from the toolbar', async () => {
    const { hands } = await open();
    await hands.keyboard('{Shift>}{ArrowDown}{/Shift}');
    await hands.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(async () => expect((await api.entities.list({ type: 'team' })).total).toBe(0));
  });
});

describe('a cell that is cut off', () => {
  it('says all of it on hover, and nothing when it fits', async () => {
    const { hands } = await open();
    const row = screen.getAllByRole('row')[1] as HTMLElement;
    const name = within(row).getByText('Avionics');
    const cell = within(row).getByRole('gridcell', { name: 'Avionics' });
    const wide = vi.spyOn(name, 'scrollWidth', 'get').mockReturnValue(2000);
    await hands.hover(name);
    expect(cell.getAttribute('title')).toBe('Avionics');
    wide.mockReturnValue(10);
    await hands.unhover(name);
    await hands.hover(name);
    expect(cell.getAttribute('title')).toBeNull();
  });
});

describe('the edge of a column', () => {
  it('goes where the pointer goes: the columns before it stay as wide as they are', () => {
    const all = columnsOf('team', false);
    const widths: Record<string, number> = {};
    const place = (): readonly PlacedColumn[] => placeColumns(all, 1400, { widths });
    const [first, second, ...others] = place();
    if (!first || !second || others.length === 0) throw new Error('The grid of teams has too few columns.');
    const { container } = draw(
      <ColumnEdge column={second} before={[first]} onResize={(key, width) => (widths[key] = width ?? 0)} />,
    );
    const edge = container.querySelector('.column-edge') as HTMLElement;
    Object.assign(edge, { setPointerCapture: () => {} });
    fireEvent.pointerDown(edge, { clientX: 500 });
    fireEvent.pointerMove(edge, { clientX: 590 });
    const right = (columns: readonly PlacedColumn[]): number =>
      (columns[0]?.size ?? 0) + (columns[1]?.size ?? 0);
    expect(right(place())).toBe(right([first, second]) + 90);
  });
});
