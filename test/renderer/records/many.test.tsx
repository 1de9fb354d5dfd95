import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { navigate } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { runCommand } from '#renderer/commands/registry.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';

const count = 230;

async function open(many = count) {
  const served = await serveCore();
  await api.entities.applyChanges({
    changes: Array.from({ length: many }, (_, number) => ({
      kind: 'create' as const,
      type: 'team' as const,
      data: {
        name: `Team ${String(number).padStart(3, '0')}`,
        size: 1 + (number % 9),
        lifecycle: number % 3 === 0 ? 'incoming' : 'established',
      },
    })),
  });
  navigate(listOf('team'));
  onTestFinished(watchChanges(queryClient));
  const drawn = draw(<ListView />);
  await screen.findByText('Team 000');
  const grid = screen.getByRole('grid');
  act(() => grid.focus());
  return { served, grid, ...drawn };
}

const selected = (): string => screen.getByText(/selected$/, { selector: 'output' }).textContent;
beforeEach(() => {
  freshGrid();
  layOut();
  useSeat.setState({ items: { 'columns:team': { columns: ['name', 'lifecycle', 'size'] } } });
});

describe('many records', () => {
  it('are all selected, read or not, and one can be left out', async () => {
    const { hands } = await open();
    await hands.keyboard('{Control>}a{/Control}');
    expect(selected()).toBe('All 230 selected');
    await hands.keyboard('{ArrowDown}');
    expect(screen.queryByText(/selected$/, { selector: 'output' })).toBeNull();
    await hands.keyboard('{Control>}a{/Control} ');
    expect(selected()).toBe('229 selected');
    await hands.keyboard('{Escape}');
    expect(gridOf().getState().allBut).toBeNull();
  });

  it('are merged from the selection bar, which says how many to select', async () => {
    const { hands } = await open(3);
    await hands.keyboard('{Shift>} {/Shift}');
    const [merge] = await screen.findAllByRole('button', { name: 'Merge' });
    expect([merge?.getAttribute('aria-disabled'), merge?.title]).toEqual([
      'true',
      'Select 2 to 20 records to merge them',
    ]);
    await hands.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(selected()).toBe('3 selected');
    await hands.click(screen.getAllByRole('button', { name: 'Merge' })[0] as HTMLElement);
    expect(await screen.findByRole('dialog', { name: 'Merge 3 records' })).toBeTruthy();
  });

  it('one record is linked from its menu: its links open with the form for a new one', async () => {
    const { hands } = await open(5);
    act(() => void runCommand('record.linkTo'));
    expect(await screen.findByRole('tab', { name: /^Links/, selected: true })).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Add link' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });
});
