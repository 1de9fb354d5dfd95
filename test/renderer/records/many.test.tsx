import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ListView from '#renderer/features/records/ListView.tsx';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { go } from '#renderer/stores/address.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { stepBack } from '#renderer/stores/undo.ts';
import { run } from '#renderer/commands/registry.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { freshGrid } from '../support/grid.ts';
import { layOut } from '../support/layout.ts';

const count = 230;

async function open(many = count) {
  const served = await serveCore();
  await api.entities.change({
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
  go(listOf('team'));
  onTestFinished(watchChanges(queries));
  const drawn = draw(<ListView />);
  await screen.findByText('Team 000');
  const grid = screen.getByRole('grid');
  act(() => grid.focus());
  return { served, grid, ...drawn };
}

const selected = (): string => screen.getByText(/selected$/, { selector: 'output' }).textContent;
const total = async (): Promise<number> => (await api.entities.list({ type: 'team', limit: 0 })).total;

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

  it('are selected over a range of which not all was read', async () => {
    const { hands } = await open();
    await hands.keyboard('{Control>}{Shift>}{End}{/Shift}{/Control}');
    // Cells are no records, until their rows are meant.
    expect(gridOf().getState().picked.size).toBe(0);
    await hands.keyboard('{Shift>} {/Shift}');
    await waitFor(() => expect(selected()).toBe('230 selected'));
  });

  it('are deleted as one change, and brought back with one undo', async () => {
    const { hands } = await open();
    await hands.keyboard('{Control>}a{/Control}{Delete}');
    expect(await screen.findByText('Deleted 230 teams')).toBeTruthy();
    expect(await total()).toBe(0);
    await act(() => stepBack('undo'));
    expect(await total()).toBe(230);
  });

  it('that are deleted are restored as one change, and go again with one undo', async () => {
    const { hands } = await open(3);
    await hands.keyboard('{Control>}a{/Control}{Delete}');
    await screen.findByText('Deleted 3 teams');
    const { total: before } = await api.history.list({ limit: 1 });
    act(() => go({ ...listOf('team'), deleted: 'only' }));
    await screen.findByText('Team 000');
    act(() => void run('record.pickAll'));
    await waitFor(() => expect(selected()).toMatch(/3 selected$/));
    act(() => void run('record.restore'));
    expect(await screen.findByText('Restored 3 teams')).toBeTruthy();
    expect(await total()).toBe(3);
    expect((await api.history.list({ limit: 1 })).total).toBe(before + 1);
    await act(() => stepBack('undo'));
    expect(await total()).toBe(0);
  });

  it('are edited in one panel: what is filled in is set, what is left alone stays', async () => {
    const { hands } = await open(30);
    await hands.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    act(() => void run('record.editMany'));
    const form = await screen.findByRole('form', { name: 'Edit 3 teams' });
    expect(within(form).queryByRole('textbox', { name: 'Name' })).toBeNull();
    const apply = within(form).getByRole<HTMLButtonElement>('button', { name: 'Change 3 teams' });
    expect(apply.disabled).toBe(true);
    await hands.type(within(form).getByRole('textbox', { name: 'Size' }), '0');
    expect(within(form).getByText('must be at least 1')).toBeTruthy();
    expect(apply.disabled).toBe(true);
    await hands.clear(within(form).getByRole('textbox', { name: 'Size' }));
    await hands.type(within(form).getByRole('textbox', { name: 'Size' }), '8');
    await hands.click(within(form).getByRole('button', { name: 'Empty Lifecycle in all of them' }));
    await hands.click(apply);
    expect(await screen.findByText('Changed Lifecycle and Size of 3 teams')).toBeTruthy();
    const { rows } = await api.entities.list({ type: 'team', limit: 4 });
    expect(rows.map(({ payload }) => [payload.size, payload.lifecycle])).toEqual([
      [8, null],
      [8, null],
      [8, null],
      [4, 'incoming'],
    ]);
    expect(screen.queryByRole('form', { name: /^Edit/ })).toBeNull();
  });

  it('one record is linked from its menu: its links open with the form for a new one', async () => {
    const { hands } = await open(5);
    act(() => void run('record.linkTo'));
    expect(await screen.findByRole('tab', { name: /^Links/, selected: true })).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Add link' })).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('button', { name: 'Add link' })).toBeNull();
  });
});

describe('a list in groups', () => {
  it('has a line for each value, with counts and sums, that closes and opens', async () => {
    const { hands } = await open(90);
    act(() => void run('list.groupBy.lifecycle'));
    const grid = await screen.findByRole('treegrid');
    const groups = () => within(grid).getAllByRole('row', { expanded: true });
    await waitFor(() => expect(groups()[0]?.textContent).toMatch(/established.*60/));
    const [first] = (
      await api.entities.groups({ type: 'team', by: 'lifecycle', summaries: [{ field: 'size', of: 'sum' }] })
    ).groups;
    expect(groups()[0]?.textContent).toContain(String(first?.summaries[0]));
    expect(grid.getAttribute('aria-rowcount')).toBe(String(90 + 2 + 2));
    expect(await within(grid).findByText('Team 001')).toBeTruthy();
    expect(within(grid).queryByText('Team 000')).toBeNull();

    act(() => grid.focus());
    await hands.keyboard('{Control>}{Home}{/Control}{ArrowLeft}');
    expect(within(grid).getAllByRole('row', { expanded: false })[0]?.textContent).toMatch(/established/);
    expect(await within(grid).findByText('Team 000')).toBeTruthy();
    await hands.keyboard('{ArrowRight}');
    await waitFor(() => expect(within(grid).getByText('Team 001')).toBeTruthy());
    act(() => void run('list.closeGroups'));
    await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe('4'));
    act(() => void run('list.ungroup'));
    expect(await screen.findByRole('grid')).toBeTruthy();
  });

  it('at the foot says what the columns come to, and lets that be chosen', async () => {
    const { hands } = await open(10);
    const choose = await screen.findByRole('button', { name: /Size: Sum\. Choose a summary$/ });
    await waitFor(() => expect(choose.textContent).toContain('46'));
    await hands.click(choose);
    await hands.click(await screen.findByRole('menuitemradio', { name: 'Most' }));
    const most = await screen.findByRole('button', { name: /Size: Most\. Choose a summary$/ });
    await waitFor(() => expect(most.textContent).toContain('9'));
  });
});

describe('a list that is sorted anew', () => {
  it('begins at the top: the cursor goes along with no record', async () => {
    const { grid, hands } = await open(20);
    const size = within(screen.getByRole('columnheader', { name: 'Size' })).getByRole('button');
    const first = () => within(grid).getAllByText(/^Team \d+$/)[0]?.textContent;
    for (const name of ['Team 000', 'Team 017', 'Team 000']) {
      await hands.click(size);
      await waitFor(() => expect(first()).toBe(name));
      // What follows a record does so once its rows are there.
      await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
      expect(gridOf().getState().cursor.row).toBe(0);
    }
  });
});
