import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { runCommand } from '#renderer/commands/registry.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList, makeTeams } from '../support/list.tsx';

const count = 230;

async function open(many = count) {
  await serveCore();
  await makeTeams(Array.from({ length: many }, (_, number) => `Team ${String(number).padStart(3, '0')}`));
  return drawList('Team 000');
}

const selected = (): string => screen.getByText(/selected$/, { selector: 'output' }).textContent;
beforeEach(() => freshList(['lifecycle', 'size']));

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
    expect(gridOf().getState().allExcept).toBeNull();
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
